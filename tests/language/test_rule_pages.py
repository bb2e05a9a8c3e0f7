"""Each code has a page that is what the rule says of itself, and examples that do what they claim."""

import re
from datetime import date

import pytest

from tools.rule_pages import FOLDER, pages
from wolong.language.cited import Cited
from wolong.language.linting import EXPLAINED, RULES, World, lint
from wolong.language.linting.spoken import spoken
from wolong.language.reading import read_bytes, read_text
from wolong.language.tree import Document

TODAY = date(2026, 11, 24)
WORLD = World({"场所/游泳池": 0, "场所/卫生间": 2}, frozenset({"Q/A 1—2020"}))
INDEX = {
    one.number: one
    for one in (
        Cited("GB/T 17217", 2021, "公共厕所卫生规范", "现行"),
        Cited("GB/T 18883", 2022, "室内空气质量标准", "现行"),
    )
}
FRONT = "---\n标准号: Q/B {}—2026\n名称: 甲\n层级: 企业\n性质: 推荐\n---\n"
CHAPTERS = "## 1 范围\n\n甲。\n\n## 2 规范性引用文件\n\n无。\n\n## 3 术语和定义\n\n无。\n\n"
# What no text of an example can show: a whole file's bytes, a line of 50 MB.
NOT_TEXT = {"WL101", "WL108"}


def shelf_of(example: str) -> list[Document]:
    return [
        read_text(framed(part.strip("\n"), at), file=f"{at}.md")
        for at, part in enumerate(example.split("\n=====\n"), start=1)
    ]


def framed(part: str, at: int) -> str:
    """An example in a standard that is sound but for it."""
    if part.startswith("\ufeff"):
        return part
    front, body = FRONT.format(at), part
    if part.startswith("---"):
        head, _, body = part[4:].partition("---")
        front = f"---\n{head}---\n"
    body = body.strip("\n")
    if body.startswith(("## 1 ", "地面")):
        return f"{front}\n{body}\n"
    if body.startswith("## 3 "):
        return f"{front}\n{CHAPTERS.partition('## 3')[0]}{body}\n\n## 4 要求\n\n4.1 门应干净。\n"
    chapter = "" if body.startswith("## 4 ") else "## 4 要求\n\n"
    return f"{front}\n{CHAPTERS}{chapter}{body}\n"


def codes(example: str) -> set[str]:
    documents = [read_bytes(example.encode())] if example.startswith("\ufeff") else shelf_of(example)
    return {one.code for one in lint(documents, today=TODAY, world=WORLD, index=INDEX)}


def test_there_are_at_least_forty_rules_over_the_six_groups() -> None:
    assert len(RULES) >= 40
    assert {code[:3] for code in RULES} == {"WL1", "WL2", "WL3", "WL4", "WL5", "WL6"}


@pytest.mark.parametrize("code", sorted(EXPLAINED))
def test_a_rule_says_why_bad_good_and_how_to_mend(code: str) -> None:
    known = EXPLAINED[code]
    assert all((known.summary, known.why, known.bad, known.good, known.mend))


def test_every_rule_speaks_to_the_user_in_chinese() -> None:
    rules = spoken()
    assert set(rules) == set(EXPLAINED)
    for code, known in rules.items():
        for text in (known.summary, known.why, known.mend):
            assert re.search("[\u4e00-\u9fff]{2}", text), code
            assert text.endswith("。"), code
        assert (known.bad, known.good) == (EXPLAINED[code].bad, EXPLAINED[code].good)


@pytest.mark.parametrize("code", sorted(set(EXPLAINED) - NOT_TEXT))
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str) -> None:
    assert code in codes(EXPLAINED[code].bad)
    assert code not in codes(EXPLAINED[code].good)


def test_the_pages_are_what_the_rules_say() -> None:
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == pages()
