"""`wolong read`, `wolong fmt` and `wolong rule`: the standards language on the command line, with no server and no Django."""

import difflib
import errno
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wolong.language.canonical import canonical
from wolong.language.linting import severity_of
from wolong.language.linting.spoken import spoken
from wolong.language.many import read_many
from wolong.language.tree import Document

SUFFIX = ".md"
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


class ReadFormat(StrEnum):
    """What `wolong read` writes."""

    JSON = "json"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("read", help="读标准文本，写出条款、要求和指标(JSON)。")(read_command)
    app.command("fmt", help="把标准文本写成规范的样子：空行、执行行和文件头的次序；读出来的不变。")(fmt_command)
    app.command("rule", help="解释一条规则：为什么、反例、正例、怎样改；不写代号则列出全部。")(rule_command)


def read_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="标准文本")],
    _form: Annotated[ReadFormat, typer.Option("--format", help="输出的格式")] = ReadFormat.JSON,
) -> None:
    """Prints a list of documents, one per file; exit 1 when one has an error, 2 when a file can't be opened."""
    documents = read_files((Path(file), file) for file in files)
    write(json.dumps([document.as_json() for document in documents], ensure_ascii=False, indent=2))
    raise typer.Exit(1 if any(document.has_errors for document in documents) else 0)


def fmt_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="标准文本，或放着标准文本的目录；- 是标准输入")],
    check: Annotated[bool, typer.Option("--check", help="只看哪些不规范，不改；有则以 1 退出")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只写出会改什么，不改；有则以 1 退出")] = False,
) -> None:
    """Rewrites in place what isn't canonical; a file that can't be read as text is left alone and named (exit 2)."""
    if paths == ["-"]:
        write(canonical(_decoded(sys.stdin.buffer.read(), "-")).rstrip("\n"))
        return
    changed = 0
    for path, shown in texts(paths):
        text = _decoded(bytes_of(path, shown=shown), shown)
        better = canonical(text)
        if better == text:
            continue
        changed += 1
        if diff:
            lines = difflib.unified_diff(text.splitlines(), better.splitlines(), shown, shown, lineterm="")
            write("\n".join(lines))
        elif check:
            write(shown)
        else:
            replace_file(path, better)
            write(shown)
    say(f"{changed} 个文件{'不规范' if check or diff else '改成规范的样子'}")
    raise typer.Exit(1 if changed and (check or diff) else 0)


def rule_command(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="如 WL203；不写则列出全部")] = "",
) -> None:
    """Prints one rule, or all of them, a line each; exit 2 for a code that no rule has."""
    rules = spoken()
    if not code:
        write("\n".join(f"{one}  {SEVERITIES[severity_of(one)]}  {rules[one].summary}" for one in sorted(rules)))
        return
    known = rules.get(code.strip().upper())
    if known is None:
        near = difflib.get_close_matches(code.upper(), rules, n=3, cutoff=0.5)
        raise cannot(f"没有规则“{code}”" + (f"；相近的有 {'、'.join(near)}" if near else "；wolong rule 列出全部"))
    pieces = [
        f"{code.strip().upper()}  {SEVERITIES[severity_of(code.strip().upper())]}",
        known.summary,
        "",
        f"为什么：{known.why}",
    ]
    for name, text in (("反例", known.bad), ("正例", known.good)):
        shelf = "（“=====”隔开放在一起的几个标准）" if "\n=====\n" in text else ""
        pieces += ["", f"{name}{shelf}：", *(f"    {line}".rstrip() for line in text.split("\n"))]
    if known.mend:
        pieces += ["", f"怎样改：{known.mend}"]
    write("\n".join(pieces))


def read_files(files: Iterable[tuple[Path, str]]) -> list[Document]:
    """The documents of files, each named as the person gave it."""
    return read_many([(bytes_of(path, shown=shown), shown.replace(os.sep, "/")) for path, shown in files])


def bytes_of(path: Path, *, shown: str) -> bytes:
    """A file's bytes; exit 2 with a sentence where it can't be opened."""
    try:
        # A named pipe would be waited for without end, one of the shell's own (lint <(…), /dev/stdin) ends; a folder says what it is.
        is_piped = path.is_fifo() and path.is_relative_to("/dev")
        if path.exists() and not (path.is_file() or path.is_dir() or is_piped):
            raise cannot(f"读不到 {shown}：不是普通文件")
        return path.read_bytes()
    except (OSError, ValueError) as hindrance:
        raise cannot(f"读不到 {shown}：{reason(hindrance)}") from None


def _decoded(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise cannot(f"{shown} 不是 UTF-8，没有改动；用编辑器另存为 UTF-8") from None


def replace_file(path: Path, text: str) -> None:
    """The new text stands whole or not at all."""
    try:
        target = path.resolve()
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, prefix=f".{target.name}.", delete=False) as written:
            written.write(text.encode("utf-8"))
        new = Path(written.name)
        new.chmod(target.stat().st_mode & 0o777)
        new.replace(target)
    except OSError as hindrance:
        raise cannot(f"写不了 {path}：{reason(hindrance)}") from None


def texts(paths: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Every standard under the paths, in order and once, with its path as given."""
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError) as hindrance:
            raise cannot(f"读不到 {given}：{reason(hindrance)}") from None
        inside = _inside(path) if is_folder else [path]
        for one in inside:
            try:
                real = one.resolve()
            except (OSError, ValueError, RuntimeError) as hindrance:
                raise cannot(f"读不到 {given}：{reason(hindrance)}") from None
            if real not in seen:
                seen.add(real)
                yield one, one.as_posix() if is_folder else given


REASONS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是目录，不是文件",
    errno.ENOTDIR: "路径中间有一段不是目录",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "只读的磁盘",
}


def _inside(folder: Path) -> list[Path]:
    """The standards of a folder; a README beside them is none."""
    found = (one for one in folder.rglob(f"*{SUFFIX}") if one.is_file())
    return sorted(one for one in found if not one.stem.upper().startswith("README"))


def reason(hindrance: Exception) -> str:
    """Why the system refuses: in our words where it is common, else in its own."""
    if isinstance(hindrance, UnicodeDecodeError):
        return "不是 UTF-8"
    if isinstance(hindrance, OSError) and hindrance.errno is not None:
        return REASONS.get(hindrance.errno) or hindrance.strerror or "路径不对"
    return "路径不对"


def cannot(message: str) -> typer.Exit:
    """Says why it can't run; to be raised."""
    say(message)
    return typer.Exit(2)


def write(text: str) -> None:
    """The result, in UTF-8 whatever the terminal says."""
    if not text:
        return
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; the interpreter must not flush into the closed pipe once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as hindrance:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise cannot(f"写不出结果：{reason(hindrance)}") from None


def say(line: str) -> None:
    """A word about the run, apart from the result."""
    sys.stderr.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stderr.flush()
