"""A visit begins, and is submitted once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.loop.duties.actions import CheckNote, note_checks
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork import access
from wolong.loop.fieldwork.models import Observation, Receipt, Visit
from wolong.loop.fieldwork.signals import visit_submitted
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.plans.actions import complete_round, mark_items, start_round
from wolong.loop.plans.models import Round


def locked_visit(visit: Visit) -> Visit:
    """The visit as it is now, held until the transaction ends: one hand at a time writes into it."""
    # The row alone: one whose inspector changed while we waited would fall out of a joined one.
    found: Visit = Visit.objects.select_for_update().get(pk=visit.pk)
    return found


def earlier_answer(visit: Visit, verb: str, client_id: UUID | None) -> int | None:
    """What a command did when it arrived first; None when it is new. Refuses a number used for something else."""
    if client_id is None:
        return None
    receipt = Receipt.objects.filter(client_id=client_id).first()
    if receipt is None:
        return None
    if receipt.visit_id != visit.pk or receipt.verb != verb:
        raise Refused(_("这个编号已用于另一次提交，请刷新页面再试。"))
    return receipt.subject_id


def write_receipt(visit: Visit, verb: str, client_id: UUID | None, subject_id: int, at: datetime) -> None:
    if client_id is not None:
        Receipt.objects.create(client_id=client_id, visit=visit, verb=verb, subject_id=subject_id, received_at=at)


def check_open(visit: Visit, by: Person, at: datetime) -> None:
    """Only whoever does the round writes into its visit, and only until it is submitted."""
    if visit.state == VisitState.SUBMITTED and visit.submitted_at is not None:
        when = timezone.localtime(visit.submitted_at)
        raise Refused(
            _("这次巡查已由%(who)s于 %(when)s 提交，不能再改。")
            % {"who": visit.inspector.name, "when": f"{when:%m-%d %H:%M}"}
        )
    on = timezone.localtime(at).date()
    if visit.inspector_id != by.pk and not access.may_do_round(by, visit.round, on):
        raise Refused(_("这次巡查由%(who)s承担。") % {"who": visit.inspector.name})


@transaction.atomic
def start_visit(*, round: Round, by: Person, at: datetime) -> Visit:  # noqa: A002 - the glossary's word
    """A round's inspector (or whoever acts for them) begins; beginning again goes on with the same visit."""
    begun = start_round(round=round, by=by, at=at)  # holds the round: two who begin at once meet here
    visit, made = Visit.objects.get_or_create(round=begun, defaults={"inspector": by, "started_at": at})
    if made:
        write_entry(verb="start_visit", sentence=_("到场开始检查"), subject=visit, by=by, at=at)
    return visit


@transaction.atomic
def submit_visit(
    *,
    visit: Visit,
    companion_name: str = "",
    companion_unit: str = "",
    companion_agrees: bool | None = None,
    companion_remark: str = "",
    rest_reason: str = "",
    by: Person,
    at: datetime,
    client_id: UUID | None = None,
) -> Visit:
    """A visit is submitted once, with the companion's word (陪同确认); from then on its observations are facts.

    What was not looked at is refused, or with `rest_reason` becomes 因故未检. Nobody accompanying, or one who does not
    agree, is said in the remark. A second arrival of one `client_id` gives the first answer. Checks are noted on the
    duties, the round is done, and `visit_submitted` is sent within the transaction.
    """
    found = locked_visit(visit)
    if earlier_answer(found, "submit", client_id) is not None:
        return found
    check_open(found, by, at)
    _check_companion(companion_name, companion_unit, companion_agrees, companion_remark)
    _leave_rest(found, rest_reason.strip(), by, at)
    found.state, found.submitted_at, found.inspector = VisitState.SUBMITTED, at, by
    found.companion_name, found.companion_unit = companion_name.strip()[:60], companion_unit.strip()[:120]
    found.companion_agrees, found.companion_remark = companion_agrees, companion_remark.strip()[:500]
    found.save()
    _note_on_duties(found)
    complete_round(round=found.round, by=by, at=at)
    write_receipt(found, "submit", client_id, found.pk, at)
    counts = _counts(found)
    sentence = (
        _("提交巡查记录：符合 %(conforms)s、不符合 %(fails)s、不适用 %(not_applicable)s、因故未检 %(not_checked)s")
        % counts
    )
    write_entry(
        verb="submit_visit", sentence=sentence, subject=found, by=by, at=at,
        payload={"companion": found.companion_name, "agrees": companion_agrees, **counts},
    )  # fmt: skip
    visit_submitted.send(Visit, visit=found, by=by, at=at)
    return found


def _check_companion(name: str, unit: str, agrees: bool | None, remark: str) -> None:
    if not name.strip():
        if agrees is not None or not remark.strip():
            raise Refused(_("请填陪同人；无人陪同的，写明原因。"))
    elif not unit.strip():
        raise Refused(_("请填陪同人的单位。"))
    elif agrees is None:
        raise Refused(_("请记下陪同人是否认可。"))
    elif not agrees and not remark.strip():
        raise Refused(_("陪同人不认可的，请写下他的意见。"))


def _leave_rest(visit: Visit, reason: str, by: Person, at: datetime) -> None:
    """Items that nobody looked at: 因故未检 with the reason given for all of them, or a refusal."""
    items = visit.round.items.select_for_update(of=("self",)).standing().filter(observation__isnull=True)
    rest = list(items.select_related("place").order_by("position"))
    if not rest:
        return
    if not reason:
        where = "、".join(dict.fromkeys(item.place.name for item in rest[:3]))
        raise Refused(
            _("还有 %(n)s 项没有检查（%(where)s 等）。请检查，或写明未检的原因。") % {"n": len(rest), "where": where}
        )
    Observation.objects.bulk_create(
        Observation(
            visit=visit,
            item=item,
            verdict=Verdict.NOT_CHECKED,
            mode=CheckMode.ITEMISED,
            remark=reason[:500],
            observed_at=at,
            observed_by=by,
        )
        for item in rest
    )
    mark_items(items=[item.pk for item in rest])


def _note_on_duties(visit: Visit) -> None:
    """不适用 and 因故未检 are no check of anything."""
    rows = visit.observations.filter(verdict__in=(Verdict.CONFORMS, Verdict.FAILS)).select_related(
        "item", "observed_by__organization"
    )
    note_checks(
        CheckNote(
            duty_id=each.item.duty_id,
            on=timezone.localtime(each.observed_at).date(),
            by=each.observed_by,
            mode=each.mode,
            conforms=each.verdict == Verdict.CONFORMS,
        )
        for each in rows
    )


def _counts(visit: Visit) -> dict[str, Any]:
    verdicts = list(visit.observations.values_list("verdict", flat=True))
    return {verdict.value: verdicts.count(verdict.value) for verdict in Verdict}
