"""Opening and shutting the window of a unit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Organization, Person
from wolong.loop.notices import access
from wolong.loop.notices.actions.held import scope_at
from wolong.loop.notices.models import Window
from wolong.loop.notices.rules.days import ANSWER_WORKDAYS, LONGEST_ANSWER


@transaction.atomic
def set_window(
    *, unit: Organization, is_open: bool, answer_workdays: int = ANSWER_WORKDAYS, by: Person, at: datetime
) -> Window:
    """The head of a unit, or a leader above, opens or shuts its window and sets how long a company may answer.

    Shut, nothing of it shows outside. Notices under way keep the days that were told. Refuses anybody else, a company's
    unit, and a term beyond 1 to 60 working days.
    """
    if unit.is_supplier:
        raise Refused(_("企业没有公示窗口。"))
    if not access.may_set_window(scope_at(by, at), unit):
        raise Refused(_("公示窗口只有本单位负责人或局领导才能设置。"))
    if not 1 <= answer_workdays <= LONGEST_ANSWER:
        raise Refused(_("企业陈述期限应为 1 至 %(most)d 个工作日。") % {"most": LONGEST_ANSWER})
    given = {"is_open": is_open, "answer_workdays": answer_workdays, "set_by": by, "set_at": at}
    window, _is_new = Window.objects.update_or_create(unit=unit, defaults=given)
    sentence = _("开放公示窗口，企业陈述期限 %(n)d 个工作日") if is_open else _("关闭公示窗口")
    write_entry(
        verb="set_window",
        sentence=sentence % {"n": answer_workdays} if is_open else sentence,
        subject=window,
        by=by,
        at=at,
        payload={"unit": unit.name, "is_open": is_open, "answer_workdays": answer_workdays},
    )
    return window
