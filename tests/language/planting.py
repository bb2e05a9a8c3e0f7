"""Defects planted in copies of the shipped standards: each says which code must be found, in which file and on which line."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from wolong.language.cited import Cited
from wolong.language.linting import World
from wolong.language.numbering import parse_number
from wolong.language.tree import Clause, Document, Requirement

PER_CODE = 12
OTHER = "other.md"


@dataclass(frozen=True)
class Plant:
    """The whole shelf of a defect: the standard that has it, what stands beside it, and what is known of the world."""

    code: str
    file: str
    line: int
    text: str
    beside: str | None = None
    world: World | None = None
    index: Mapping[str, Cited] = field(default_factory=dict)
    coding: str = "utf-8"


@dataclass(frozen=True)
class Site:
    """A numbered paragraph of one requirement and its one execution line; rows count from 0."""

    document: Document
    clause: Clause
    requirement: Requirement
    row: int
    quote: int

    @property
    def lines(self) -> list[str]:
        return self.document.source.split("\n")

    @property
    def sentence(self) -> str:
        return self.requirement.sentence

    def saying(self, sentence: str) -> list[str]:
        """The file with this sentence in place of its own."""
        lines = self.lines
        lines[self.row] = lines[self.row].replace(self.sentence, sentence)
        return lines

    def checked(self, change: Callable[[str], str]) -> list[str]:
        """The file with its execution line changed."""
        lines = self.lines
        lines[self.quote] = change(lines[self.quote])
        return lines


Planter = Callable[[list[Document]], Iterator[Plant]]
PLANTERS: dict[str, Planter] = {}


def planter(code: str) -> Callable[[Planter], Planter]:
    def register(plants: Planter) -> Planter:
        PLANTERS[code] = plants
        return plants

    return register


def planted(shelf: list[Document]) -> Iterator[Plant]:
    """At most PER_CODE defects of each kind, spread over the standards."""
    for code, plants in PLANTERS.items():
        for one in islice(plants(shelf), PER_CODE):
            yield replace(one, code=code)


def sites(shelf: list[Document]) -> Iterator[Site]:
    """The first of every standard, then the second of every standard, and so on."""
    waiting = [_sites(document) for document in shelf]
    while waiting:
        for one in list(waiting):
            found = next(one, None)
            if found is None:
                waiting.remove(one)
            else:
                yield found


def _sites(document: Document) -> Iterator[Site]:
    lines = document.source.split("\n")
    for clause in document.clauses:
        if clause.kind != "clause" or len(clause.requirements) != 1 or len(clause.executions) != 1:
            continue
        requirement, row = clause.requirements[0], clause.requirements[0].line - 1
        quote = clause.executions[0].line - 1
        is_plain = lines[row].startswith(f"{clause.number} ") and clause.text.strip() == requirement.sentence
        is_alone = quote + 1 == len(lines) or not lines[quote + 1].startswith(">")
        if is_plain and is_alone and quote == row + 1:
            yield Site(document, clause, requirement, row, quote)


def plant(site: Site, lines: list[str], row: int, **more: object) -> Plant:
    return Plant("", site.document.file, row + 1, "\n".join(lines), **more)  # type: ignore[arg-type]


def inserted(document: Document, row: int, *new: str) -> list[str]:
    lines = document.source.split("\n")
    return [*lines[:row], *new, *lines[row:]]


def row_of(document: Document, start: str) -> int | None:
    """The first row that begins so."""
    return next((at for at, line in enumerate(document.source.split("\n")) if line.startswith(start)), None)


def in_front(shelf: list[Document], key: str, value: str | Callable[[Document], str]) -> Iterator[Plant]:
    """A key of the front matter with another value."""
    for document in shelf:
        row, lines = row_of(document, f"{key}:"), document.source.split("\n")
        if row is not None:
            lines[row] = f"{key}: {value if isinstance(value, str) else value(document)}"
            yield Plant("", document.file, row + 1, "\n".join(lines))


def added_to_front(shelf: list[Document], *lines: str) -> Iterator[Plant]:
    """A line more at the end of the front matter."""
    for document in shelf:
        end = document.source.split("\n").index("---", 1)
        yield Plant("", document.file, end + 1, "\n".join(inserted(document, end, *lines)))


def sentences(shelf: list[Document], say: str | Callable[[Site], str | None]) -> Iterator[Plant]:
    """A sentence in place of one that is there."""
    for site in sites(shelf):
        said = say if isinstance(say, str) else say(site)
        if said is not None:
            yield plant(site, site.saying(said), site.row)


def quotes(
    shelf: list[Document], pattern: str, new: str, only: Callable[[Site], bool] | None = None
) -> Iterator[Plant]:
    """Execution lines in which something is replaced."""
    for site in sites(shelf):
        if re.search(pattern, site.lines[site.quote]) and (only is None or only(site)):
            yield plant(site, site.checked(lambda line: re.sub(pattern, new, line, count=1)), site.quote)


def at_end(shelf: list[Document], body: Callable[[int], str], offset: int = 0) -> Iterator[Plant]:
    """Chapters behind the last one; `offset` rows down stands the defect."""
    for document in shelf:
        if any(clause.kind == "annex" for clause in document.clauses):
            continue
        last = max(int(clause.number) for clause in document.clauses if clause.number.isdigit())
        text = document.source.rstrip("\n") + "\n\n"
        yield Plant("", document.file, text.count("\n") + 1 + offset, text + body(last + 1) + "\n")


def standard(number: str, body: str, *, level: str = "企业", more: str = "") -> str:
    """A standard to stand beside."""
    nature = "强制" if number.startswith("GB ") else "推荐"
    chapters = "## 1 范围\n\n甲。\n\n## 2 规范性引用文件\n\n无。\n\n"
    terms = "" if "## 3" in body else "## 3 术语和定义\n\n无。\n\n"
    front = f"标准号: {number}\n名称: 甲\n层级: {level}\n性质: {nature}\n{more}"
    return f"---\n{front}---\n\n# 甲\n\n{chapters}{terms}{body}\n"


def copied(site: Site, sentence: str | None = None) -> str:
    """The clause of a site as the only one of another standard."""
    return f"## 4 要求\n\n4.1 {sentence or site.sentence}\n{site.lines[site.quote]}"


def looser(site: Site, kinds: Iterable[str]) -> str | None:
    """The sentence with its one bound moved to the side of what is forbidden now."""
    if len(site.requirement.measures) != 1:
        return None
    measure = site.requirement.measures[0]
    figure = measure.low if measure.low is not None else measure.high
    if measure.kind not in kinds or (measure.low is not None and measure.high is not None) or not figure:
        return None
    found = re.findall(rf"(?<![\d.]){re.escape(str(figure))}(?![\d.])", site.sentence)
    if len(found) != 1 or figure < 2:
        return None
    other = figure / 2 if measure.low is not None else figure * 2
    if measure.kind == "frequency":
        other = figure - 1 if measure.low is not None else figure + 1
    words = f"{other.normalize():f}"
    return re.sub(rf"(?<![\d.]){re.escape(str(figure))}(?![\d.])", words, site.sentence)


def known(shelf: list[Document], *more: Cited) -> dict[str, Cited]:
    """An index of everything that the shelf cites, and more."""
    found = {one.number: Cited(one.number, None, "甲", "现行") for document in shelf for one in document.references}
    for document in shelf:
        own = parse_number(document.number or "")
        if own:
            found[own.number] = Cited(own.number, own.year, "甲", "现行")
        for match in re.finditer(r"(?:GB|DB\d+|JGJ|TSG|WS|DL|SB)(?:/T)? ?[A-Z]?\d+(?:\.\d+)?", document.source):
            cited = parse_number(match.group())
            if cited:
                found.setdefault(cited.number, Cited(cited.number, None, "甲", "现行"))
    return found | {one.number: one for one in more}
