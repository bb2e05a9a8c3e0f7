"""The index of cited standards (索引.tsv): which are known, which are withdrawn, and what replaced them."""

from collections.abc import Mapping
from dataclasses import dataclass

from wolong.language.numbering import parse_number

NAME = "索引.tsv"
COLUMNS = ("标准号", "名称", "状态", "代替者", "备注")
STATES = ("现行", "废止", "即将实施")


class BadIndex(ValueError):
    """What is wrong with the file, with its line."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One line: `number` without its year, as references are compared."""

    number: str
    year: int | None
    title: str
    state: str
    replaced_by: str = ""
    note: str = ""


Index = Mapping[str, Cited]


def read_index(text: str) -> Index:
    """Lines by number; BadIndex names the line of what is no number or no state."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise BadIndex(f"第 1 行应是表头：{'、'.join(COLUMNS)}，用制表符隔开")
    found: dict[str, Cited] = {}
    for at, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        fields = [*line.split("\t"), "", "", "", ""][: len(COLUMNS)]
        reference = parse_number(fields[0])
        if reference is None:
            raise BadIndex(f"第 {at} 行的“{fields[0]}”不是标准号")
        if fields[2] not in STATES:
            raise BadIndex(f"第 {at} 行的状态“{fields[2]}”应是 {'、'.join(STATES)} 之一")
        if reference.number in found:
            raise BadIndex(f"第 {at} 行的 {reference.number} 前面已经有了")
        found[reference.number] = Cited(reference.number, reference.year, *fields[1:])
    return found
