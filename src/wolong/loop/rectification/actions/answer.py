"""The unit answers with cause, measure and proof; a third person accepts or returns it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.files.models import Evidence
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.language.judging import NotAValue, judge, read_value
from wolong.loop.findings.actions import close_finding, note_progress
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import limit_of, reading_words
from wolong.loop.rectification import access, queries, rules, signals
from wolong.loop.rectification.actions.held import hold, lapse_extension, local_day, scope_at, set_deadline, step
from wolong.loop.rectification.models import Answer, Order
from wolong.loop.rectification.states import Cause, Judgement


@transaction.atomic
def answer_order(
    *,
    order: Order,
    cause_kind: str,
    cause: str,
    measure: str,
    value_text: str = "",
    evidence: Iterable[Evidence] = (),
    by: Person,
    at: datetime,
) -> Answer:
    """The responsible unit says why it happened, what it did, and proves it: by photographs, or by a reading that conforms.

    Only its own people may, never who found it. Announces `answer_given`. Refuses an answer without proof, a reading that
    still fails or is missing where one was measured, somebody else's photographs, and photographs where they are forbidden.
    """
    order = hold(order)
    state = step(order, "answer")
    _check_answerer(order, by, at)
    if cause_kind not in Cause.values or not cause.strip() or not measure.strip():
        raise Refused(_("请写明原因类别、原因和措施。"))
    photos = list(evidence)
    value, unit = _reading(order.finding, value_text)
    _check_proof(order, photos, value, by)
    answer = Answer.objects.create(
        order=order,
        cause_kind=cause_kind,
        cause=cause.strip(),
        measure=measure.strip(),
        value=value,
        unit=unit,
        answered_by=by,
        answered_at=at,
    )
    answer.evidence.set(photos)
    order.state = state
    order.answered_by, order.answered_at = by, at
    order.save()
    lapse_extension(order)
    note_progress(finding=order.finding, stage=rules.stage_of(state), due_on=order.due_on)
    payload = {
        "say": _said(answer, len(photos)),
        "cause_kind": cause_kind,
        "evidence": [photo.sha256 for photo in photos],
    }
    write_entry(verb="answer_order", sentence=_("提交整改证明"), subject=order, by=by, at=at, payload=payload)
    signals.answer_given.send(Order, order=order, answer=answer, by=by, at=at)
    return answer


def _check_answerer(order: Order, by: Person, at: datetime) -> None:
    if by.pk == order.finding.found_by_id:
        raise Refused(_("发现问题的人不能自己答复整改。"))
    if not access.is_of_unit(scope_at(by, at), order.responsible):
        raise Refused(_("只有%(unit)s的人能答复这张通知单。") % {"unit": order.responsible})


def _reading(finding: Finding, value_text: str) -> tuple[Decimal | None, str]:
    """The unit's own reading, judged by the very limit that was breached."""
    limit = limit_of(finding)
    if limit is None:
        return None, ""
    if not value_text.strip():
        raise Refused(_("这个问题是测出来的，请填写整改后的自测值。"))
    try:
        reading = read_value(value_text, unit=limit.unit)
    except NotAValue as bad:
        raise Refused(_("自测值看不懂：%(why)s。") % {"why": bad}) from bad
    verdict = judge(limit, reading.value)
    if not verdict.conforms:
        words = {"value": reading_words(reading.value, reading.unit or ""), "why": verdict.words}
        raise Refused(_("自测值 %(value)s 仍不符合（%(why)s），请整改到位后再提交。") % words)
    return reading.value, reading.unit or ""


def _check_proof(order: Order, photos: list[Evidence], value: Decimal | None, by: Person) -> None:
    if any(photo.received_by_id != by.pk for photo in photos):
        raise Refused(_("只能用您自己上传的照片作证明。"))
    if photos and order.finding.place.is_no_photo:
        raise Refused(_("%(place)s禁止拍照，请用读数或文字说明，不要附照片。") % {"place": order.finding.place})
    if not photos and value is None and not order.finding.place.is_no_photo:
        raise Refused(_("请至少附一张整改后的照片。"))


def _said(answer: Answer, photos: int) -> str:
    parts = [answer.measure.rstrip("。") + "。"]
    if answer.value is not None:
        parts.append(_("自测 %(value)s。") % {"value": reading_words(answer.value, answer.unit)})
    if photos:
        parts.append(_("照片 %(count)d 张。") % {"count": photos})
    return "".join(parts)


def _judged(order: Order, verdict: Judgement, remark: str, by: Person, at: datetime) -> Answer:
    """The answer under verification, with what this person says of it; refuses whoever is no third person."""
    verb = "accept" if verdict == Judgement.ACCEPTED else "give_back"
    order.state = step(order, verb)
    scope = scope_at(by, at)
    if by.pk in (order.answered_by_id, order.finding.found_by_id) or access.is_of_unit(scope, order.responsible):
        raise Refused(_("发现、整改、复查要由三个不同的人来做，您不能复查这张通知单。"))
    if not access.is_on_verifying_side(scope, order) and not (
        queries.is_nobody_to_verify(order, on=local_day(at)) and access.is_last_resort(scope, order)
    ):
        raise Refused(_("复查由%(unit)s的主管或巡查员做。") % {"unit": order.supervisor})
    answer = order.answers.select_for_update().order_by("-pk")[0]
    answer.verdict, answer.remark = verdict, remark.strip()
    answer.judged_by, answer.judged_at = by, at
    answer.save()
    return answer


@transaction.atomic
def accept_answer(*, order: Order, remark: str = "", by: Person, at: datetime) -> Order:
    """The proof is accepted by a third person; order and finding are closed.

    A section head or inspector of the supervising side, neither finder nor answerer; the centre head where there is
    nobody. Announces `order_closed`. Refuses an order that is not answered.
    """
    order = hold(order)
    _judged(order, Judgement.ACCEPTED, remark, by, at)
    order.closed_by, order.closed_at = by, at
    order.save()
    close_finding(finding=order.finding, at=at)
    payload = {"say": remark.strip()}
    write_entry(verb="accept_answer", sentence=_("复查通过，闭环"), subject=order, by=by, at=at, payload=payload)
    signals.order_closed.send(Order, order=order, by=by, at=at)
    return order


@transaction.atomic
def return_answer(*, order: Order, remark: str, due_on: date | None = None, by: Person, at: datetime) -> Order:
    """The proof does not convince a third person; the unit has to do it again, by the old day or a new one.

    Announces `answer_returned`. Refuses an order that is not answered, a return without a word, a new day in the past.
    """
    order = hold(order)
    if not remark.strip():
        raise Refused(_("请写明退回的理由，让整改单位知道差在哪里。"))
    answer = _judged(order, Judgement.RETURNED, remark, by, at)
    order.times_returned += 1
    if due_on is not None and due_on != order.due_on:
        set_deadline(order, asked=due_on, since=at)
    order.save()
    note_progress(finding=order.finding, stage=rules.stage_of(order.state), due_on=order.due_on)
    sentence = _("退回重改，限 %(day)s前") % {"day": rules.day_words(order.due_on)}
    payload = {"say": remark.strip(), "times_returned": order.times_returned}
    write_entry(verb="return_answer", sentence=sentence, subject=order, by=by, at=at, payload=payload)
    signals.answer_returned.send(Order, order=order, answer=answer, by=by, at=at)
    return order
