"""`fmt`: writing canonically twice is writing once, and never changes what is read."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.language.test_properties import WORDS
from wolong.language.canonical import canonical
from wolong.language.reading import read_text
from wolong.language.tree import Document

LIBRARY = Path(__file__).parents[2] / "library"
ROUGH = st.lists(
    st.sampled_from(
        [
            "---", "标准号: Q/A 1—2026", "名称：甲", "引用:", "  - GB/T 1", "发布: 2026-01-05", "## 4 要求", "### 4.1 大厅",
            "4.1.1 地面应每日清扫 2 次。", "a) 墙面应干净;", "> 检查:查看 | 对象:场所/大厅", "> 频次：每月｜待核", ">责任:保洁", "  > 等级:C",
            "", "", "  ", "\u3000", "```", "~~~", ">", "<!-- 待定", "完 -->",
            "| 项目 | 限值 |", "|---|---|", "| 氨 | ≤ 0.3 mg/m³ |", "注：甲。  ", "<!-- wolong: ignore WL203 因 -->",
        ]
    ),
    max_size=30,
)  # fmt: skip


def reading(document: Document) -> list[object]:
    """What is read, wherever it stands."""
    return [
        document.number,
        document.title,
        document.references,
        [(one.number, one.title, " ".join(one.text.split())) for one in document.clauses],
        [{**one.as_json(), "fingerprint": one.fingerprint} for one in document.requirements],
        {one.code for one in document.diagnostics},
    ]


@example(["---", "```", "---", "---"], "\n")
@given(ROUGH, st.sampled_from(["\n", "\r\n", "\r"]))
def test_writing_twice_is_writing_once_and_reads_the_same(lines: list[str], end: str) -> None:
    text = end.join(lines)
    once = canonical(text)
    assert canonical(once) == once
    assert reading(read_text(once)) == reading(read_text(text))


@given(st.lists(WORDS, max_size=40))
def test_sentences_are_left_as_they_are(words: list[str]) -> None:
    text = "## 4 要求\n\n4.1 " + "".join(words)
    once = canonical(text)
    assert canonical(once) == once
    assert [one.sentence for one in read_text(once).requirements] == [
        one.sentence for one in read_text(text).requirements
    ]


@given(st.text())
def test_any_text_is_written_twice_as_once(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize("path", sorted(LIBRARY.rglob("*.md")), ids=lambda path: path.stem)
def test_the_library_is_canonical(path: Path) -> None:
    text = path.read_text("utf-8")
    assert canonical(text) == text
