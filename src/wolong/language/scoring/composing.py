"""Confirmed items as the text of a standard, read again before anybody may trust it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wolong.language.execution import parse_execution
from wolong.language.patterns import lazy
from wolong.language.reading import read_text

_NOTE_MARK = lazy(r"^(?:备注|注|说明)[:\uff1a]\s*")
_FORBIDDEN = lazy(r"[|\n\r]")
NOTHING_CITED = "本文件没有规范性引用文件。"
NO_TERMS = "本文件没有需要界定的术语和定义。"


class CannotCompose(Exception):
    """Why the items make no standard; `position` is the item (from 0), None when it is none of them."""

    def __init__(self, sentence: str, position: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.position = sentence, position


@dataclass(frozen=True, slots=True)
class Front:
    """What a standard is, for its front matter."""

    number: str
    title: str
    level: str
    issued: date
    effective: date
    keeper: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A clause that somebody stands for: the group it belongs to, its sentence, its execution line by key."""

    group: str
    text: str
    execution: dict[str, str]


def line_of(execution: dict[str, str]) -> str:
    """The execution line as text; raises CannotCompose for a value that its key does not take."""
    for key, value in execution.items():
        if _FORBIDDEN.search(value):
            raise CannotCompose(f"“{key}”里不能有竖线或换行")
    _typed, faults = parse_execution(execution)
    if faults:
        raise CannotCompose(f"{faults[0].message}，{faults[0].help}")
    return "> " + " | ".join(f"{key}:{value}" for key, value in execution.items())


def compose(front: Front, items: Sequence[Confirmed], notes: Sequence[str]) -> str:
    """The whole text, groups in their order; raises CannotCompose unless it reads back clause by clause as it was meant."""
    lines = [*_front(front), "", f"# {_flat(front.title)}", "", "## 1 范围", "", _flat(front.scope), ""]
    lines += ["## 2 规范性引用文件", "", NOTHING_CITED, "", "## 3 术语和定义", "", NO_TERMS, "", "## 4 要求", ""]
    groups: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        groups.setdefault(item.group, []).append(index)
    expected: dict[str, int] = {}
    for at, (group, indexes) in enumerate(groups.items(), start=1):
        lines += [f"### 4.{at} {_flat(group).lstrip('#>-* ') or '考核内容'}", ""]
        for within, index in enumerate(indexes, start=1):
            number = f"4.{at}.{within}"
            expected[number] = index
            try:
                lines += [f"{number} {_flat(items[index].text)}", line_of(items[index].execution), ""]
            except CannotCompose as fault:
                raise CannotCompose(fault.sentence, index) from None
    kept = [_flat(note) for note in notes if note.strip()]
    if kept:
        lines += ["## 5 考核说明", ""]
        for note in kept:
            lines += [f"注：{_NOTE_MARK.sub('', note)}", ""]
    text = "\n".join(lines).rstrip() + "\n"
    _read_back(text, expected, items)
    return text


def _front(front: Front) -> list[str]:
    values = {
        "标准号": front.number, "名称": front.title, "层级": front.level, "性质": "推荐", "语气": "标准",
        "发布": front.issued.isoformat(), "实施": front.effective.isoformat(),
        "复审": front.effective.replace(year=front.effective.year + 5, day=min(front.effective.day, 28)).isoformat(),
        "归口": front.keeper,
    }  # fmt: skip
    quoted = {key: json.dumps(_flat(value), ensure_ascii=False) for key, value in values.items() if value}
    return ["---", *(f"{key}: {value}" for key, value in quoted.items()), "---"]


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("<!--", "＜！--")


def _read_back(text: str, expected: dict[str, int], items: Sequence[Confirmed]) -> None:
    document = read_text(text)
    error = next((one for one in document.diagnostics if one.severity == "error"), None)
    if error is not None:
        raise CannotCompose(f"{error.message}。{error.help}", expected.get(error.clause or ""))
    clauses = {clause.number: clause for clause in document.clauses}
    for number, index in expected.items():
        clause = clauses.get(number)
        if clause is None or clause.text.strip() != _flat(items[index].text) or not clause.requirements:
            raise CannotCompose("这一条写进标准后读回来不一样，请改一改它的文字", index)
