"""Large and twisted shelves: the work of linting grows as the shelf does, counted in lines run, never in seconds."""

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

import pytest

from wolong.language.linting import lint
from wolong.language.reading import read_text
from wolong.language.tree import Diagnostic, Document

TODAY = date(2026, 11, 24)
HALF, WHOLE = 40, 80


def standard(number: str, body: str, *, more: str = "", terms: str = "无。") -> Document:
    chapters = (
        f"## 1 范围\n\n甲。\n\n## 2 规范性引用文件\n\n无。\n\n## 3 术语和定义\n\n{terms}\n\n## 4 要求\n\n{body}\n"
    )
    front = f"标准号: {number}\n名称: 甲\n层级: 企业\n{more}"
    return read_text(f"---\n{front}---\n\n# 甲\n\n{chapters}", file=f"{number}.md")


def ring(at: int, of: int) -> Document:
    after = f"Q/A {(at + 1) % of}"
    return standard(f"Q/A {at}—2026", f"4.1 清洁应符合 {after} 的规定。", more=f"引用: [{after}]\n")


def star(at: int, of: int) -> Document:
    return standard(f"Q/A {at}—2026", "4.1 清洁应符合 Q/A 0 的规定。", more="引用: [Q/A 0]\n")


def same_bound(at: int, of: int) -> Document:
    return standard(f"Q/A {at}—2026", "4.1 会议室照度不应低于 300 lx。")


def other_bounds(at: int, of: int) -> Document:
    body = f"4.1 会议室照度不应低于 {at + 1} lx。\n\n4.2 走廊应每日清扫 {at % 9 + 1} 次。\n\n4.3 噪声在 {at} 层时不应大于 {at} dB(A)。"
    return standard(f"Q/A {at}—2026", body)


def nested_cases(at: int, of: int) -> Document:
    return standard(f"Q/A {at}—2026", f"4.1 楼层不高于 {at + 1} 层时，电梯等候时间不应大于 {at + 1} s。")


def same_number(at: int, of: int) -> Document:
    return standard("Q/A 1—2026", f"4.1 {at} 号门应干净。")


def same_term(at: int, of: int) -> Document:
    return standard(
        f"Q/A {at}—2026", "4.1 门应干净。", terms=f"### 3.1 公共区域\n\n第 {at} 处，又称{'甲乙丙丁'[at % 4]}区。"
    )


def replacing(at: int, of: int) -> Document:
    return standard(f"Q/A {at}—2026", "4.1 门应干净。", more=f"代替: [Q/A {(at + 1) % of}—2026]\n")


SHELVES = [ring, star, same_bound, other_bounds, nested_cases, same_number, same_term, replacing]


def lines_run(documents: list[Document]) -> tuple[int, list[Diagnostic]]:
    """How many lines of the linter are run: the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        nonlocal count
        if "linting" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        found = lint(documents, today=TODAY)
    finally:
        sys.settrace(before)
    return count, found


@pytest.mark.parametrize("make", SHELVES, ids=lambda make: str(make.__name__))
def test_twice_the_shelf_is_at_most_twice_the_work(make: Callable[[int, int], Document]) -> None:
    half, _ = lines_run([make(at, HALF) for at in range(HALF)])
    whole, found = lines_run([make(at, WHOLE) for at in range(WHOLE)])
    assert found
    assert whole < 2.1 * half


def test_a_ring_of_thousands_is_found_at_every_standard_and_named_in_short() -> None:
    found = lint([ring(at, 2000) for at in range(2000)], today=TODAY, select=("WL306",))
    assert len(found) == 2000
    assert max(len(one.message) for one in found) < 200


def test_a_standard_that_cites_itself_is_no_ring() -> None:
    assert lint([ring(0, 1)], today=TODAY, select=("WL306",)) == []


def test_standards_that_replace_each_other_all_round_do_not_stop_the_rest() -> None:
    documents = [*(replacing(at, 3) for at in range(3)), standard("Q/B 1—2026", "4.1 垃圾应及时清运。")]
    found = lint(documents, today=TODAY)
    assert "WL203" in {one.code for one in found if one.file == "Q/B 1—2026.md"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n---\n",
        "## 1\n",
        "4.1 应应应应应。\n> \n>\n",
        "---\n标准号: —\n引用: [—, 甲, GB, GB/T]\n代替: [Q/A 1—2026, Q/A 1—2026]\n---\n## 2 规范性引用文件\n\nGB/T\n",
        "## 4 要求\n\n4.1 会议室照度不应低于 0 lx、不应高于 0 lx。\n\n4.2 会议室照度不应低于 999999999999999999999 lx。\n",
        "## 4 要求\n\n4.1 走廊应每 0 日清扫 0 次。\n\n4.2 走廊应每 0 年清扫 1 次。\n\n4.3 走廊应每日清扫 1 次。\n",
        "## 3 术语和定义\n\n### 3.1\n\n又称“甲乙”，又称“甲乙”。\n\n### 3.2 甲乙\n\n又称甲乙。\n",
        "## 4 要求\n\n4.1 照度不应低于 1 lx。\n> 对象:场所 | 检查:测量\n\n4.2 照度不应低于 2 lx。\n> 对象:场所/、/场所[[ | 检查:测量\n",
    ],
)  # fmt: skip
def test_broken_texts_beside_each_other_are_only_diagnosed(text: str) -> None:
    one, other = read_text(text, file="a.md"), read_text(text, file="b.md")
    assert all(each.file in ("a.md", "b.md") and each.line >= 1 for each in lint([one, other], today=TODAY))
