"""The life of a round: who walks it, until when, begun, done, cancelled."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.loop.plans import access
from wolong.loop.plans.models import CheckItem, Round
from wolong.loop.plans.states import ROUND, ItemState, RoundState


def locked(round: Round) -> Round:  # noqa: A002
    """The round as it is now, held until the transaction ends."""
    # First the lock, then the joins: a row whose inspector changed while we waited would fall out of a joined one.
    Round.objects.select_for_update().get(pk=round.pk)
    found: Round = Round.objects.select_related("area__centre", "plan", "inspector").get(pk=round.pk)
    return found


@transaction.atomic
def start_round(*, round: Round, by: Person, at: datetime) -> Round:  # noqa: A002
    """A round is begun by its inspector or whoever acts for them. Refuses one that is done or cancelled."""
    found = locked(round)
    if not access.may_do_round(by, found, timezone.localtime(at).date()):
        raise Refused(_("这次巡查由%(who)s承担。") % {"who": found.inspector or _("尚未指定的人")})
    if found.state == RoundState.UNDER_WAY:
        return found
    found.state = ROUND.step("start", found.state, sentence=_("这次巡查已经完成或取消。"))
    found.save(update_fields=["state"])
    write_entry(verb="start_round", sentence=_("开始巡查"), subject=found, by=by, at=at)
    return found


@transaction.atomic
def complete_round(*, round: Round, by: Person, at: datetime) -> Round:  # noqa: A002
    """A round is done with its submitted visit. Refuses one that is done or cancelled already."""
    found = locked(round)
    found.state = ROUND.step("complete", found.state, sentence=_("这次巡查已经完成或取消。"))
    found.save(update_fields=["state"])
    write_entry(verb="complete_round", sentence=_("完成巡查"), subject=found, by=by, at=at)
    return found


@transaction.atomic
def mark_items(*, items: Iterable[int]) -> int:
    """Items were looked at: a later compilation leaves them as they are. Answers how many were pending until now."""
    return CheckItem.objects.filter(pk__in=items, state=ItemState.PENDING).update(state=ItemState.DONE)


@transaction.atomic
def assign_inspector(*, round: Round, inspector: Person, by: Person, at: datetime) -> Round:  # noqa: A002
    """Another inspector walks a round that has not begun. Heads may; refuses whoever is no inspector of the area."""
    found = _arrangeable(round, by)
    if not scope_of(inspector, on=timezone.localtime(at).date()).reaches(found.area.centre, Role.INSPECTOR):
        raise Refused(_("%(who)s 不是这个办公区的巡查员。") % {"who": inspector.name})
    own = [item for item in found.items.select_related("duty__doer") if _does_itself(item, inspector)]
    if own:
        raise Refused(_("%(who)s 所在单位承担其中的工作，不能自己检查自己。") % {"who": inspector.name})
    found.inspector = inspector
    found.save(update_fields=["inspector"])
    sentence = _("改由%(who)s巡查") % {"who": inspector.name}
    write_entry(verb="assign_inspector", sentence=sentence, subject=found, by=by, at=at)
    return found


def _does_itself(item: CheckItem, inspector: Person) -> bool:
    doer = item.duty.doer
    return doer is not None and (inspector.organization.path or "").startswith(doer.path or "?")


@transaction.atomic
def move_due_date(*, round: Round, due_on: date, by: Person, at: datetime) -> Round:  # noqa: A002
    """A round that has not begun gets another last day, within its month. Heads may; refuses days gone by."""
    found = _arrangeable(round, by)
    if due_on < timezone.localtime(at).date():
        raise Refused(_("截止日期已经过去。"))
    if (due_on.year, due_on.month) != (found.plan.month.year, found.plan.month.month):
        raise Refused(_("巡查要在 %(month)s 月内完成。") % {"month": found.plan.month.month})
    found.due_on, found.starts_on = due_on, min(found.starts_on, due_on)
    found.save(update_fields=["due_on", "starts_on"])
    write_entry(
        verb="move_due_date",
        sentence=_("截止日期改为 %(day)s") % {"day": f"{due_on:%m-%d}"},
        subject=found,
        by=by,
        at=at,
    )
    return found


@transaction.atomic
def cancel_round(*, round: Round, reason: str, by: Person, at: datetime) -> Round:  # noqa: A002
    """A round that has not begun is given up, for a stated reason; its number stays. Heads may."""
    if not reason.strip():
        raise Refused(_("请写明取消的原因。"))
    found = _arrangeable(round, by)
    found.state = ROUND.step("cancel", found.state, sentence=_("只有尚未开始的巡查可以取消。"))
    found.cancelled_reason = reason.strip()
    found.save(update_fields=["state", "cancelled_reason"])
    found.items.filter(state=ItemState.PENDING).update(
        state=ItemState.SUPERSEDED, superseded_reason=_("巡查取消：%(why)s") % {"why": reason.strip()[:80]}
    )
    write_entry(
        verb="cancel_round", sentence=_("取消巡查：%(why)s") % {"why": reason.strip()}, subject=found, by=by, at=at
    )
    return found


def _arrangeable(round: Round, by: Person) -> Round:  # noqa: A002
    found = locked(round)
    if not access.may_arrange(scope_of(by), found.area):
        raise Refused(_("安排巡查是中心负责人和科室主管的事。"))
    if found.state != RoundState.PLANNED:
        raise Refused(_("这次巡查已经开始、完成或取消，不能再改。"))
    return found
