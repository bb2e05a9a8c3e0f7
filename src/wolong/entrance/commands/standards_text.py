"""`wolong read` and `wolong lint`: the standards language on the command line, with no server and no Django."""

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wolong.language.linting import lint as lint_documents
from wolong.language.linting import skipped_rules
from wolong.language.reading import read_bytes
from wolong.language.tree import Diagnostic, Document

SUFFIX = ".md"
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


class ReadFormat(StrEnum):
    """What `wolong read` writes."""

    JSON = "json"


class LintFormat(StrEnum):
    """What `wolong lint` writes."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Adds the two commands."""
    app.command("read", help="读标准文本，写出条款、要求和指标(JSON)。")(read_command)
    app.command("lint", help="检查标准文本：结构、措辞、引用、一致、可执行、有效。")(lint_command)


def read_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="标准文本")],
    _form: Annotated[ReadFormat, typer.Option("--format", help="输出的格式")] = ReadFormat.JSON,
) -> None:
    """Prints a list of documents, one per file; exit 1 when one has an error, 2 when a file can't be opened."""
    documents = [_read(Path(file), shown=file) for file in files]
    _write(json.dumps([document.as_json() for document in documents], ensure_ascii=False, indent=2))
    raise typer.Exit(1 if any(document.has_errors for document in documents) else 0)


def lint_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="标准文本，或放着标准文本的目录")],
    form: Annotated[LintFormat, typer.Option("--format", help="输出的格式")] = LintFormat.TEXT,
    select: Annotated[str, typer.Option(help="只看这些代号，逗号隔开，如 WL4,WL203")] = "",
    ignore: Annotated[str, typer.Option(help="不看这些代号，逗号隔开")] = "",
    today: Annotated[str, typer.Option(help="按哪一天判断，如 2026-11-23；不写是今天")] = "",
) -> None:
    """Prints what is wrong; exit 0 without an error, 1 with one, 2 when it could not run."""
    day = _day(today)
    selected, ignored = _prefixes(select, "--select"), _prefixes(ignore, "--ignore")
    documents = [_read(path, shown=shown) for path, shown in _texts(paths)]
    found = lint_documents(documents, today=day, select=selected, ignore=ignored)
    if form is LintFormat.JSON:
        _write(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
    else:
        _write(_as_text(found, documents))
        _say(_summary(found, len(documents)))
    raise typer.Exit(1 if any(one.severity == "error" for one in found) else 0)


def _read(path: Path, *, shown: str) -> Document:
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as hindrance:
        raise _cannot(f"读不到 {shown}：{_reason(hindrance)}") from None
    return read_bytes(data, file=shown.replace(os.sep, "/"))


def _texts(paths: list[str]) -> Iterable[tuple[Path, str]]:
    """Every standard under the paths, in order, with its path as given."""
    for given in paths:
        path = Path(given)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError) as hindrance:
            raise _cannot(f"读不到 {given}：{_reason(hindrance)}") from None
        if not is_folder:
            yield path, given
            continue
        inside = sorted(one for one in path.rglob(f"*{SUFFIX}") if one.is_file())
        for one in inside:
            yield one, one.as_posix()


def _reason(hindrance: Exception) -> str:
    return getattr(hindrance, "strerror", None) or "路径不对"


def _day(text: str) -> date:
    if not text:
        return date.today()  # noqa: DTZ011 - a laptop's own day; the server passes its own
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _cannot(f"--today 应如 2026-11-23，不是“{text}”") from None


def _prefixes(text: str, option: str) -> tuple[str, ...]:
    prefixes = tuple(piece.strip().upper() for piece in text.replace("\uff0c", ",").split(",") if piece.strip())
    for prefix in prefixes:
        if not (prefix == "WL" or (prefix.startswith("WL") and prefix[2:].isdigit())):
            raise _cannot(f"{option} 里的“{prefix}”不是代号，应如 WL4 或 WL203")
    return prefixes


def _cannot(message: str) -> typer.Exit:
    _say(message)
    return typer.Exit(2)


def _as_text(found: list[Diagnostic], documents: list[Document]) -> str:
    """One diagnostic after the other, with the line of the source under it."""
    sources = {document.file: document.source.split("\n") for document in documents}
    pieces: list[str] = []
    for one in found:
        clause = f" 第 {one.clause} 条" if one.clause else ""
        severity = SEVERITIES[one.severity]
        pieces.append(f"{one.file}：{one.line}：{one.column}: {one.code} {severity}{clause}：{one.message}")
        excerpt = _excerpt(sources.get(one.file, []), one.line)
        if excerpt:
            pieces.append(f"    {excerpt}")
        pieces.append(f"    → {one.help}")
        pieces.extend(f"    见 {place.file}：{place.line}：{place.message}" for place in one.related)
    return "\n".join(pieces)


def _excerpt(lines: list[str], line: int) -> str:
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1].strip()
    return text if len(text) <= 100 else text[:99] + "…"


def _summary(found: list[Diagnostic], files: int) -> str:
    counts = [f"{sum(one.severity == name for one in found)} 个{word}" for name, word in SEVERITIES.items()]
    skipped = skipped_rules(world=None)
    tail = f"；没有办公区数据，略过 {'、'.join(skipped)}" if skipped else ""
    return f"{files} 个文件：{'，'.join(counts)}{tail}"


def _write(text: str) -> None:
    """The result, in UTF-8 whatever the terminal says."""
    if text:
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stderr.flush()
