"""Annotations as GitHub Actions reads them from a job's output: one command a line."""

from collections.abc import Iterable

from wolong.language.tree import Diagnostic

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(found: Iterable[Diagnostic]) -> str:
    """One `::error file=…,line=…,col=…,title=…::…` for each problem, escaped as the runner asks."""
    return "\n".join(_line(one) for one in found)


def _line(one: Diagnostic) -> str:
    clause = f" 第 {one.clause} 条" if one.clause else ""
    where = f"file={_property(one.file)},line={one.line},col={one.column},title={_property(one.code + clause)}"
    related = "".join(f"\n见 {place.file}:{place.line} {place.message}" for place in one.related)
    return f"::{COMMANDS[one.severity]} {where}::{_data(f'{one.message}。{one.help}{related}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
