"""Whom the news of a deviation reaches, and in which words. Called by the receivers and the daily task only."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.inbox.actions import tell
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Deviation
from wolong.loop.duties.states import DeviationState


def asked(deviation: Deviation, at: datetime) -> None:
    day = timezone.localtime(at).date()
    people = set(holders(Role.CENTRE_HEAD, at=deviation.duty.area.centre, on=day)) - {deviation.asked_by}
    sentence = _("%(who)s申请偏离：%(duty)s") % {"who": deviation.asked_by.name, "duty": deviation.duty}
    tell(
        people=people, sentence=sentence, url=deviation.get_absolute_url(), key=f"deviation-{deviation.pk}-asked", at=at
    )


def decided(deviation: Deviation, at: datetime) -> None:
    words = (
        _("偏离已批准，到 %(until)s：%(duty)s")
        if deviation.state == DeviationState.APPROVED
        else _("偏离没有批准：%(duty)s")
    )
    sentence = words % {"until": deviation.until_on, "duty": deviation.duty}
    tell(people=[deviation.asked_by], sentence=sentence, url=deviation.get_absolute_url(),
         key=f"deviation-{deviation.pk}-decided", at=at)  # fmt: skip


def ended(deviation: Deviation, at: datetime) -> None:
    sentence = _("偏离提前终止，明天起按条款执行：%(duty)s") % {"duty": deviation.duty}
    tell(people={deviation.asked_by} - {deviation.ended_by}, sentence=sentence, url=deviation.get_absolute_url(),
         key=f"deviation-{deviation.pk}-ended", at=at)  # fmt: skip


def expiring(deviation: Deviation, at: datetime) -> None:
    sentence = _("偏离 %(until)s 到期，之后按条款执行：%(duty)s") % {
        "until": deviation.until_on,
        "duty": deviation.duty,
    }
    tell(people={deviation.asked_by, deviation.decided_by} - {None}, sentence=sentence, url=deviation.get_absolute_url(),
         key=f"deviation-{deviation.pk}-expiring", at=at)  # fmt: skip
