"""Front matter: what a standard is. Broken YAML, unknown keys and bad values are diagnostics with their line."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from wolong.language.folding import fold
from wolong.language.numbering import canonical_number, parse_number
from wolong.language.patterns import lazy
from wolong.language.tree import Diagnostic, Reference

LEVELS = ("国家", "行业", "地方", "团体", "企业", "合同附件")
NATURES = ("强制", "推荐")
TONES = ("标准", "工程")
KEYS = (
    "标准号",
    "名称",
    "层级",
    "地域",
    "性质",
    "体系位置",
    "语气",
    "发布",
    "实施",
    "复审",
    "代替",
    "引用",
    "归口",
)
MOST_LINES = 400
MOST_NESTED = 1000
KEY_LINE = lazy(r"^(?P<key>[^\s#:\uff1a\-\[\]{}\"'][^:\uff1a]{0,30}?)\s*[:\uff1a](?P<rest>.*)$")


@dataclass(slots=True)
class Front:
    """The values of the front matter as Document takes them, and the line of each key."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _NoAliases(yaml.BaseLoader):
    """Every scalar a string; anchors and aliases refused, since a few lines of them can unfold without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.YAMLError(f"line {event.start_mark.line + 1}: alias")
        return super().compose_node(parent, index)


_SWIFT = getattr(yaml, "CBaseLoader", None)


def front_rules(lines: Sequence[str]) -> tuple[int, int | None]:
    """Where the first line behind the opening `---` stands (0: there is none), and where the closing one (None: it never ends)."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].strip() != "---":
        return 0, None
    return first + 1, next((at for at in range(first + 1, len(lines)) if lines[at].strip() in ("---", "...")), None)


def read_front(lines: list[str], *, first_line: int, file: str) -> Front:
    """Reads the lines between the two `---`; `first_line` is the file's line of the first of them."""
    front = Front()
    prepared: list[str] = []
    for offset, written in enumerate(lines):
        line = written
        match = KEY_LINE.match(written)
        if match:
            key = match["key"].strip()
            if key in front.lines:
                front.diagnostics.append(
                    _fault("WL104", file, first_line + offset, f"文件头里“{key}”写了两次", "只留一个")
                )
            front.lines[key] = first_line + offset
            rest = match["rest"].strip()
            line = f"{key}: {rest}"
        prepared.append(line)
    raw = _load(prepared, front, first_line=first_line, file=file)
    for key, value in raw.items():
        _take(str(key), value, front, file=file, fallback=first_line)
    return front


def _load(lines: list[str], front: Front, *, first_line: int, file: str) -> Mapping[str, Any]:
    if len(lines) > MOST_LINES:
        front.diagnostics.append(_fault("WL104", file, first_line, "文件头太长", f"文件头不超过 {MOST_LINES} 行"))
        return {}
    try:
        # A line of wide spaces alone looks empty, and is.
        shown = (line if line.strip() else "" for line in lines)
        raw = _loaded("\n".join(shown))
    except (yaml.YAMLError, RecursionError, ValueError) as bad:
        mark = getattr(bad, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        column = mark.column + 1 if mark else 1
        front.diagnostics.append(
            Diagnostic(
                "WL104", "error", file, min(line, first_line + len(lines) - 1), column, None,
                "文件头读不懂", "每行写“键: 值”，列表写在方括号里，如 引用: [GB/T 17217]",
            )
        )  # fmt: skip
        return {}
    if raw is None or raw == "":
        return {}
    if not isinstance(raw, dict):
        front.diagnostics.append(_fault("WL104", file, first_line, "文件头不是“键: 值”", "每行写一个键和它的值"))
        return {}
    return raw


def _loaded(text: str) -> Any:
    """Read in C where no sign of an anchor or alias stands; what C refuses is refused again in Python, which tells the place.

    C goes down into lists within lists without a limit, to the end of the process; Python stops in time.
    """
    deepest = sum(map(text.count, "[{-?"))
    if _SWIFT is not None and "&" not in text and "*" not in text and deepest <= MOST_NESTED:
        with suppress(yaml.YAMLError):
            return yaml.load(text, Loader=_SWIFT)  # noqa: S506 - and so does its twin in C
    return yaml.load(text, Loader=_NoAliases)  # noqa: S506 - BaseLoader makes strings only


def _take(key: str, value: Any, front: Front, *, file: str, fallback: int) -> None:
    line = front.lines.get(key, fallback)
    if key not in KEYS:
        front.diagnostics.append(
            Diagnostic(
                "WL105", "warning", file, line, 1, None, f"文件头里没有“{key}”这个键", f"可用的键：{'、'.join(KEYS)}"
            )
        )
        return
    if value in ("", None, []):
        return
    reader = _READERS.get(key)
    try:
        if reader is None:
            front.values[_FIELDS[key]] = _text(value)
        else:
            front.values[_FIELDS[key]] = reader(value)
    except ValueError as bad:
        front.diagnostics.append(_fault("WL106", file, line, f"“{key}”的值读不懂", str(bad)))


_FIELDS = {
    "标准号": "number",
    "名称": "title",
    "层级": "level",
    "地域": "territory",
    "性质": "nature",
    "体系位置": "position",
    "语气": "tone",
    "发布": "issued",
    "实施": "effective",
    "复审": "review_due",
    "代替": "replaces",
    "引用": "references",
    "归口": "owner",
}


def _fault(code: str, file: str, line: int, message: str, help_text: str) -> Diagnostic:
    return Diagnostic(code, "error", file, line, 1, None, message, help_text)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("只写一个值")  # noqa: TRY004 - every bad value is a ValueError here
    return value.strip()


def _one_of(words: tuple[str, ...]) -> Any:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"应是{'、'.join(words)}之一")
        return str(value)

    return read


def _day(value: Any) -> date:
    text = fold(_text(value))
    match = re.match(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$", text)
    if match is None:
        raise ValueError("日期应如 2026-03-01")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as bad:
        raise ValueError("没有这一天；日期应如 2026-03-01") from bad


def _several(value: Any) -> list[str]:
    if isinstance(value, str):
        return [piece.strip() for piece in re.split(r"[,\uff0c、;\uff1b]", value) if piece.strip()]
    if isinstance(value, list) and all(isinstance(piece, str) for piece in value):
        return [piece.strip() for piece in value if piece.strip()]
    raise ValueError("应是列表，如 [GB/T 17217, GB/T 43542—2023]")


def _number(value: Any) -> str:
    return canonical_number(_text(value))


def _references(value: Any) -> tuple[Reference, ...]:
    found = []
    for piece in _several(value):
        parsed = parse_number(piece)
        found.append(parsed or Reference(piece, None))
    return tuple(found)


_READERS: dict[str, Any] = {
    "标准号": _number,
    "层级": _one_of(LEVELS),
    "性质": _one_of(NATURES),
    "语气": _one_of(TONES),
    "发布": _day,
    "实施": _day,
    "复审": _day,
    "代替": lambda value: tuple(canonical_number(piece) for piece in _several(value)),
    "引用": _references,
}
