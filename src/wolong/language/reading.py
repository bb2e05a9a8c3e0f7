"""Reading a standard: text or bytes in, a Document out. Nothing raises: what can't be read is a diagnostic."""

import re
from dataclasses import replace

from wolong.language.folding import fold, lines_of
from wolong.language.front import Front, front_rules, read_front
from wolong.language.lines import read_quote
from wolong.language.outline import Node, Outline, draw_outline
from wolong.language.requirements import ClauseReader
from wolong.language.sentences import has_modal
from wolong.language.tables import Table, tables_of
from wolong.language.tree import Clause, Diagnostic, Document, Execution, Requirement, Term

MOST_BYTES = 20_000_000


def read_bytes(data: bytes, *, file: str = "") -> Document:
    """Reads a file's bytes: UTF-8 is asked for; a BOM is passed over with a word, any other coding is refused with one."""
    if len(data) > MOST_BYTES:
        return _refused(file, "WL101", 1, 1, "文件太大，没有读", "一个标准一个文件，不超过 20 MB")
    marks: list[Diagnostic] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        marks.append(Diagnostic("WL102", "info", file, 1, 1, None, "文件开头有 BOM 标记", "另存为不带 BOM 的 UTF-8"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        head = data[data.rfind(b"\n", 0, bad.start) + 1 : bad.start]
        guess = "像是 GBK 编码" if _is_gbk(data) else f"第 {bad.start + 1} 个字节不合规"
        return _refused(
            file, "WL101", line, len(head.decode("utf-8")) + 1, f"文件不是 UTF-8:{guess}", "用编辑器另存为 UTF-8"
        )
    document = read_text(text, file=file)
    return _with(document, marks) if marks else document


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _refused(file: str, code: str, line: int, column: int, message: str, help_text: str) -> Document:
    return Document(file=file, diagnostics=(Diagnostic(code, "error", file, line, column, None, message, help_text),))


def _with(document: Document, more: list[Diagnostic]) -> Document:
    return replace(document, diagnostics=tuple(sorted([*document.diagnostics, *more], key=lambda one: one.sort_key)))


def read_text(text: str, *, file: str = "") -> Document:
    """Reads a standard in the standards language."""
    text = text.removeprefix("\ufeff")
    lines = lines_of(text)
    front, body_at = _front_of(lines, file=file)
    outline = draw_outline(lines[body_at:], first_line=body_at + 1, file=file)
    clauses, diagnostics = _clauses_of(outline, file=file)
    diagnostics = [*front.diagnostics, *outline.diagnostics, *diagnostics, *_loose(outline, file=file)]
    values = dict(front.values)
    values.setdefault("title", outline.title)
    return Document(
        file=file,
        **values,
        clauses=tuple(clauses),
        terms=tuple(_terms_of(clauses)),
        diagnostics=tuple(sorted(diagnostics, key=lambda one: one.sort_key)),
        lines=front.lines,
        ignores=tuple(outline.ignores),
        source=text,
    )


def _front_of(lines: list[str], *, file: str) -> tuple[Front, int]:
    """The front matter and where the body begins (index of its first line)."""
    begin, last = front_rules(lines)
    if last is not None:
        return read_front(lines[begin:last], first_line=begin + 1, file=file), last + 1
    front = Front()
    if begin:
        front.diagnostics.append(
            Diagnostic("WL104", "error", file, begin, 1, None, "文件头没有结束", "文件头后面另起一行写 ---")
        )
    return front, begin


def _clauses_of(outline: Outline, *, file: str) -> tuple[list[Clause], list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    tables = tables_of(outline)
    clauses: list[Clause] = []
    lent: dict[int, str | None] = {}
    shared: dict[int, Execution | None] = {}
    for node in outline.nodes:
        executions: list[Execution] = []
        for quote in node.quotes:
            execution, faults = read_quote(quote, file=file, clause=node.number)
            diagnostics.extend(faults)
            if execution is not None:
                executions.append(execution)
        requirements = _requirements_of(node, executions, tables, lent, shared, diagnostics, file=file)
        clauses.append(_clause(node, requirements, executions))
    return clauses, diagnostics


def _requirements_of(
    node: Node,
    executions: list[Execution],
    tables: dict[str, Table],
    lent: dict[int, str | None],
    shared: dict[int, Execution | None],
    diagnostics: list[Diagnostic],
    *,
    file: str,
) -> tuple[Requirement, ...]:
    """The requirements of one node; what a stem lends goes to its list items, which come later in the file."""
    if node.role != "body":
        return ()
    reader = ClauseReader(
        node,
        executions,
        tables,
        file=file,
        lent=lent.get(id(node)),
        shared=shared.get(id(node)),
    )
    requirements = reader.read()
    for item in node.items:
        lent[id(item)] = reader.lent_to(item)
        shared[id(item)] = executions[0] if len(executions) == 1 else reader.shared
    diagnostics.extend(reader.diagnostics)
    return requirements


def _clause(node: Node, requirements: tuple[Requirement, ...], executions: list[Execution]) -> Clause:
    return Clause(
        number=node.number,
        title=node.title,
        text="\n".join(paragraph.text for paragraph in node.paragraphs),
        line=node.line,
        requirements=requirements,
        level=node.level,
        parent=node.parent,
        kind=node.kind,
        role=node.role,
        executions=tuple(executions),
        has_table=any(paragraph.role in ("table", "picture") for paragraph in node.paragraphs),
    )


def _terms_of(clauses: list[Clause]) -> list[Term]:
    terms = []
    for clause in clauses:
        if clause.role == "terms" and clause.level > 1 and clause.kind == "clause":
            name, definition = clause.title, clause.text
            if name is None:
                name, _, definition = clause.text.partition("\n")
            if name:
                terms.append(Term(re.sub(r"\s+[A-Za-z].*$", "", name.strip()), definition.strip(), clause.number))
    return terms


def _loose(outline: Outline, *, file: str) -> list[Diagnostic]:
    """Sentences before the first clause make no requirement; one with a modal is worth a word."""
    found = []
    for paragraph in outline.loose:
        if paragraph.role == "text" and has_modal(fold(paragraph.text)):
            _, line, column = paragraph.lines[0]
            found.append(
                Diagnostic(
                    "WL109", "warning", file, line, column, None,
                    "这一段不在任何条款里，没有读成要求", "给它一个章条编号，如“5.1.1 …”",
                )
            )  # fmt: skip
    return found
