"""WL6: whether a standard is still, and already, good to go by."""

import calendar
from collections.abc import Iterator
from datetime import date

from wolong.language.linting.registry import Fault, Shelf, by_clause, key_line, rule
from wolong.language.numbering import parse_number
from wolong.language.tree import Document, Place

REVIEW_YEARS = 5  # 标准化法 article 29
SOON_MONTHS = 6


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def review_due(document: Document) -> date | None:
    """The day by which it must be reviewed: as written, else five years after issue."""
    if document.review_due is not None:
        return document.review_due
    return _months_later(document.issued, 12 * REVIEW_YEARS) if document.issued else None


@rule("WL601", "warning")
def review_overdue(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A standard is reviewed within five years (标准化法 article 29).

    Why: an unreviewed limit is kept long after its reason is gone.
    Bad:
        ---
        标准号: Q/A 1—2019
        发布: 2019-01-05
        ---
    Good:
        ---
        标准号: Q/A 1—2026
        发布: 2026-01-05
        复审: 2031-01-05
        ---
    Mend: Review it: it goes on, is revised, or is withdrawn.
    """
    due = review_due(document)
    if due is None or document.number in shelf.replaced_by:
        return
    line = key_line(document, "复审" if document.review_due else "发布")
    # Who reviewed it and lets it go on counts from that day, which may be today.
    latest = _months_later(max(document.issued or shelf.today, shelf.today), 12 * REVIEW_YEARS)
    if due > latest:
        yield Fault(line, f"复审日期 {due} 太晚，最迟是 {latest}", "写发布后五年内的日期")
    if due < shelf.today:
        yield Fault(line, f"复审已于 {due} 到期", "组织复审：继续有效、修订或废止")
    elif due <= _months_later(shelf.today, SOON_MONTHS):
        yield Fault(line, f"复审将于 {due} 到期", "安排复审", severity="info")


@rule("WL602", "error")
def wrong_dates(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A standard is issued first, then in force, then reviewed.

    Why: findings look up which edition was in force on their day.
    Bad:
        ---
        标准号: Q/A 1—2026
        发布: 2026-03-01
        实施: 2026-01-05
        ---
    Good:
        ---
        标准号: Q/A 1—2026
        发布: 2026-01-05
        实施: 2026-03-01
        ---
    Mend: Put the dates right.
    """
    if document.issued and document.effective and document.effective < document.issued:
        yield Fault(key_line(document, "实施"), "实施日期早于发布日期", "改正其中一个日期")
    before = (("发布", document.issued), ("实施", document.effective))
    late = next((key for key, day in before if day and document.review_due and document.review_due <= day), None)
    if late:
        yield Fault(key_line(document, "复审"), f"复审日期不晚于{late}日期", "复审一般在发布后五年内")


@rule("WL603", "info")
def not_confirmed(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """Every value has been compared with its source; 待核 marks one that has not.

    Why: it must not be taken for settled, wherever it shows.
    Bad:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 17217]
        ---
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
        > 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度 | 证据:读数 | 来源:GB/T 17217 | 待核
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 17217]
        ---
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
        > 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度 | 证据:读数 | 来源:GB/T 17217
    Mend: Compare the value with its source, then take the mark away.
    """
    for clause, requirement in by_clause(document):
        execution = requirement.execution
        if execution is None or execution.values.get("待核") is not True:
            continue
        line, column = execution.columns.get("待核", (execution.line, execution.column))
        yield Fault(line, "数值待核", "与来源核对后去掉“待核”", clause, column)


@rule("WL604", "warning", needs=lambda _world: True)
def adopted_but_replaced(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """No area adopts an edition that has been replaced or withdrawn.

    Why: its duties would rest on a text that is no longer in force. In the examples an area has adopted Q/A 1—2020.
    Bad:
        ---
        标准号: Q/A 1—2020
        ---
        4.1 地面应干净。
        =====
        ---
        标准号: Q/A 1—2026
        实施: 2026-03-01
        代替: [Q/A 1—2020]
        ---
        4.1 地面应光洁。
    Good:
        ---
        标准号: Q/A 1—2015
        ---
        4.1 地面应干净。
        =====
        ---
        标准号: Q/A 1—2020
        实施: 2020-03-01
        代替: [Q/A 1—2015]
        ---
        4.1 地面应光洁。
    Mend: Adopt the new edition; pending work follows it.
    """
    if shelf.world is None or document.number not in shelf.world.adopted:
        return
    own = parse_number(document.number or "")
    known = shelf.index.get(own.number) if own else None
    if own and known and known.state == "废止" and known.year in (None, own.year):
        message = f"{document.number} 已经废止，仍有办公区采用"
        help_text = f"改为采用 {known.replaced_by}" if known.replaced_by else "从办公区适用清单里去掉"
        yield Fault(key_line(document, "标准号"), message, help_text)
        return
    newer = shelf.replaced_by.get(document.number or "")
    if newer is not None and newer.effective is not None and newer.effective <= shelf.today:
        message = f"{document.number} 已被 {newer.number} 代替，仍有办公区采用"
        yield Fault(key_line(document, "标准号"), message, f"改为采用 {newer.number}")


@rule("WL605", "warning")
def year_differs(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """The year in the number is the year of issue.

    Why: two years for one edition make two editions in people's minds.
    Bad:
        ---
        标准号: Q/A 1—2025
        发布: 2026-01-05
        ---
    Good:
        ---
        标准号: Q/A 1—2026
        发布: 2026-01-05
        ---
    Mend: Correct the number or the date.
    """
    parsed = parse_number(document.number or "")
    if parsed and parsed.year and document.issued and parsed.year != document.issued.year:
        message = f"标准号的年份 {parsed.year} 与发布日期 {document.issued} 不同年"
        yield Fault(key_line(document, "标准号"), message, "改正标准号或发布日期")


@rule("WL606", "error")
def two_texts(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """One number, one text.

    Why: with two texts nobody can say which one was in force.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 地面应干净。
        =====
        ---
        标准号: Q/A 1—2026
        ---
        4.1 墙面应干净。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 地面应干净。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 墙面应干净。
    Mend: Give the newer one its own year, or remove the copy.
    """
    same = shelf.numbered.get(document.number or "", ())
    if len(same) > 1 and same[0] is not document:
        line = key_line(document, "标准号")
        first = same[0]
        related = (Place(first.file, key_line(first, "标准号"), 1, None, "先有的一份"),)
        yield Fault(line, f"{document.number} 有两份文本", "新版换上自己的年份，或删去多余的一份", related=related)
