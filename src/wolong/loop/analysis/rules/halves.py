"""Half-years and what their figures say in sentences. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

Figures = Mapping[str, Any]
JULY = 7


def half_of(day: date) -> tuple[date, date]:
    """The first and the last day of the half-year that a day lies in."""
    if day.month < JULY:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, JULY, 1), date(day.year, 12, 31)


def half_before(first: date) -> tuple[date, date]:
    return half_of(first - timedelta(days=1))


def half_words(first: date) -> str:
    half = _("上半年") if first.month < JULY else _("下半年")
    return _("%(year)d 年%(half)s") % {"year": first.year, "half": half}


def middle(days: Sequence[float]) -> float | None:
    """The median, one decimal; None of nothing."""
    return round(median(days), 1) if days else None


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


# Upper edges of the spans from found to closed, in days: the terms for A, B and C, a month, more.
SPANS = (1, 3, 10, 30)


def by_days(days: Sequence[float]) -> list[dict[str, Any]]:
    """How many were closed within 1, 3, 10, 30 days and later; every one is counted once."""
    edges = (0.0, *SPANS, float("inf"))
    names = (
        _("1 天以内"), *(_("%(low)d 至 %(high)d 天") % {"low": low, "high": high} for low, high in pairwise(SPANS)),
        _("%(n)d 天以上") % {"n": SPANS[-1]},
    )  # fmt: skip
    return [
        {"name": name, "count": sum((low < each or not low) and each <= high for each in days)}
        for name, (low, high) in zip(names, pairwise(edges), strict=True)
    ]


def sentences(now: Figures, before: Figures | None) -> Iterator[str]:
    """What the figures say; where nothing was looked at, that is said first."""
    total, checks = now["totals"]["findings"], now["totals"]["checks"]
    if not checks:
        yield _("这半年没有检查记录，没有什么可以分析：先把巡查做起来。")
        return
    words = {"n": total, "checks": checks, "closed": now["totals"]["closed"]}
    yield _("共检查 %(checks)d 项次，发现问题 %(n)d 个，已闭环 %(closed)d 个。") % words
    yield from _compared(now, before)
    if now["by_clause"]:
        first = now["by_clause"][0]
        share = percent(first["count"], total)
        yield _("最常不合格的是 %(label)s，%(n)d 次，占 %(share)s %%。") % {
            "label": first["label"], "n": first["count"], "share": share}  # fmt: skip
    if now["totals"]["median_days"] is not None:
        yield _("从发现到闭环的天数，一半不超过 %(days)s 天。") % {"days": now["totals"]["median_days"]}
    if now["totals"]["repeats"]:
        yield _("%(n)d 个是 90 天内同一条款、同一对象重复发生的。") % {"n": now["totals"]["repeats"]}
    if now["totals"]["overdue"]:
        yield _("%(n)d 张整改通知单逾期未改。") % {"n": now["totals"]["overdue"]}
    yield from _looked_at(now)
    if total:
        each = round(now["hours"] / total, 1)
        yield _("巡查用了 %(hours)s 小时，平均 %(each)s 小时发现一个问题。") % {"hours": now["hours"], "each": each}


def _looked_at(now: Figures) -> Iterator[str]:
    """What was not looked at, what did not fit, and what needed not be kept."""
    gap = now["gap"]
    if gap["percent"] is not None:
        yield _("监督缺口指数 %(percent)s %%：%(required)d 条“应”里有 %(n)d 条没有按期逐项查。") % {
            "percent": gap["percent"], "required": gap["required"], "n": gap["open"]}  # fmt: skip
    unseen = gap.get("unseen", 0)
    if unseen:
        yield _("其中 %(n)d 条有人做、有人负责查，却没有按期逐项查。") % {"n": unseen}
    left = now.get("omitted", {})
    if left.get("checks"):
        yield _("各月计划工时之内排不下的有 %(n)d 项次，还要 %(hours)s 小时。") % {
            "n": left["checks"],
            "hours": left["hours"],
        }
    departed = now.get("deviations", {})
    if departed.get("held"):
        yield _("%(n)d 处偏离有效，期间记录不符合 %(noted)d 次，不开单、不扣分。") % {
            "n": departed["held"],
            "noted": departed["noted"],
        }


def _compared(now: Figures, before: Figures | None) -> Iterator[str]:
    """Failures per 100 checks against the half-year before, where both were looked at."""
    if before is None or not before["totals"]["checks"]:
        yield _("上一个半年没有可比的检查。")
        return
    rate, old = (percent(one["totals"]["findings"], one["totals"]["checks"]) for one in (now, before))
    if rate is None or old is None:
        return
    words = {"rate": rate, "old": old}
    if rate == old:
        yield _("每 100 次检查发现 %(rate)s 个问题，与上一个半年相同。") % words
    elif rate > old:
        yield _("每 100 次检查发现 %(rate)s 个问题，上一个半年是 %(old)s 个，多了。") % words
    else:
        yield _("每 100 次检查发现 %(rate)s 个问题，上一个半年是 %(old)s 个，少了。") % words
