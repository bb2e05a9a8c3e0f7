"""The case file of a finding as its page and the order's show it: clause, readings, photographs, history."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.files.models import Evidence
from wolong.ground.ledger.models import Entry
from wolong.ground.ledger.queries import with_seals
from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import Fact, HistoryLine
from wolong.ground.pages.registries.thread import Bead, Stage
from wolong.ground.questions import asked
from wolong.language.judging import judge
from wolong.language.numerals import shown
from wolong.language.tree import Measure
from wolong.loop.findings import queries
from wolong.loop.findings.models import Finding

_PARTS = re.compile(r"[，、；。;,]")
_MODAL = re.compile(r"不应|不得|不宜|不大于|不小于|不低于|不高于|不超过|应|达到|严禁|禁止")


@dataclass(frozen=True)
class ReadingShown:
    """A reading beside the judge's bar."""

    label: str
    mark: str
    value: str
    unit: str
    words: str
    conforms: bool
    raw: Decimal


@dataclass(frozen=True)
class Case:
    """What the panel 依据与事实 shows."""

    number: str
    text: str
    breached: str
    edition: str
    clause_url: str
    source: str
    is_to_verify: bool
    limit: Measure | None = None
    readings: list[ReadingShown] = field(default_factory=list)

    @property
    def low(self) -> float | None:
        return float(self.limit.low) if self.limit and self.limit.low is not None else None

    @property
    def high(self) -> float | None:
        return float(self.limit.high) if self.limit and self.limit.high is not None else None

    @property
    def unit(self) -> str:
        return queries.pretty_unit(self.limit.unit or "") if self.limit else ""

    @property
    def points(self) -> list[tuple[float, str, bool]]:
        return [(float(reading.raw), reading.mark, reading.conforms) for reading in self.readings]


def breached_part(text: str, sentence: str, limit: Measure | None) -> str:
    """The words of the clause that were breached: the half sentence with the limit, from its modal verb on."""
    if limit is not None:
        for bound in (limit.high, limit.low):
            for part in _PARTS.split(sentence) if bound is not None else ():
                if re.search(rf"(?<![\d.]){re.escape(shown(bound))}(?![\d.]*\d)", part):  # type: ignore[arg-type]
                    modal = _MODAL.search(part)
                    found = part[modal.start() :] if modal else part
                    return found if found in text else ""
    part = sentence.rstrip("。；;")
    return part if part in text else ""


def reading_shown(limit: Measure, value: Decimal, *, label: str, mark: str) -> ReadingShown:
    verdict = judge(limit, value)
    words = verdict.words
    if verdict.conforms and limit.high is not None and value < limit.high:
        words = _("低于限值 %(off)s") % {"off": shown(limit.high - value)}
    elif verdict.conforms and limit.high is None and limit.low is not None and value > limit.low:
        words = _("高于限值 %(off)s") % {"off": shown(value - limit.low)}
    unit = queries.pretty_unit(limit.unit or "")
    return ReadingShown(label, mark, shown(value), unit, words, verdict.conforms, value)


def case_of(finding: Finding, *, later: Iterable[tuple[str, Decimal]] = ()) -> Case:
    """The case of a finding; `later` are the unit's own readings after it, each with its day (11-20)."""
    requirement, observation = finding.requirement, finding.observation
    clause, edition = requirement.clause, requirement.clause.edition
    limit = queries.limit_of(finding)
    readings = []
    if limit is not None and observation.value is not None:
        found = _("发现时 %(day)s") % {"day": _short(finding.found_at)}
        readings = [reading_shown(limit, observation.value, label=found, mark=_short(finding.found_at))]
        readings += [
            reading_shown(
                limit, value, label=_("整改后自测 %(day)s") % {"day": on}, mark=_("%(day)s 自测") % {"day": on}
            )
            for on, value in later
        ]
    text = clause.text or requirement.sentence
    since = _("，%(day)s 起实施") % {"day": edition.effective_on} if edition.effective_on else ""
    return Case(
        number=clause.number,
        text=text,
        breached=breached_part(text, requirement.sentence, limit),
        edition=f"{edition.number}《{edition.title}》{since}",
        clause_url=clause.get_absolute_url(),
        source=requirement.source,
        is_to_verify=requirement.is_to_verify,
        limit=limit,
        readings=readings,
    )


def _short(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d}"


def facts_of(request: HttpRequest, finding: Finding) -> list[Fact]:
    """Where, who found it, who answers, whether it repeats, what it costs."""
    scope = request.scope  # type: ignore[attr-defined]
    unit = str(finding.responsible) if finding.responsible else _("没有责任单位")
    line = f" · {finding.line.name}" if finding.line else ""
    round_ = finding.observation.item.round
    found = (
        f"{finding.found_by.name}，{day(finding.found_at)} {timezone.localtime(finding.found_at):%H:%M}，{round_.name}"
    )

    def open_url(thing: Any) -> str:
        return str(thing.get_absolute_url()) if scope.is_inside else ""

    rows = [
        Fact(_("地点"), finding.place.full_name, open_url(finding.place)),
        Fact(_("发现"), found, open_url(round_)),
        Fact(_("责任单位"), f"{unit}{line}", open_url(finding.line) if finding.line else ""),
        Fact(_("重复"), *_repeat(finding)),
        Fact(_("扣分"), _points(finding)),
    ]
    if finding.equipment:
        rows.insert(1, Fact(_("设备"), str(finding.equipment), open_url(finding.equipment)))
    if finding.deviation is not None:
        words = _("%(number)s，到 %(until)s 只记录，不开单、不扣分") % {
            "number": finding.deviation.number,
            "until": finding.deviation.until_on,
        }
        rows.append(Fact(_("偏离"), words, finding.deviation.get_absolute_url()))
    if finding.observation.remark:
        rows.append(Fact(_("描述"), finding.observation.remark))
    return rows


def _repeat(finding: Finding) -> tuple[str, str]:
    earlier = finding.repeat_of
    if earlier is None:
        return _("否，90 天内第一次"), ""
    days = (timezone.localtime(finding.found_at).date() - timezone.localtime(earlier.found_at).date()).days
    return _("是，%(day)s 发现过，相隔 %(days)d 天") % {
        "day": _short(earlier.found_at),
        "days": days,
    }, earlier.get_absolute_url()


def _points(finding: Finding) -> str:
    if finding.withdrawn_at:
        return _("已撤销，不计分")
    if not finding.points:
        return _("不扣分")
    per = finding.requirement.points_per
    each = f"{shown(finding.requirement.points or finding.points)} {_('分')}" + (f"/{per}" if per else "")
    return _("%(each)s，本次 −%(points)s") % {"each": each, "points": finding.points.normalize()}


@dataclass(frozen=True)
class Photo:
    src: str
    original: str
    alt: str
    tag: str
    caption: str


def photos_of(finding: Finding, *, order: Any = None) -> tuple[list[Photo], dict[int, list[Photo]]]:
    """Photographs of the check, and of each answer (by its id) to the order that hangs on it; one query."""
    wanted = Q(observations=finding.observation_id)
    asks, where = (_photos, wanted) if order is None else (_photos_with_answers, wanted | Q(answers__order=order.pk))
    found = asked(asks, where)
    before: list[Photo] = []
    after: dict[int, list[Photo]] = {}
    for one in found:
        if one.answer_id is None:
            before.append(_photo(one, _("整改前")))
        else:
            after.setdefault(one.answer_id, []).append(_photo(one, _("整改后")))
    return before, after


def _photos_with_answers(where: Q) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(where, kind=Evidence.Kind.PHOTO).annotate(answer_id=F("answers__id"))
    return found.select_related("received_by").order_by("pk").distinct()


def _photos(where: Q) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(where, kind=Evidence.Kind.PHOTO).annotate(answer_id=Value(None, IntegerField()))
    return found.select_related("received_by").order_by("pk").distinct()


def _photo(one: Evidence, tag: str) -> Photo:
    url = reverse("files:evidence", args=[one.pk])
    taken = timezone.localtime(one.taken_at or one.received_at)
    alt = f"{taken:%Y-%m-%d %H:%M} {one.place_text} {one.received_by.name}".replace("  ", " ")
    return Photo(src=f"{url}?size=view", original=url, alt=alt, tag=tag, caption=one.caption or f"{taken:%m-%d %H:%M}")


def trail(*things: Any) -> list[Entry]:
    """Everything written about some things, newest first; one query."""
    about = Q(pk__in=())
    for thing in things:
        about |= Q(subject_kind=thing._meta.label_lower, subject_id=thing.pk)  # noqa: SLF001 - how entries name their subject
    return asked(_about, about)


def _about(about: Q) -> QuerySet[Entry]:
    return with_seals(Entry.objects.filter(about)).order_by("-pk")


def history_lines(entries: Iterable[Entry], *, units: bool = True) -> list[HistoryLine]:
    """Entries as lines: the actor before the sentence, their unit in grey, their own words in a block."""
    return [
        HistoryLine(
            text=f"{entry.actor_name}{entry.sentence}" if entry.actor_name else entry.sentence,
            at=entry.at,
            hint=entry.actor_unit if units else "",
            say=entry.payload.get("say", ""),
        )
        for entry in entries
    ]


def beads_of(request: HttpRequest, finding: Finding) -> dict[Stage, Bead]:
    """The chain from the clause to the finding; what a company may not open keeps its name."""
    scope = request.scope  # type: ignore[attr-defined]
    clause, observation = finding.requirement.clause, finding.observation
    round_ = observation.item.round

    def bead(fact: str, title: str, url: str, *, open_to_all: bool = False) -> Bead:
        return Bead("done", fact, title, url if scope.is_inside or open_to_all else "")

    reading = ""
    if observation.value is not None:
        reading = " " + _("实测 %(value)s") % {"value": shown(observation.value)}
    line = finding.line.name if finding.line else ""
    return {
        Stage.CLAUSE: bead(
            _("第 %(number)s 条") % {"number": clause.number}, str(clause), clause.get_absolute_url(), open_to_all=True
        ),
        Stage.DUTY: bead(
            _("%(line)s线") % {"line": line} if line else _("已定"), finding.duty.object_label, finding.duty.get_absolute_url(),
            open_to_all=True,
        ),
        Stage.PLAN: bead(round_.get_kind_display(), round_.name, round_.get_absolute_url()),
        Stage.FIELDWORK: bead(
            f"{_short(finding.found_at)}{reading}", f"{finding.found_by.name} {day(finding.found_at)}{reading}",
            reverse("fieldwork:visit", args=[observation.visit_id]),
        ),
        Stage.FINDING: Bead(
            "done", f"{finding.severity} {finding.get_severity_display()}", finding.title, finding.get_absolute_url()
        ),
    }  # fmt: skip
