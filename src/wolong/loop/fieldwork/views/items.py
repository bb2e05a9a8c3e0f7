"""One item on one screen: a reading judged at once, a verdict, photographs, words."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from wolong.ground.files.models import Evidence
from wolong.ground.lifecycle import Refused
from wolong.ground.workdays.queries import now, today
from wolong.language.judging import NotAValue
from wolong.language.tree import Measure
from wolong.loop.duties.queries import deviation_at
from wolong.loop.fieldwork import actions
from wolong.loop.fieldwork.queries.walking import Step, Walk, is_no_photo, walk_of
from wolong.loop.fieldwork.rules.conduct import MEASURED, PHOTO, TERM_DAYS, needs_photo
from wolong.loop.fieldwork.rules.readings import Judged, judge_typed, limits_of, verdict_of
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.fieldwork.views.walking import Walking, ticks, uuid_of
from wolong.norms.standards.states import Severity

LOOKED = {Verdict.CONFORMS.value, Verdict.FAILS.value}


@dataclass
class Meter:
    """One measure with what was typed and how it is judged."""

    index: int
    measure: Measure
    typed: str = ""
    judged: Judged | None = None
    complaint: str = ""

    @classmethod
    def of(cls, index: int, measure: Measure, typed: str) -> "Meter":
        meter = cls(index, measure, typed)
        if typed.strip():
            try:
                meter.judged = judge_typed(index, measure, typed)
            except NotAValue as bad:
                meter.complaint = str(bad)
        return meter


@dataclass
class Sheet:
    """What the form of an item holds: from an earlier observation, or from what was just sent."""

    step: Step
    meters: list[Meter]
    verdict: str = ""
    remark: str = ""
    signed_name: str = ""
    override_reason: str = ""
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def by_reading(self) -> str:
        """The verdict that the readings give, where they are enough."""
        conforms = verdict_of([each.judged for each in self.meters if each.judged], wanted=len(self.meters))
        if conforms is None:
            return ""
        return Verdict.CONFORMS.value if conforms else Verdict.FAILS.value

    @property
    def is_overridden(self) -> bool:
        return bool(self.by_reading and self.verdict in LOOKED and self.verdict != self.by_reading)

    @classmethod
    def seen(cls, step: Step) -> "Sheet":
        seen = step.observation
        typed = {each["measure_index"]: each["typed"] for each in seen.readings} if seen else {}
        limits = limits_of(step.item.requirement.measures)
        sheet = cls(step, [Meter.of(index, limit, typed.get(index, "")) for index, limit in limits.items()])
        if seen is not None:
            sheet.verdict, sheet.remark, sheet.signed_name = seen.verdict, seen.remark, seen.signed_name
            sheet.override_reason, sheet.evidence = seen.override_reason, list(seen.evidence.all())
        return sheet

    @classmethod
    def sent(cls, step: Step, request: HttpRequest) -> "Sheet":
        data = request.POST if request.method == "POST" else request.GET
        limits = limits_of(step.item.requirement.measures)
        sheet = cls(step, [Meter.of(index, limit, data.get(f"reading_{index}", "")) for index, limit in limits.items()])
        sheet.verdict = data.get("verdict", "")
        sheet.remark, sheet.signed_name = data.get("remark", ""), data.get("signed_name", "")
        sheet.override_reason = data.get("override_reason", "")
        kept = {int(raw) for raw in data.getlist("keep") if raw.isascii() and raw.isdigit()}
        if step.observation is not None:
            sheet.evidence = [each for each in step.observation.evidence.all() if each.pk in kept]
        return sheet


class ItemPage(Walking):
    """Mock 07: progress, the sentence of the clause, the reading and its judge, the verdict in the thumb's zone."""

    def get(self, request: HttpRequest, item: int, **_: int) -> HttpResponseBase:
        walk, step = self._at(item)
        return self.answer(request, walk, Sheet.seen(step))

    def _at(self, item: int) -> tuple[Walk, Step]:
        walk = walk_of(self.round)
        step = walk.step_of(item)
        if step is None or walk.visit is None:
            raise Http404
        return walk, step

    def answer(self, request: HttpRequest, walk: Walk, sheet: Sheet, refusal: str = "") -> HttpResponse:
        step = sheet.step
        before = walk.steps[step.number - 2] if step.number > 1 else None
        asked = step.item.requirement
        context = {
            "title": self.round.name,
            "walk": walk,
            "ticks": ticks(walk, step.item.pk),
            "before": before,
            "client_id": uuid4(),
            "refusal": refusal,
            "deviation": deviation_at(step.item.duty, on=today()),
            "no_photo": is_no_photo(step.item.place),
            "wants_photo": PHOTO in asked.evidence,
            "photo_always": needs_photo(evidence=asked.evidence, severity=asked.severity, fails=False),
            "back_url": reverse("fieldwork:place", args=[self.round.pk, step.item.place_id]),
            **judging_context(sheet, self.round.pk),
        }
        return render(request, "fieldwork/item.html", context, status=422 if refusal else 200)

    def post(self, request: HttpRequest, item: int, **_: int) -> HttpResponseBase:
        walk, step = self._at(item)
        sheet = Sheet.sent(step, request)
        # Without script nothing was preselected: what the reading says is taken until a hand says otherwise.
        sheet.verdict = sheet.verdict or sheet.by_reading
        try:
            self._save(request, walk, sheet)
        except Refused as refusal:
            return self.answer(request, walk, sheet, refusal.sentence)
        return HttpResponseRedirect(self._onwards(item))

    @transaction.atomic
    def _save(self, request: HttpRequest, walk: Walk, sheet: Sheet) -> None:
        assert walk.visit is not None  # noqa: S101 - _at has seen it
        step, at = sheet.step, now()
        files: list[UploadedFile] = request.FILES.getlist("photos")
        who: Any = request.user
        photos = actions.keep_photos(visit=walk.visit, item=step.item, files=files, by=who, at=at) if files else []
        actions.observe(
            visit=walk.visit,
            item=step.item,
            verdict=sheet.verdict,
            readings={meter.index: meter.typed for meter in sheet.meters},
            remark=sheet.remark,
            evidence=[*sheet.evidence, *photos],
            signed_name=sheet.signed_name,
            override_reason=sheet.override_reason,
            by=who,
            at=at,
            client_id=uuid_of(request),
        )

    def _onwards(self, item: int) -> str:
        """The next item at the place that must be looked at singly, else the place."""
        walk, step = self._at(item)
        stop = walk.stop_at(step.item.place_id)
        following = stop.singly[0] if stop is not None and stop.singly else None
        if following is not None:
            return reverse("fieldwork:item", args=[self.round.pk, following.item.pk])
        return reverse("fieldwork:place", args=[self.round.pk, step.item.place_id])


class JudgePart(Walking):
    """What was typed so far, judged: the bars, and the verdict preselected."""

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        step = walk_of(self.round).step_of(item)
        if step is None:
            raise Http404
        sheet = Sheet.sent(step, request)
        touched = request.headers.get("HX-Trigger-Name") or ""
        # A hand on the verdict is heeded; a new reading decides anew.
        if touched.startswith("reading_") or not sheet.verdict:
            sheet.verdict = sheet.by_reading
        raw = touched.removeprefix("reading_")
        index = int(raw) if raw.isascii() and raw.isdigit() else None
        return render(request, "fieldwork/_judging_answer.html", {**judging_context(sheet, pk), "touched": index})


def judging_context(sheet: Sheet, round_pk: int) -> dict[str, Any]:
    requirement = sheet.step.item.requirement
    return {
        "sheet": sheet,
        "step": sheet.step,
        "requirement": requirement,
        "is_measured": requirement.method == MEASURED,
        "severity_word": Severity(requirement.severity or "C").label,
        "term": requirement.term_label,
        "term_days": TERM_DAYS.get(requirement.severity),
        "touched": None,
        "judge_url": reverse("fieldwork:judge", args=[round_pk, sheet.step.item.pk]),
    }
