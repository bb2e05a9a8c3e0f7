"""The lines of a file as nodes: chapters, clauses, list items, annexes, with their paragraphs, tables and quotes."""

import re
from dataclasses import dataclass, field

from wolong.language.folding import fold
from wolong.language.tree import Diagnostic, Ignore

MOST_SIGNS = 20_000
QUOTE_SIGNS = ">\uff1e"
_HEADING = re.compile(r"^(?P<marks>#+)\s*(?P<words>.*?)\s*#*\s*$")
_ANNEX = re.compile(r"^附录\s*(?P<letter>[A-Z])\s*(?P<title>.*)$")
_NUMBERED = re.compile(r"^(?P<number>(?:[A-Z]\.)?\d+(?:\.\d+)*)(?:\s+|(?=[\u4e00-\u9fff《“]))(?P<words>.*)$")
_CHAPTERED = re.compile(r"^(?P<number>\d+)\s+(?P<words>.*)$")
_PARAGRAPH = re.compile(r"^(?P<number>(?:[A-Z]\.\d+|\d+\.\d+)(?:\.\d+)*)(?:\s+|(?=[\u4e00-\u9fff《“]))(?P<words>\S.*)$")
_ITEM = re.compile(r"^(?P<indent>\s*)(?P<mark>[a-z]\)|\d{1,2}\)|——|--|[-*+](?=\s))\s*(?P<words>.*)$")
_NOTE = re.compile(r"^(?P<what>注|示例)\s*\d*\s*:")
_IGNORE = re.compile(r"<!--\s*wolong:\s*ignore\s+(?P<code>WL\d*)\s*(?P<reason>.*?)\s*-->")
_COMMENT = re.compile(r"<!--.*?-->")
_FENCE = re.compile(r"^\s*(```|~~~)")
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
        self.fenced = False
        self.chapter_role = "body"
        self.dashes = 0

    def draw(self, lines: list[str], first_line: int) -> Outline:
        for number, written in enumerate(lines, first_line):
            line = written
            if len(written) > MOST_SIGNS:
                self._fault("WL108", number, "这一行太长，没有读", f"一行不超过 {MOST_SIGNS} 个字")
                line = ""
            self._line(line.rstrip(), number)
        return self.outline

    def _line(self, line: str, number: int) -> None:
        if _FENCE.match(line):
            self.fenced = not self.fenced
            self._add("code", line, number, 1)
            return
        if self.fenced:
            self._add("code", line, number, 1)
            return
        line = self._without_comments(line, number)
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
        elif not self._numbered(bare, number, column) and not self._item(line, number):
            self._text(bare, number, column)
        self.blank = False

    def _without_comments(self, line: str, number: int) -> str:
        if "<!--" not in line:
            return line
        for match in _IGNORE.finditer(line):
            self.outline.ignores.append(Ignore(match["code"], match["reason"].strip(), number))
        return _COMMENT.sub(lambda match: " " * len(match.group()), line)

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
        depth = len(match["marks"])
        words = match["words"]
        if depth > 6:
            self._fault("WL107", number, f"标题有 {depth} 级，太深", "标题不超过 6 级；更深的条写成带编号的段")
            depth = 6
        folded = fold(words)
        numbered = _CHAPTERED.match(folded) or _NUMBERED.match(folded)
        if annex := _ANNEX.match(folded):
            kind = "informative" if "资料性" in annex["title"] else "body"
            self._open(annex["letter"], words[annex.start("title") :].strip() or None, number, "annex", 1, role=kind)
        elif numbered:
            label = numbered["number"]
            title = words[numbered.start("words") :].strip() or None
            level = label.count(".") + 1
            role = ROLES.get(re.sub(r"\s", "", title or ""), "body") if level == 1 else self.chapter_role
            self._open(label, title, number, "chapter" if level == 1 else "clause", level, role=role)
        elif depth == 1 and self.outline.title is None and not self.outline.nodes:
            self.outline.title = words or None
            self._close()
        else:
            self._open("", words or None, number, "chapter", 1, role=ROLES.get(re.sub(r"\s", "", words), "body"))

    def _numbered(self, bare: str, number: int, column: int) -> bool:
        """`5.1.1 …` begins a clause; `1.5 m 以上` in the middle of a paragraph does not."""
        match = _PARAGRAPH.match(fold(bare))
        if match is None or (self.paragraph is not None and match["number"].count(".") < 2):
            return False
        label = match["number"]
        self._open(label, None, number, "clause", label.count(".") + 1, role=self.chapter_role)
        start = match.start("words")
        self._add("text", bare[start:], number, column + start)
        return True

    def _item(self, line: str, number: int) -> bool:
        match = _ITEM.match(fold(line))
        if match is None or self.clause is None or (match["mark"] in "-*+" and not match["words"]):
            return False
        mark = match["mark"]
        style = "letter" if mark[0].isalpha() else "digit" if mark[0].isdigit() else "dash"
        styles = [name for name, _ in self.list_stack]
        if style in styles:
            self.list_stack = self.list_stack[: styles.index(style)]
        elif style == "dash" and not match["indent"]:
            self.list_stack = []
        elif style == "dash":
            self.dashes = 0
        parent = self.list_stack[-1][1] if self.list_stack else self.clause
        if style == "dash":
            self.dashes += 1
            mark = f"——{self.dashes}"
        node = Node(
            f"{parent.number} {mark}".strip(), None, number, "item", parent.level + 1, parent.role, parent.number
        )
        node.stem = parent
        parent.items.append(node)
        self.list_stack.append((style, node))
        self.outline.nodes.append(node)
        self.paragraph = self.quote = None
        words = line[match.start("words") :]
        if words:
            self._add("text", words, number, match.start("words") + 1)
        return True

    def _text(self, bare: str, number: int, column: int) -> None:
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
            if self.blank and self.list_stack and column == 1:
                self.list_stack = []
            self._add("text", bare, number, column)

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
        self.paragraph = self.quote = None
        self.list_stack = []
        self.dashes = 0

    def _open(self, label: str, title: str | None, number: int, kind: str, level: int, *, role: str) -> None:
        self._close()
        if level == 1:
            self.chapter_role = role
        parent = label.rpartition(".")[0] or None
        self.clause = Node(label, title, number, kind, level, role, parent)
        self.outline.nodes.append(self.clause)

    def _fault(self, code: str, line: int, message: str, help_text: str) -> None:
        self.outline.diagnostics.append(Diagnostic(code, "error", self.file, line, 1, None, message, help_text))


def draw_outline(lines: list[str], *, first_line: int, file: str) -> Outline:
    """The outline of the body's lines."""
    return _Drawer(file).draw(lines, first_line)
