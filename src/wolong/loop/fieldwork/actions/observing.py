"""What is seen at an item is noted; until the visit is submitted it may be changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from wolong.estate.places.models import Place
from wolong.ground.files.actions import keep_evidence
from wolong.ground.files.models import Evidence
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.language.judging import NotAValue
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.actions.visiting import check_open, earlier_answer, locked_visit, write_receipt
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.queries.walking import is_no_photo
from wolong.loop.fieldwork.rules.conduct import MEASURED, must_itemise, needs_photo
from wolong.loop.fieldwork.rules.readings import Judged, decisive, judge_typed, limits_of, verdict_of
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.plans.actions import mark_items
from wolong.loop.plans.models import CheckItem
from wolong.loop.plans.states import ItemState
from wolong.norms.standards.models import Requirement

LOOKED = (Verdict.CONFORMS, Verdict.FAILS)
MOST_PHOTOS = 9


@transaction.atomic
def keep_photos(
    *, visit: Visit, item: CheckItem, files: Sequence[UploadedFile], by: Person, at: datetime
) -> list[Evidence]:
    """Photographs taken at an item are kept. Refuses all of them where a place is 禁拍, and more than nine."""
    check_open(visit, by, at)
    if files and is_no_photo(item.place):
        raise Refused(_("这里禁止拍照：请填读数，并由现场人员签认。"))
    if len(files) > MOST_PHOTOS:
        raise Refused(_("一项最多 %(n)s 张照片。") % {"n": MOST_PHOTOS})
    where, what = item.place.full_name, item.duty.object_label
    return [
        keep_evidence(data=file, name=file.name or _("照片"), by=by, at=at, place_text=where, caption=what)
        for file in files
    ]


@transaction.atomic
def observe(
    *,
    visit: Visit,
    item: CheckItem,
    verdict: str,
    by: Person,
    at: datetime,
    value_text: str = "",
    measure_index: int | None = None,
    readings: Mapping[int, str] | None = None,
    remark: str = "",
    evidence: Iterable[Evidence] = (),
    signed_name: str = "",
    override_reason: str = "",
    client_id: UUID | None = None,
) -> Observation:
    """One item is looked at singly; noting again replaces it until submission; a replayed `client_id` changes nothing.

    `readings`: what was typed per measure (`value_text` with `measure_index` for one); `evidence`: the whole of it. Refuses
    what is no value, a verdict against the reading without a reason, a failure, 不适用 or 因故未检 without words, and a
    missing photograph.
    """
    found = locked_visit(visit)
    if (known := earlier_answer(found, "observe", client_id)) is not None:
        return Observation.objects.get(pk=known)
    check_open(found, by, at)
    planned = _standing_item(found, item)
    typed = {**(readings or {}), **({measure_index or 0: value_text} if value_text.strip() else {})}
    judged = _judged(planned.requirement, typed) if verdict in LOOKED else []
    pictures = list(evidence)
    _check_verdict(planned.requirement, verdict, judged, override_reason.strip(), remark.strip())
    _check_proof(planned, verdict, pictures, signed_name.strip(), by)
    facts = {
        **_reading_columns(judged),
        "visit": found,
        "verdict": verdict,
        "mode": _mode(planned, by),
        "remark": remark.strip()[:500],
        "override_reason": override_reason.strip()[:200],
        "signed_name": signed_name.strip()[:60],
        "observed_at": at,
        "observed_by": by,
    }
    observation = _keep(planned, facts, pictures)
    mark_items(items=[planned.pk])
    write_receipt(found, "observe", client_id, observation.pk, at)
    return observation


def _keep(item: CheckItem, facts: Mapping[str, Any], pictures: Sequence[Evidence]) -> Observation:
    """The item's one observation, made or replaced. The item is held: nobody makes another one meanwhile."""
    known: Observation | None = getattr(item, "observation", None)
    if known is None:
        made: Observation = Observation.objects.create(item=item, **facts)
        if pictures:
            made.evidence.add(*pictures)
        return made
    for name, value in facts.items():
        setattr(known, name, value)
    known.save()
    known.evidence.set(pictures)
    return known


def _standing_item(visit: Visit, item: CheckItem) -> CheckItem:
    """The item of this visit's round, held; refuses one of another round, and one that was superseded."""
    rows = CheckItem.objects.select_for_update(of=("self",)).select_related(
        "requirement", "place", "duty__doer", "observation"
    )
    found: CheckItem | None = rows.filter(pk=item.pk, round_id=visit.round_id).order_by().first()
    if found is None:
        raise Refused(_("这一项不在这次巡查里。"))
    if found.state == ItemState.SUPERSEDED:
        raise Refused(_("这一项已作废：%(why)s。") % {"why": found.superseded_reason or _("计划有变")})
    return found


def _judged(requirement: Requirement, typed: Mapping[int, str]) -> list[Judged]:
    limits = limits_of(requirement.measures)
    found = []
    for index, text in sorted(typed.items()):
        if not text.strip():
            continue
        if index not in limits:
            raise Refused(_("这一条没有第 %(n)s 个指标。") % {"n": index + 1})
        try:
            found.append(judge_typed(index, limits[index], text))
        except NotAValue as bad:
            raise Refused(_("实测值：%(why)s。") % {"why": bad}) from bad
    return found


def _reading_columns(judged: list[Judged]) -> dict[str, Any]:
    """All readings, and in columns of its own the one that decides."""
    first = decisive(judged)
    return {
        "value": first.value if first else None,
        "value_as_typed": first.typed if first else "",
        "unit": first.unit if first else "",
        "measure_index": first.measure_index if first else None,
        "readings": [each.as_json() for each in judged],
    }


def _check_verdict(requirement: Requirement, verdict: str, judged: list[Judged], override: str, remark: str) -> None:
    if verdict not in Verdict.values:
        raise Refused(_("请选判定。"))
    if verdict not in LOOKED:
        if not remark:
            raise Refused(_("请写明%(verdict)s的原因。") % {"verdict": Verdict(verdict).label})
        return
    limits = limits_of(requirement.measures)
    if requirement.method == MEASURED and limits:
        missing = len(limits) - len(judged)
        if not judged or (verdict == Verdict.CONFORMS and missing):
            raise Refused(_("请填实测值：还差 %(n)s 个指标。") % {"n": missing})
    by_reading = verdict_of(judged, wanted=len(limits))
    if by_reading is not None and by_reading != (verdict == Verdict.CONFORMS) and not override:
        label = Verdict.CONFORMS.label if by_reading else Verdict.FAILS.label
        raise Refused(_("读数判为%(label)s；要改判，请写理由。") % {"label": label})
    if verdict == Verdict.FAILS and not remark and by_reading is not False:
        raise Refused(_("请写明哪里不符合。"))


def _check_proof(item: CheckItem, verdict: str, pictures: list[Evidence], signed_name: str, by: Person) -> None:
    """A clause that wants photographs gets one, or where that is forbidden the name of somebody on the spot."""
    asked, fails = item.requirement, verdict == Verdict.FAILS
    wanted = verdict in LOOKED and needs_photo(evidence=asked.evidence, severity=asked.severity, fails=fails)
    if not pictures and not wanted:
        return
    forbidden = is_no_photo(item.place)
    if pictures and forbidden:
        raise Refused(_("这里禁止拍照：请填读数，并由现场人员签认。"))
    if any(picture.received_by_id != by.pk and not picture.observations.exists() for picture in pictures):
        raise Refused(_("照片不是您拍的。"))
    if wanted and forbidden and not signed_name:
        raise Refused(_("这里禁止拍照，请填现场签认人。"))
    if wanted and not forbidden and not pictures:
        raise Refused(_("这一条要求照片，至少 1 张。"))


def _mode(item: CheckItem, by: Person) -> CheckMode:
    doer = item.duty.doer
    own = doer is not None and (by.organization.path or "").startswith(doer.path or "?")
    return CheckMode.SELF if own else CheckMode.ITEMISED


@transaction.atomic
def confirm_rest(*, visit: Visit, place: Place, by: Person, at: datetime, client_id: UUID | None = None) -> int:
    """其余符合, said once for a place: what nobody looked at singly is noted as 概查.

    Grave and measured items are not covered: they stay open. Answers how many were covered; refuses none.
    """
    found = locked_visit(visit)
    known = earlier_answer(found, "confirm_rest", client_id)
    if known is not None:
        return visit.observations.filter(item__place=place, mode=CheckMode.OVERALL).count()
    check_open(found, by, at)
    rows = CheckItem.objects.select_for_update(of=("self",)).select_related("requirement", "duty__doer")
    pending = (
        rows.filter(round_id=found.round_id, place=place, observation__isnull=True).standing().order_by("position")
    )
    rest = [
        item
        for item in pending
        if not must_itemise(
            severity=item.requirement.severity, method=item.requirement.method, evidence=item.requirement.evidence
        )
    ]
    if not rest:
        raise Refused(_("这里没有可以一并确认的项：重大的和要测量的都要逐项检查。"))
    Observation.objects.bulk_create(
        Observation(
            visit=found,
            item=item,
            verdict=Verdict.CONFORMS,
            mode=CheckMode.OVERALL if _mode(item, by) == CheckMode.ITEMISED else CheckMode.SELF,
            observed_at=at,
            observed_by=by,
        )
        for item in rest
    )
    mark_items(items=[item.pk for item in rest])
    write_receipt(found, "confirm_rest", client_id, place.pk, at)
    return len(rest)
