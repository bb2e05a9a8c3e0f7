"""整改通知单 as an A4 form: facts, clause, photographs, deadline, cells to sign, the unit's reply, and the way back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.files import queries as files
from wolong.ground.files.models import Evidence
from wolong.ground.files.states import Size
from wolong.ground.pages.dates import paper_day
from wolong.ground.papers.documents import render_pdf
from wolong.loop.findings import queries as findings
from wolong.loop.rectification.models import Answer, Order

MOST_PHOTOS = 4


def notice_pdf(order: Order, *, link: str, printed_by: str) -> bytes:
    """The PDF of one order; `link` becomes the QR code back to it."""
    photos, files_ = _photos(order)
    answer = order.answers.select_related("answered_by", "judged_by").order_by("-pk").first()
    data = {
        "number": order.number,
        "unit": order.area.centre.name,
        "printed": f"{timezone.localtime():%Y-%m-%d %H:%M} {printed_by}",
        "link": link,
        "photos": photos,
        **_facts(order),
        **_reply(answer),
    }
    return render_pdf("rectification/notice.typ", data, link=link, files=files_)


def _facts(order: Order) -> dict[str, Any]:
    finding = order.finding
    clause = finding.requirement.clause
    edition = clause.edition
    observation = finding.observation
    reading = ""
    if observation.value is not None:
        reading = findings.reading_words(observation.value, observation.unit)
    line = f" · {finding.line.name}" if finding.line else ""
    return {
        "title": finding.title,
        "area": order.area.name,
        "place": finding.place.full_name,
        "equipment": str(finding.equipment or ""),
        "responsible": f"{order.responsible.name}{line}",
        "supervisor": order.supervisor.name,
        "severity": f"{finding.severity} {finding.get_severity_display()}",
        "found": _("%(who)s %(on)s %(round)s") % {
            "who": finding.found_by.name,
            "on": f"{paper_day(finding.found_at)} {timezone.localtime(finding.found_at):%H:%M}",
            "round": observation.item.round.name,
        },
        "finding_number": finding.number,
        "is_repeat": finding.repeat_of_id is not None,
        "clause": clause.number,
        "clause_text": clause.text or finding.requirement.sentence,
        "edition": f"{edition.number}《{edition.title}》",
        "is_to_verify": finding.requirement.is_to_verify,
        "reading": reading,
        "remark": observation.remark,
        "points": f"{finding.points.normalize():f}",
        "demand": order.demand or _("查明原因，整改到位，防止再次发生；在期限内提交原因、措施和证明。"),
        "due": paper_day(order.due_on),
        "is_provisional": order.is_due_provisional,
        "issued_by": order.issued_by.name,
        "issued_on": paper_day(order.issued_at),
        "received_by": order.received_by.name if order.received_by else "",
        "received_on": paper_day(order.received_at) if order.received_at else "",
    }  # fmt: skip


def _reply(answer: Answer | None) -> dict[str, Any]:
    """The slip to be sent back: filled from the latest answer, else empty to be written by hand."""
    if answer is None:
        return {"cause": "", "measure": "", "own_reading": "", "answered_by": "", "answered_on": "", "verdict": ""}
    judged = answer.judged_by
    return {
        "cause": f"{answer.cause}（{answer.get_cause_kind_display()}）",
        "measure": answer.measure,
        "own_reading": findings.reading_words(answer.value, answer.unit) if answer.value is not None else "",
        "answered_by": answer.answered_by.name,
        "answered_on": paper_day(answer.answered_at),
        "verdict": answer.get_verdict_display() + (f"：{answer.remark}" if answer.remark else "") if judged else "",
        "judged_by": judged.name if judged else "",
        "judged_on": paper_day(answer.judged_at) if answer.judged_at else "",
    }


def _photos(order: Order) -> tuple[list[dict[str, str]], dict[str, bytes]]:
    """Pictures of the check; one whose bytes are lost is left out, its caption says so."""
    shown, content = [], {}
    for number, one in enumerate(order.finding.observation.evidence.filter(kind=Evidence.Kind.PHOTO)[:MOST_PHOTOS]):
        path = f"photos/{number}.jpg"
        try:
            content[path] = files.bytes_of(one, Size.VIEW)
        except files.Damaged:
            continue
        taken = timezone.localtime(one.taken_at or one.received_at)
        shown.append({"path": path, "caption": f"{taken:%Y-%m-%d %H:%M} {one.caption or one.place_text}".strip()})
    return shown, content
