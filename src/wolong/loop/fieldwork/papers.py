"""巡查记录表 as an A4 form: filled from the visit, or empty to be filled by hand where there is none yet."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import paper_day
from wolong.ground.papers.documents import render_pdf
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.models import Visit
from wolong.loop.fieldwork.queries.walking import Step, walk_of
from wolong.loop.plans.models import Round


def record_pdf(round: Round, *, link: str, printed_by: str) -> bytes:  # noqa: A002 - the glossary's word
    """The PDF of one round; `link` becomes the QR code back to it."""
    walk = walk_of(round)
    visit = walk.visit if walk.visit is not None and walk.visit.submitted_at is not None else None
    data = {
        "number": round.number,
        "unit": round.area.centre.name,
        "printed": f"{timezone.localtime():%Y-%m-%d %H:%M} {printed_by}",
        "link": link,
        "name": round.name,
        "area": round.area.name,
        "kind": round.get_kind_display(),
        "inspector": round.inspector.name if round.inspector else "",
        "route": " → ".join(stop.place.name for stop in walk.places)[:400],
        "rows": [_row(step, filled=visit is not None) for step in walk.steps],
        **_when(round, visit),
        **_companion(visit),
    }
    return render_pdf("fieldwork/record.typ", data, link=link)


def _row(step: Step, *, filled: bool) -> dict[str, str]:
    item, seen = step.item, step.observation if filled else None
    requirement = item.requirement
    value = seen.reading_words if seen else ""
    verdict = seen.get_verdict_display() if seen else ""
    if seen and seen.mode == CheckMode.OVERALL:
        verdict = _("%(verdict)s（概查）") % {"verdict": verdict}
    return {
        "number": str(step.number),
        "place": item.duty.object_label,
        "clause": f"{requirement.edition.standard.code.rsplit(' ', 1)[-1]} {requirement.clause.number}",
        "sentence": requirement.sentence,
        "severity": requirement.severity,
        "value": value,
        "verdict": verdict,
        "remark": seen.remark if seen else "",
        "pending": "1" if requirement.is_to_verify else "",
    }


def _when(round: Round, visit: Visit | None) -> dict[str, str]:  # noqa: A002 - the glossary's word
    if visit is None or visit.submitted_at is None:
        return {"when": f"{paper_day(round.starts_on)}至{paper_day(round.due_on)}", "submitted": ""}
    start, end = timezone.localtime(visit.started_at), timezone.localtime(visit.submitted_at)
    return {"when": f"{paper_day(start)} {start:%H:%M} 至 {end:%H:%M}", "submitted": paper_day(end)}


def _companion(visit: Visit | None) -> dict[str, Any]:
    if visit is None:
        return {"companion": "", "companion_unit": "", "companion_word": ""}
    word = _("无人陪同")
    if visit.companion_agrees is not None:
        word = _("认可") if visit.companion_agrees else _("有意见")
    remark = visit.companion_remark
    return {
        "companion": visit.companion_name,
        "companion_unit": visit.companion_unit,
        "companion_word": f"{word}：{remark}" if remark else word,
    }
