"""The lines of a file as nodes: chapters, clauses, list items, annexes, with their paragraphs, tables and quotes."""

import re
from dataclasses import dataclass, field

from wolong.language.folding import fold
from wolong.language.marks import (
    Mark,
    article_mark,
    chapter_number,
    fence_after,
    is_part,
    is_title,
    item_mark,
    section_mark,
    with_clear_head,
)
from wolong.language.patterns import lazy
from wolong.language.remarks import Comments
from wolong.language.tree import Diagnostic, Ignore

MOST_SIGNS = 20_000
DEEPEST = 6
ARTICLE_LEVEL = 2
QUOTE_SIGNS = ">\uff1e"
_HEADING = lazy(r"^(?P<marks>#+)\s*(?P<words>.*?)\s*#*\s*$")
_ANNEX = lazy(r"^附录\s*(?P<letter>[A-Z])\s*(?P<title>.*)$")
_NUMBERED = lazy(r"^(?P<number>(?:[A-Z]\.)?\d{1,6}(?:\.\d{1,6})*)(?:[.、]\s*|\s+|(?=[\u4e00-\u9fff《“]))(?P<words>.*)$")
_CHAPTERED = lazy(r"^(?P<number>\d{1,6})\s+(?P<words>.*)$")
_PARAGRAPH = lazy(
    r"^\**(?P<number>(?:[A-Z]\.\d{1,6}|\d{1,6}\.\d{1,6})(?:\.\d{1,6})*)[.、]?\**(?:\s+|(?=[\u4e00-\u9fff《“]))(?P<words>\S.*)$"
)
_NOTE = lazy(r"^(?P<what>注|示例)\s*\d*\s*:")
_ENDS = frozenset("。；;：:！!")
ROLES = {
    "范围": "scope",
    "规范性引用文件": "references",
    "术语和定义": "terms",
    "术语": "terms",
    "术语、定义和缩略语": "terms",
    "前言": "front",
    "引言": "front",
    "目次": "front",
    "目录": "front",
    "参考文献": "front",
    "索引": "front",
}


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `role` is text, note, table, picture or code."""

    role: str
    lines: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line for line, _, _ in self.lines)


@dataclass(slots=True)
class Quote:
    """One execution line in the making; `apart` when a blank line stands between it and what it follows."""

    lines: list[tuple[str, int, int]] = field(default_factory=list)
    apart: bool = False


@dataclass(slots=True)
class Node:
    """A clause in the making. `items` are the list items under it, by their place in the outline."""

    number: str
    title: str | None
    line: int
    kind: str
    level: int
    role: str
    parent: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)
    stem: "Node | None" = None


@dataclass(slots=True)
class Outline:
    """Everything that the lines hold, before any sentence is read."""

    title: str | None = None
    nodes: list[Node] = field(default_factory=list)
    loose: list[Paragraph] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _Drawer:
    """Goes down the lines once and keeps what is open: the clause, its list, the paragraph, the quote."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.outline = Outline()
        self.clause: Node | None = None
        self.list_stack: list[tuple[str, Node]] = []
        self.paragraph: Paragraph | None = None
        self.quote: Quote | None = None
        self.blank = True
        self.comments = Comments()
        self.fence = ""
        self.fenced = 0
        self.chapter_role = "body"
        self.dashes = 0
        self.chapter = 0
        self.article = 0
        self.running: Mark | None = None
        self.numbers: set[str] = set()

    def draw(self, lines: list[str], first_line: int) -> Outline:
        for number, written in enumerate(lines, first_line):
            line = written
            if len(written) > MOST_SIGNS:
                self._fault("WL108", number, "这一行太长，没有读", f"一行不超过 {MOST_SIGNS} 个字")
                line = ""
            self._line(with_clear_head(line).rstrip(), number)
        for sign, opened in (("<!--", self.comments.opened), (self.fence, self.fenced)):
            if opened:
                self._fault(
                    "WL103", opened, f"“{sign}”没有结束，后面的内容没有读", "在它结束的地方另起一行写上结束符号"
                )
        self.outline.ignores = self.comments.ignores
        return self.outline

    def _line(self, line: str, number: int) -> None:
        fence = self.fence if self.comments.opened else fence_after(line, self.fence)
        if self.fence or fence:
            self.fenced = (self.fenced or number) if fence else 0
            self.fence = fence
            self._add("code", line, number, 1)
            return
        line = self.comments.blanked(line, number)
        bare = line.strip()
        if not bare:
            self.paragraph = self.quote = None
            self.blank = True
            return
        column = len(line) - len(line.lstrip()) + 1
        if bare[0] in QUOTE_SIGNS:
            self._quote(line, number)
        elif bare[0] == "#":
            self._heading(bare, number)
        elif not self._begins(line, bare, number, column):
            self._text(line, bare, number, column)
        self.blank = False

    def _begins(self, line: str, bare: str, number: int, column: int) -> bool:
        """Whether the line begins a clause, a chapter or a list item."""
        return (
            self._numbered(bare, number, column)
            or (self._has_ended() and self._plain_heading(bare, number, column))
            or self._marked(bare, number, column)
            or self._item(line, number)
        )

    def _quote(self, line: str, number: int) -> None:
        start = next(at for at, sign in enumerate(line) if sign in QUOTE_SIGNS) + 1
        words = line[start:].lstrip()
        column = len(line) - len(words) + 1
        self.paragraph = None
        if not words:
            self.quote = None
            return
        node = self._open_node()
        if node is None:
            self._fault("WL504", number, "这条执行行前面没有条款", "执行行写在它所管的条款后面")
            return
        if self.quote is None:
            self.quote = Quote(apart=self.blank)
            target = self.clause if self.blank and node.stem is not None and self.clause is not None else node
            target.quotes.append(self.quote)
        self.quote.lines.append((words, number, column))

    def _heading(self, bare: str, number: int) -> None:
        match = _HEADING.match(bare)
        if match is None:
            return
        depth, words, column = len(match["marks"]), match["words"], match.start("words") + 1
        if depth > DEEPEST:
            self._fault("WL107", number, f"标题有 {depth} 级，太深", f"标题不超过 {DEEPEST} 级；更深的条写成带编号的段")
        if self._titled(words, number, column) or self._marked(words, number, column):
            return
        if depth == 1 and self.outline.title is None and not self.outline.nodes:
            self.outline.title = words or None
            self._close()
        else:
            self._open("", words or None, number, "chapter", 1)

    def _titled(self, words: str, number: int, column: int) -> bool:
        """附录 A and 5.1 with what they are called; a whole sentence behind 5.1.1 is its text."""
        folded = fold(words)
        if annex := _ANNEX.match(folded):
            kind = "informative" if "资料性" in annex["title"] else "body"
            self._open(annex["letter"], words[annex.start("title") :].strip() or None, number, "annex", 1, role=kind)
            return True
        numbered = _CHAPTERED.match(folded) or _NUMBERED.match(folded)
        if numbered is None:
            return False
        label = numbered["number"]
        if folded[len(label)] in ".、" and label.isdigit() and self.chapter and int(label) != self.chapter + 1:
            return False  # ### 1. below chapter 5: a heading that is counted apart
        level = label.count(".") + 1
        title: str | None = words[numbered.start("words") :].strip() or None
        is_text = level > 1 and title is not None and title[-1] in "。；"
        self._open(label, None if is_text else title, number, "chapter" if level == 1 else "clause", level)
        if is_text:
            self._say(words, numbered.start("words"), number, column)
        return True

    def _numbered(self, bare: str, number: int, column: int) -> bool:
        """`5.1.1 …` begins a clause; `1.5 m 以上` in the middle of a paragraph does not, unless 1.5 is the clause to come."""
        match = _PARAGRAPH.match(fold(bare))
        if match is None or (
            self.paragraph is not None and match["number"].count(".") < 2 and not self._is_next(match["number"])
        ):
            return False
        label = match["number"]
        self._open(label, None, number, "clause", label.count(".") + 1)
        self._say(bare, match.start("words"), number, column)
        return True

    def _is_next(self, label: str) -> bool:
        """Whether the number follows upon the clause that is open."""
        depth = label.count(".")
        open_ = self.clause.number.split(".") if self.clause is not None else []
        head, _, tail = label.rpartition(".")
        before = open_[depth] if len(open_) > depth else "0"
        return self._has_ended() and head == ".".join(open_[:depth]) and tail.isdigit() and before == str(int(tail) - 1)

    def _plain_heading(self, bare: str, number: int, column: int) -> bool:
        """`4 基本要求`, `第一章 总则`: headings without their sign, as in texts that were copied."""
        chapter = chapter_number(bare)
        if chapter is not None and (self.clause is None or chapter == self.chapter + 1):
            return self._titled(bare, number, column)
        if not is_part(bare):
            return False
        if not self._titled(bare, number, column):
            self._open("", bare.strip("*"), number, "chapter", 1)
        return True

    def _has_ended(self) -> bool:
        """Whether no sentence is open in which a number at the beginning of a line may stand."""
        return self.paragraph is None or fold(self.paragraph.lines[-1][0])[-1:] in _ENDS

    def _marked(self, bare: str, number: int, column: int) -> bool:
        """第十条 begins a clause wherever it stands; 一、 a section; 1. or (一) a clause where nothing else is open."""
        if mark := article_mark(bare, self.article):
            self.article = int(mark.label.split("之")[0])
            self._open(mark.label, None, number, "clause", ARTICLE_LEVEL)
        elif (mark := section_mark(bare)) and not self._is_in_clause():
            words = bare[mark.start :]
            title = words if is_title(words) else None
            self._open(mark.label, title, number, "chapter", 1)
            if title is not None:
                return True
        elif (mark := item_mark(bare)) and self._runs_on(mark):
            self._open(mark.label.rstrip("."), None, number, "clause", ARTICLE_LEVEL)
            self.running = mark
        else:
            return False
        self._say(bare, mark.start, number, column)
        return True

    def _is_in_clause(self) -> bool:
        return self.clause is not None and self.clause.number[:1].isdigit()

    def _runs_on(self, mark: Mark) -> bool:
        """Whether a numbered item is a clause of its own, since no clause stands above it."""
        if self.running is None:
            return self.clause is None and mark.value is not None
        return mark.style == self.running.style and mark.value == (self.running.value or 0) + 1

    def _item(self, line: str, number: int) -> bool:
        mark = item_mark(line) or (section_mark(line) if self._is_in_clause() else None)
        if mark is None or self.clause is None or not self._is_in_order(mark):
            return False
        styles = [name for name, _ in self.list_stack]
        if mark.style in styles:
            self.list_stack = self.list_stack[: styles.index(mark.style)]
        elif mark.style == "dash" and not mark.indented:
            self.list_stack = []
        elif mark.style == "dash":
            self.dashes = 0
        parent = self.list_stack[-1][1] if self.list_stack else self.clause
        label = mark.label
        if mark.style == "dash":
            self.dashes += 1
            label = f"——{self.dashes}"
        node = Node(
            self._free(f"{parent.number} {label}".strip(), parent), None, number, "item", parent.level + 1, parent.role,
            parent.number,
        )  # fmt: skip
        node.stem = parent
        parent.items.append(node)
        self.list_stack.append((mark.style, node))
        self.outline.nodes.append(node)
        self.paragraph = self.quote = None
        self._say(line, mark.start, number, 1)
        return True

    def _is_in_order(self, mark: Mark) -> bool:
        """1. at the beginning of a line may be the end of a number; so it must be the first of its list or the next."""
        if mark.style != "dotted" or mark.value == 1:
            return True
        above = [node for style, node in self.list_stack if style == mark.style] or (
            self.clause.items[-1:] if self.clause else []
        )
        return bool(above) and above[-1].number.rpartition(" ")[2] == f"{(mark.value or 0) - 1}."

    def _free(self, number: str, parent: Node) -> str:
        """An article's second list begins anew with (一): its items are told apart by the paragraph that they belong to."""
        if self.article and number in self.numbers:
            number = f"{parent.number} 第{len(parent.paragraphs)}款 {number.rpartition(' ')[2]}"
        self.numbers.add(number)
        return number

    def _text(self, line: str, bare: str, number: int, column: int) -> None:
        self.quote = None
        folded = fold(bare)
        if folded.startswith("|"):
            self._add("table", bare, number, column)
        elif folded.startswith("!["):
            self.paragraph = None
            self._add("picture", bare, number, column)
        elif _NOTE.match(folded):
            self.paragraph = None
            self._add("note", bare, number, column)
        else:
            # An indent of full width begins a paragraph as a blank line does.
            if self._has_ended() and line[0] == "\u3000":
                self.paragraph, self.list_stack = None, []
            elif self.blank and self.list_stack and column == 1:
                self.list_stack = []
            self._add("text", bare, number, column)

    def _say(self, line: str, start: int, number: int, column: int) -> None:
        if line[start:]:
            self._add("text", line[start:], number, column + start)

    def _add(self, role: str, line: str, number: int, column: int) -> None:
        """The line joins the paragraph that is open, or begins one."""
        open_role = self.paragraph.role if self.paragraph else None
        joins = open_role == role or (open_role == "note" and role == "text")
        if self.paragraph is None or not joins:
            self.paragraph = Paragraph(role)
            node = self._open_node()
            (node.paragraphs if node is not None else self.outline.loose).append(self.paragraph)
        self.paragraph.lines.append((line, number, column))

    def _open_node(self) -> Node | None:
        return self.list_stack[-1][1] if self.list_stack else self.clause

    def _close(self) -> None:
        self.paragraph = self.quote = self.running = None
        self.list_stack = []
        self.dashes = 0

    def _open(
        self, label: str, title: str | None, number: int, kind: str, level: int, *, role: str | None = None
    ) -> None:
        self._close()
        if level == 1:
            self.chapter_role = role or ROLES.get(re.sub(r"\s", "", title or ""), "body")
            self.chapter = int(label) if label.isdigit() else self.chapter
        parent = label.rpartition(".")[0] or None
        self.clause = Node(label, title, number, kind, level, self.chapter_role, parent)
        self.outline.nodes.append(self.clause)

    def _fault(self, code: str, line: int, message: str, help_text: str) -> None:
        self.outline.diagnostics.append(Diagnostic(code, "error", self.file, line, 1, None, message, help_text))


def draw_outline(lines: list[str], *, first_line: int, file: str) -> Outline:
    """The outline of the body's lines."""
    return _Drawer(file).draw(lines, first_line)
