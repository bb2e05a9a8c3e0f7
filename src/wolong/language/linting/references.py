"""WL3: what a standard cites."""

from collections.abc import Iterator

from wolong.language.folding import fold
from wolong.language.linting.places import text_lines
from wolong.language.linting.registry import Fault, Shelf, at_hand, key_line, rule
from wolong.language.numbering import CITED, parse_number
from wolong.language.tree import Document, Reference

LONGEST_RING = 6


@at_hand
def _cited(document: Document) -> Iterator[tuple[Reference, int, str, bool]]:
    """Every standard's number in text and in 来源: what, line, clause, whether it stands in chapter 2."""
    for clause, words, line, _ in text_lines(document):
        for parsed in _numbers(words) if clause.role != "front" else ():
            yield parsed, line, clause.number, clause.role == "references"
    for clause in document.clauses:
        for execution in clause.executions:
            source = execution.values.get("来源")
            for parsed in _numbers(source) if isinstance(source, str) else ():
                yield parsed, execution.columns["来源"][0], clause.number, False


def _numbers(text: str) -> Iterator[Reference]:
    for match in CITED.finditer(fold(text)):
        parsed = parse_number(match.group())
        if parsed is not None:
            yield parsed


@rule("WL302", "warning")
def not_listed(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What the text cites is listed under 引用, or in chapter 2 where a standard has no 引用.

    Why: the list is what is watched for new editions.
    Bad: 4.1 卫生间空气应符合 GB/T 17217 的规定。
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 17217]
        ---
        4.1 卫生间空气应符合 GB/T 17217 的规定。
    Mend: Add it to `引用`, and to chapter 2 (WL308).
    """
    cited = _cited(document)
    listed = {reference.number for reference in document.references}
    if not listed:  # an ordinary standard has chapter 2 alone
        listed = {reference.number for reference, _, _, in_list in cited if in_list}
    own = parse_number(document.number or "")
    said: set[str] = set()
    for reference, line, clause, in_list in cited:
        number = reference.number
        if number in listed or number in said or in_list or (own and number == own.number):
            continue
        said.add(number)
        yield Fault(line, f"引用了 {number}，文件头的“引用”里没有", "把它补进“引用”和第 2 章", clause)


@rule("WL303", "info")
def never_used(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What is listed under 引用 is cited somewhere.

    Why: a reference that nothing needs makes its changes look relevant.
    Bad:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 18883]
        ---
        4.1 地面应干净。
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 18883]
        ---
        4.1 室内空气应符合 GB/T 18883 的规定。
    Mend: Take it out, or cite it where it is needed.
    """
    used = {reference.number for reference, _, _, in_list in _cited(document) if not in_list}
    for reference in document.references:
        if reference.number not in used:
            line = key_line(document, "引用")
            yield Fault(line, f"“引用”里的 {reference.number} 正文没有用到", "删去，或在条款里引用")


@rule("WL304", "warning")
def edition_replaced(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A dated reference does not point to an edition that another standard has replaced.

    Why: with a year, exactly that edition is meant, and it is no longer in force.
    Bad:
        ---
        标准号: Q/A 3—2026
        引用: [Q/A 1—2020]
        ---
        4.1 清洁应按 Q/A 1—2020 进行。
        =====
        ---
        标准号: Q/A 1—2026
        代替: [Q/A 1—2020]
        ---
        4.1 地面应干净。
    Good:
        ---
        标准号: Q/A 3—2026
        引用: [Q/A 1—2026]
        ---
        4.1 清洁应按 Q/A 1—2026 进行。
        =====
        ---
        标准号: Q/A 1—2026
        代替: [Q/A 1—2020]
        ---
        4.1 地面应干净。
    Mend: Cite the new edition, or leave the year out: then the newest counts.
    """
    for reference in document.references:
        newer = shelf.replaced_by.get(str(reference))
        if reference.year is not None and newer is not None and newer is not document:
            message = f"引用的 {reference} 已被 {newer.number} 代替"
            yield Fault(key_line(document, "引用"), message, "改引新版，或去掉年份")


@rule("WL301", "warning")
def not_known(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """What is cited is on the shelf or in the index of known standards.

    Why: a number with a slip of the pen cites nothing.
    Bad:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 99999]
        ---
        4.1 卫生间空气应符合 GB/T 99999 的规定。
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 17217]
        ---
        4.1 卫生间空气应符合 GB/T 17217 的规定。
    Mend: Correct the number, or enter the standard in 索引.tsv.
    """
    if not shelf.index:
        return
    said: set[str] = set()
    for reference, line, clause, _ in _cited(document):
        number = reference.number
        if number in said or number in shelf.index or number in shelf.numbers:
            continue
        said.add(number)
        yield Fault(line, f"不认得 {number}", "核对标准号；没有错就把它补进 索引.tsv", clause)


@rule("WL305", "warning")
def withdrawn(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """What is cited is still in force.

    Why: a withdrawn standard binds nobody, and its limits may be gone for a reason.
    Bad:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 18883—2002]
        ---
        4.1 室内空气应符合 GB/T 18883—2002 的规定。
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 18883—2022]
        ---
        4.1 室内空气应符合 GB/T 18883—2022 的规定。
    Mend: Cite what replaced it, and compare the values.
    """
    said: set[str] = set()
    for reference, line, clause, _ in _cited(document):
        known = shelf.index.get(reference.number)
        if known is None or str(reference) in said:
            continue
        is_older = reference.year is not None and known.year is not None and reference.year < known.year
        if known.state == "废止" or is_older:
            said.add(str(reference))
            newer = known.replaced_by or (f"{known.number}—{known.year}" if is_older else "")
            help_text = f"改引 {newer}，并核对数值" if newer else "找到代替它的标准，或写出数值本身"
            yield Fault(line, f"引用的 {reference} 已经废止或被代替", help_text, clause)


@rule("WL306", "warning")
def circle(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """Standards do not cite each other in a circle.

    Why: whoever looks for the requirement is sent round and finds it nowhere.
    Bad:
        ---
        标准号: Q/A 1—2026
        引用: [Q/A 2]
        ---
        4.1 清洁应符合 Q/A 2 的规定。
        =====
        ---
        标准号: Q/A 2—2026
        引用: [Q/A 1]
        ---
        4.1 清洁应符合 Q/A 1 的规定。
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [Q/A 2]
        ---
        4.1 清洁应符合 Q/A 2 的规定。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 地面应干净。
    Mend: Let the one that is more general stand by itself.
    """
    own = parse_number(document.number or "")
    ring = shelf.rings.get(own.number, ()) if own else ()
    if ring:
        shown = ring if len(ring) <= LONGEST_RING else (*ring[:LONGEST_RING], f"……共 {len(ring)} 个")
        round_trip = " → ".join([*shown, ring[0]])
        yield Fault(key_line(document, "引用"), f"引用绕成了一圈：{round_trip}", "让其中较一般的一个不再引用另一个")


@rule("WL307", "info")
def listed_never_used(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What chapter 2 lists is cited in the text.

    Why: a reference that nothing needs makes its changes look relevant.
    Bad:
        ## 1 范围

        甲。

        ## 2 规范性引用文件

        GB/T 18883 室内空气质量标准

        ## 3 术语和定义

        无。

        ## 4 要求

        4.1 地面应干净。
    Good:
        ## 1 范围

        甲。

        ## 2 规范性引用文件

        GB/T 18883 室内空气质量标准

        ## 3 术语和定义

        无。

        ## 4 要求

        4.1 空气应符合 GB/T 18883 的规定。
    Mend: Take it out of chapter 2, or cite it where it is needed.
    """
    cited = _cited(document)
    used = {reference.number for reference, _, _, in_list in cited if not in_list}
    used |= {reference.number for reference in document.references}
    for reference, line, clause, in_list in cited:
        if in_list and reference.number not in used:
            yield Fault(line, f"第 2 章列出的 {reference.number} 正文没有用到", "删去，或在条款里引用", clause)


@rule("WL308", "warning")
def chapter_two_lacks(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A chapter 2 that lists standards lists all that the text cites.

    Why: who reads the printed standard has no front matter; chapter 2 is the list (GB/T 1.1—2020, 8.6).
    Bad:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 17217, GB/T 18883]
        ---
        ## 2 规范性引用文件

        GB/T 18883 室内空气质量标准

        ## 4 要求

        4.1 室内空气应符合 GB/T 18883 的规定，卫生间应符合 GB/T 17217 的规定。
    Good:
        ---
        标准号: Q/A 1—2026
        引用: [GB/T 17217, GB/T 18883]
        ---
        ## 2 规范性引用文件

        GB/T 17217 公共厕所卫生规范

        GB/T 18883 室内空气质量标准

        ## 4 要求

        4.1 室内空气应符合 GB/T 18883 的规定，卫生间应符合 GB/T 17217 的规定。
    Mend: Add number and title to chapter 2.
    """
    cited = _cited(document)
    listed = {reference.number for reference, _, _, in_list in cited if in_list}
    front = {reference.number for reference in document.references}
    own = parse_number(document.number or "")
    said: set[str] = {own.number} if own else set()
    for reference, line, clause, in_list in cited if listed else ():
        number = reference.number
        if not in_list and number in front and number not in listed and number not in said:
            said.add(number)
            yield Fault(line, f"引用了 {number}，第 2 章没有列出", "把标准号和名称补进第 2 章", clause)
