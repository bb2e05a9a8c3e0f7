"""WL1: the parts of a standard, in the manner of GB/T 1.1."""

from collections.abc import Iterator

from wolong.language.linting.registry import Fault, Shelf, key_line, rule
from wolong.language.numbering import PLAIN_DASH, parse_number
from wolong.language.outline import ARTICLE_LEVEL
from wolong.language.tree import Clause, Document

CHAPTERS = {"scope": "范围", "references": "规范性引用文件", "terms": "术语和定义"}


@rule("WL110", "warning")
def missing_chapter(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A standard has the chapters 范围, 规范性引用文件 and 术语和定义, even where they are empty.

    Why: a reader looks for them there, and what is cited is decided there (GB/T 1.1—2020, 6.1).
    Bad:
        ## 1 服务要求

        1.1 地面应干净。
    Good:
        ## 1 范围

        本文件规定了甲。

        ## 2 规范性引用文件

        无。

        ## 3 术语和定义

        无。
    Mend: Add the chapter; where it is empty, say so in one sentence (本文件没有……). Engineering codes, annexes of
        contracts and rules in articles (第一条) are built otherwise and are left alone.
    """
    if document.tone == "工程" or document.level == "合同附件" or _is_in_articles(document):
        return
    roles = {clause.role for clause in document.clauses if clause.level == 1}
    missing = [name for role, name in CHAPTERS.items() if role not in roles]
    if missing and document.clauses:
        yield Fault(
            document.clauses[0].line, f"缺少“{'”“'.join(missing)}”一章", "这三章必须有；没有内容时写“本文件没有……”"
        )


def _is_in_articles(document: Document) -> bool:
    return any(clause.level == ARTICLE_LEVEL and clause.number.isdigit() for clause in document.clauses)


@rule("WL111", "error")
def duplicate_number(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """No two clauses share a number.

    Why: duties, findings and scores point to a clause by its number.
    Bad:
        4.1 地面应干净。

        4.1 墙面应干净。
    Good:
        4.1 地面应干净。

        4.2 墙面应干净。
    Mend: Give one of them a number that is free.
    """
    first: dict[str, Clause] = {}
    for clause in document.clauses:
        if not clause.number:
            continue
        if clause.number in first:
            message = f"编号 {clause.number} 在第 {first[clause.number].line} 行已经用过"
            yield Fault(clause.line, message, "改成没有用过的编号", clause.number)
        first.setdefault(clause.number, clause)


@rule("WL112", "warning")
def number_gap(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """Numbers run on without a gap, and start at 1.

    Why: a gap looks like a clause that was lost.
    Bad:
        4.1 地面应干净。

        4.3 墙面应干净。
    Good:
        4.1 地面应干净。

        4.2 墙面应干净。
    Mend: Number in order; findings keep the number of the edition they were made in.
    """
    last: dict[str, int] = {}
    for clause in document.clauses:
        if clause.kind == "item" or not clause.number:
            continue
        head, _, tail = clause.number.rpartition(".")
        if not tail.isdigit():
            continue
        expected = last.get(head, 0) + 1
        if int(tail) > expected:
            wanted = f"{head}.{expected}" if head else str(expected)
            yield Fault(clause.line, f"编号从这里跳过了 {wanted}", "按顺序编号，不留空号", clause.number)
        last[head] = max(int(tail), last.get(head, 0))


@rule("WL113", "warning")
def lone_subclause(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A clause is divided into at least two, or not at all.

    Why: a single sub-clause divides nothing (GB/T 1.1—2020, 7.4).
    Bad:
        ### 4.1 大厅

        4.1.1 地面应干净。
    Good:
        4.1 大厅地面应干净。

        4.2 大厅墙面应干净。
    Mend: Move the text into the clause above, or divide it further.
    """
    children: dict[str, list[Clause]] = {}
    for clause in document.clauses:
        if clause.parent and clause.kind == "clause" and clause.role != "terms":
            children.setdefault(clause.parent, []).append(clause)
    for parent, under in children.items():
        if len(under) == 1:
            message = f"{parent} 下面只有 {under[0].number} 一条"
            yield Fault(under[0].line, message, "并到上一级，或再分出一条", under[0].number)


@rule("WL114", "error")
def bad_number(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A standard has a number with prefix, code and year; one without a number or a year is only warned.

    Why: citing, adopting and replacing go by it.
    Bad:
        ---
        标准号: 卧龙山清洁标准
        ---
    Good:
        ---
        标准号: Q/WLS BZ06-003—2026
        ---
    Mend: Write prefix, code and year.
    """
    help_text = "写成“前缀 代号—年份”，如 Q/WLS BZ06-003—2026"
    if document.number is None:
        yield Fault(1, "没有标准号", help_text, severity="warning")
        return
    parsed = parse_number(document.number)
    if parsed is None:
        yield Fault(key_line(document, "标准号"), f"“{document.number}”不是标准号", help_text)
    elif parsed.year is None:
        yield Fault(key_line(document, "标准号"), f"标准号“{document.number}”没有年份", help_text, severity="warning")


@rule("WL115", "warning")
def hanging_paragraph(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A clause that has sub-clauses has no text of its own before them (悬置段).

    Why: nobody can cite that text without citing all sub-clauses too (GB/T 1.1—2020, 7.5).
    Bad:
        ### 4.1 大厅

        地面应干净。

        4.1.1 墙面应干净。

        4.1.2 门应干净。
    Good:
        ### 4.1 大厅

        4.1.1 地面应干净。

        4.1.2 墙面应干净。
    Mend: Give the paragraph a number of its own.
    """
    parents = {clause.parent for clause in document.clauses if clause.kind in ("clause", "chapter") and clause.parent}
    for clause in document.clauses:
        if clause.number in parents and clause.kind != "item" and clause.role == "body" and clause.text.strip():
            yield Fault(clause.line, f"{clause.number} 有悬置段", "给这段话一个自己的编号", clause.number)


@rule("WL116", "error")
def silenced_without_reason(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """Who silences a rule says why.

    Why: the next reader must know whether it still holds.
    Bad:
        <!-- wolong: ignore WL203 -->
        4.1 垃圾应及时清运。
    Good:
        <!-- wolong: ignore WL203 上级文件原话 -->
        4.1 垃圾应及时清运。
    Mend: Write the reason behind the code.
    """
    for remark in document.ignores:
        if not remark.is_whole:
            yield Fault(remark.line, "忽略规则没有写代号或原因", "写成 <!-- wolong: ignore WL203 原因 -->")


@rule("WL118", "info")
def plain_dash(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """The year of a standard's number follows a long dash.

    Why: one way to write a number finds it everywhere; `-`, `–` and `—` are read alike.
    Bad:
        ---
        标准号: Q/A 1-2026
        ---
    Good:
        ---
        标准号: Q/A 1—2026
        ---
    Mend: `wolong lint --fix` writes it.
    """
    lines = document.source_lines
    for key in ("标准号", "代替", "引用"):
        at = document.lines.get(key)
        match = PLAIN_DASH.search(lines[at - 1]) if at and at <= len(lines) else None
        if at and match:
            yield Fault(at, "年份前面的横线不是“—”", "写成如 Q/WLS BZ06-003—2026", column=match.start() + 1)


@rule("WL119", "warning")
def empty_clause(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A numbered clause says something.

    Why: an empty number looks like a text that was lost.
    Bad:
        ### 4.1 大厅

        ### 4.2 走廊

        地面应干净。
    Good:
        ### 4.1 大厅

        地面应干净。

        ### 4.2 走廊

        墙面应干净。
    Mend: Write the text, or take the number away.
    """
    parents = {clause.parent for clause in document.clauses if clause.parent}
    parents |= {clause.number.partition(".")[0] for clause in document.clauses if "." in clause.number}  # 1 over 1.0.1
    for clause in document.clauses:
        if clause.number and clause.number not in parents and not clause.text.strip() and not clause.has_table:
            yield Fault(clause.line, f"{clause.number} 没有内容", "写上内容，或删去这个编号", clause.number)


@rule("WL120", "warning")
def chapters_out_of_order(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """范围, 规范性引用文件 and 术语和定义 are the chapters 1, 2 and 3.

    Why: readers and programs look for them there (GB/T 1.1—2020, 6.1).
    Bad:
        ## 1 范围

        甲。

        ## 2 术语和定义

        无。

        ## 3 规范性引用文件

        无。
    Good:
        ## 1 范围

        甲。

        ## 2 规范性引用文件

        无。

        ## 3 术语和定义

        无。
    Mend: Put the chapters in this order.
    """
    found = [clause for clause in document.clauses if clause.level == 1 and clause.role in CHAPTERS]
    wanted = [role for role in CHAPTERS if any(clause.role == role for clause in found)]
    for clause, role in zip(found, wanted, strict=False):
        if clause.role != role:
            message = f"“{CHAPTERS[clause.role]}”在“{CHAPTERS[role]}”前面"
            yield Fault(clause.line, message, "按范围、规范性引用文件、术语和定义的次序排", clause.number)
            return
