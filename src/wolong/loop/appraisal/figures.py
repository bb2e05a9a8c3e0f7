"""A score as people look at it: the sum that opens, the band, the bars of earlier periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.loop.appraisal.models import Score, Sheet
from wolong.loop.appraisal.rules.money import half_up
from wolong.loop.appraisal.rules.scheme import DAILY, FULL, from_json, plain
from wolong.loop.appraisal.states import PeriodState

LEFT_EDGE = Decimal(50)  # where the band begins: below it nothing tells two grades apart
BAR_HEIGHT = 96
MOST_BARS = 6
Json = Mapping[str, Any]


def score_words(sheet: Sheet) -> str:
    """A score, or why there is none: it is under way, or nobody checked."""
    if sheet.total is not None:  # type: ignore[attr-defined]
        return f"{sheet.total:.2f}"  # type: ignore[attr-defined]
    return _("进行中") if sheet.period.state == PeriodState.OPEN else _("未检查")


@dataclass(frozen=True)
class Row:
    """One line of the sum; `rows` are what it opens to, `is_unchecked` shows the hatch instead of an amount."""

    name: str
    how: str = ""
    amount: str = ""
    url: str = ""
    is_unchecked: bool = False
    is_open: bool = False
    rows: list["Row"] = field(default_factory=list)


def sum_of(inputs: Json, result: Json) -> list[Row]:
    """The whole sum: each part, under the daily checks its chapters, under a chapter its clauses, under a clause its findings."""
    rows = [_part(inputs, result, part) for part in result["parts"]]
    missing = [part for part in result["parts"] if part["score"] is None]
    if missing and result["score"] is not None:
        names = "、".join(part["name"] for part in missing)
        how = _("%(names)s的占比分给其余部分") % {"names": names}
        rows.append(Row(_("折算占比"), how, result["score"]))
    return rows


def _part(inputs: Json, result: Json, part: Json) -> Row:
    if part["score"] is None:
        how = _("%(share)s %% 不计入") % {"share": part["share"]}
        rows = _chapters(inputs, result) if part["key"] == DAILY else []
        return Row(part["name"], how, is_unchecked=True, rows=rows, is_open=bool(rows))
    amount = half_up(Decimal(part["score"]) * Decimal(part["share"]) / FULL)
    rows = _chapters(inputs, result) if part["key"] == DAILY else []
    return Row(part["name"], f"{part['score']} × {part['share']} %", f"{amount:f}", rows=rows, is_open=True)


def _chapters(inputs: Json, result: Json) -> list[Row]:
    rows = [_chapter(chapter, given) for chapter, given in zip(result["chapters"], inputs["chapters"], strict=True)]
    if held := inputs.get("deviations"):
        how = _("到期前只记录，不扣分")
        rows.append(Row(_("偏离 %(n)d 处") % {"n": len(held)}, how, "—", rows=[_deviation(one) for one in held]))
    if inputs["not_contracted"]:
        weights = {one["name"]: Decimal(one["weight"]) for one in inputs["scheme"]["chapters"]}
        left = plain(sum((weights[name] for name in inputs["not_contracted"]), Decimal(0)))
        names = "、".join(inputs["not_contracted"])
        rows.append(
            Row(_("不在服务范围：%(names)s") % {"names": names}, _("%(n)s 分按比例分给其余各章") % {"n": left}, "—")
        )
    checked = [one for one in result["chapters"] if one["got"] is not None]
    if checked and Decimal(result["checked_weight"]) != FULL:
        got = plain(sum((Decimal(one["got"]) for one in checked), Decimal(0)))
        name = _("折算到百分：%(got)s ÷ %(weight)s × 100") % {"got": got, "weight": result["checked_weight"]}
        unchecked = "、".join(one["name"] for one in result["chapters"] if one["got"] is None)
        how = _("%(names)s的分值分给其余 %(n)d 章") % {"names": unchecked, "n": len(checked)} if unchecked else ""
        rows.append(Row(name, how, result["daily"]))
    return rows  # fmt: skip


def _deviation(one: Json) -> Row:
    """One deviation: from what, at which object, and how many failures it kept from counting."""
    how = _("%(clause)s 条 · 到 %(until)s · 记录 %(n)d 个") % {
        "clause": one["clause"].rsplit(" ", 1)[-1],
        "until": one["until"],
        "n": one["noted"],
    }
    return Row(one["object"], how, "—", reverse("duties:deviation", args=[one["id"]]))


def _chapter(chapter: Json, given: Json) -> Row:
    if chapter["got"] is None:
        return Row(chapter["name"], _("%(n)s 分不计入") % {"n": chapter["weight"]}, "—", is_unchecked=True)
    known = {one["number"]: one for one in given["findings"]}
    left_out = [one for one in given["findings"] if one["left_out"] is not None]
    rows = [
        *(_clause(clause, known) for clause in chapter["clauses"]),
        *(Row(one["title"], _("陈述已采纳，不扣分"), "0.00", _finding_url(one)) for one in left_out),
    ]
    looked = _("查 %(n)d 项") % {"n": chapter["itemised"] + chapter["overall"]}
    if chapter["overall"]:
        looked = _("%(all)s，概查 %(n)d") % {"all": looked, "n": chapter["overall"]}
    return Row(chapter["name"], _("%(n)s 分 · %(looked)s") % {"n": chapter["weight"], "looked": looked},
               f"{Decimal(chapter['got']):.2f}", rows=rows)  # fmt: skip


def _finding_url(one: Json) -> str:
    return reverse("findings:finding", args=[one["id"]])


def _clause(clause: Json, known: Json) -> Row:
    """One clause's points: a single finding by its title, several under the clause."""
    hits = [(known[hit["number"]], hit["points"]) for hit in clause["hits"]]
    first = hits[0][0]
    label = _("%(label)s 条") % {"label": first["label"].rsplit(" ", 1)[-1]}
    if first["ordinal"] > 1:
        label = _("%(label)s第 %(n)d 项") % {"label": label, "n": first["ordinal"]}
    how = f"{label} · {_how_often(hits)}"
    if Decimal(clause["points"]) < Decimal(clause["uncapped"]):
        how += _("，上限 %(cap)s") % {"cap": clause["cap"]}
    amount = _minus(clause["points"])
    if len(hits) == 1:
        return Row(first["title"], how, amount, _finding_url(first))
    rows = [Row(one["title"], _repeat(one), _minus(points), _finding_url(one)) for one, points in hits]
    return Row(_("%(label)s，%(n)d 个问题") % {"label": label, "n": len(hits)}, how, amount, rows=rows)


def _how_often(hits: Sequence[tuple[Json, str]]) -> str:
    """3 处 × 0.5, or what is lost as a whole."""
    first, points = hits[0]
    if not first["per"]:
        return _("不符合即扣 %(points)s") % {"points": first["points"]}
    if all(one == points for _finding, one in hits):
        words = _("%(n)d %(per)s × %(points)s") % {"n": len(hits), "per": first["per"], "points": first["points"]}
        return f"{words}{'，' + _repeat(first) if len(hits) == 1 and first['repeat'] else ''}"
    return _("%(n)d %(per)s，含重复加倍") % {"n": len(hits), "per": first["per"]}


def _repeat(one: Json) -> str:
    return _("重复问题加倍") if one["repeat"] else ""


def _minus(points: str) -> str:
    return f"−{Decimal(points):.2f}" if Decimal(points) else "0.00"


@dataclass(frozen=True)
class Segment:
    """One grade of the band, in percent of its width."""

    name: str
    x: str
    width: str
    middle: str
    is_reached: bool
    edge: str


@dataclass(frozen=True)
class Scale:
    """The band from 50 to 100: its segments, where the score stands, and how far the next grade is."""

    segments: list[Segment]
    pin: str
    words: str


def band_of(scheme: Json, *, total: str, grade: str) -> Scale:
    bands = from_json(scheme).bands
    score = Decimal(total)
    tops = [FULL, *(band.low for band in bands)]
    segments = []
    for band, top in zip(bands, tops, strict=False):
        low, high = max(band.low, LEFT_EDGE), max(top, LEFT_EDGE)
        if high <= low:
            continue
        x, width = _share(low), (high - low) * 2
        segments.append(
            Segment(band.name, f"{x}%", f"{max(width - Decimal('0.6'), Decimal(0))}%", f"{x + width / 2}%",
                    band.name == grade, plain(band.low) if low == band.low and low > LEFT_EDGE else "")
        )  # fmt: skip
    return Scale(segments[::-1], f"{_share(max(score, LEFT_EDGE))}%", _edges(bands, tops, score))


def _share(score: Decimal) -> Decimal:
    return (score - LEFT_EDGE) * 2


def _edges(bands: Sequence[Any], tops: Sequence[Decimal], score: Decimal) -> str:
    """85.00 起，95.00 不含。距优秀 8.01 分"""
    at = next(index for index, band in enumerate(bands) if score >= band.low or index == len(bands) - 1)
    words = _("%(low)s 起") % {"low": f"{bands[at].low:.2f}"}
    if at == 0:
        return _("%(low)s，到 100") % {"low": words}
    gap = tops[at] - score
    return _("%(low)s，%(top)s 不含。距%(next)s %(gap)s 分") % {
        "low": words, "top": f"{tops[at]:.2f}", "next": bands[at - 1].name, "gap": f"{gap:.2f}",
    }  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One earlier period; `height` in pixels of the chart's 96, `value` as written."""

    label: str
    value: str
    url: str
    x: str
    middle: str
    y: int
    height: int
    is_this: bool


def bars_of(scores: Iterable[Score], *, this: int) -> list[Bar]:
    """The last periods' scores as bars from zero; one that nobody checked has none, and says so."""
    shown = list(scores)[-MOST_BARS:]
    step = Decimal(100) / max(len(shown), 1)
    bars = []
    for number, one in enumerate(shown):
        height = int(one.total / FULL * BAR_HEIGHT) if one.total is not None else 0
        period = one.sheet.period
        bars.append(
            Bar(
                label=_("%(year)02d 年%(quarter)d 季") % {
                    "year": period.first_on.year % 100, "quarter": (period.first_on.month + 2) // 3},
                value=f"{one.total:.2f}" if one.total is not None else _("未检查"),
                url=one.sheet.get_absolute_url(),
                x=f"{step * number + step / 2 - min(step / 4, Decimal(6)):.2f}%",
                middle=f"{step * number + step / 2:.2f}%",
                y=20 + BAR_HEIGHT - height,
                height=height,
                is_this=one.sheet_id == this,
            )
        )  # fmt: skip
    return bars
