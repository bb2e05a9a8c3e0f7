"""Signs that nobody sees (zero-width blanks, soft hyphens) mean nothing, wherever a copied text holds them."""

import pytest

from wolong.language.execution import parse_execution
from wolong.language.folding import UNSEEN
from wolong.language.reading import read_text
from wolong.language.sentences import read_sentence

HEAD = "## 4 要求\n\n"
LINE = "\n> 对象:场所/大厅 | 检查:测量 | 频次:每月抽查 20%\n"


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize(
    "sentence", ["温度应为 26 ℃。", "接到报修后应在 15 min 内到场。", "地面每日清扫应不少于 12 次。"]
)
def test_a_sentence_measures_the_same_whatever_nobody_sees_in_it(sentence: str, sign: str) -> None:
    expected = [(one.modality, one.condition, one.measures) for one in read_sentence(sentence)]
    for at in range(len(sentence) + 1):
        torn = sentence[:at] + sign + sentence[at:]
        drafts = read_sentence(torn)
        assert [(one.modality, one.condition, one.measures) for one in drafts] == expected
        assert all(one.unread == [] for one in drafts)


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_mark_is_known_and_columns_stay_true(sign: str) -> None:
    text = f"{HEAD}{sign}4.1{sign} 温度应为 2{sign}6 ℃,照度应为标准值的 1{sign}/3。{LINE}"
    document = read_text(text)
    assert [one.number for one in document.clauses] == ["4", "4.1"]
    requirement = document.requirements[0]
    assert requirement.measures[0].low == 26
    assert requirement.sentence == f"温度应为 2{sign}6 ℃,照度应为标准值的 1{sign}/3。"
    (fault,) = [one for one in document.diagnostics if one.code == "WL201"]
    assert text.split("\n")[fault.line - 1][fault.column - 1 :].startswith(f"1{sign}/3")


@pytest.mark.parametrize("sign", UNSEEN)
def test_values_of_tables_and_execution_lines_are_read_without_it(sign: str) -> None:
    table = f"表 1 限值\n\n| 项目 | 限值 |\n|---|---|\n| 温{sign}度 | ≤ 2{sign}6 ℃ |\n"
    document = read_text(f"{HEAD}4.1 空气应符合表 1 的规定。\n\n{table}")
    assert [(one.property, one.high) for one in document.requirements[0].measures] == [("温度", 26)]
    line, faults = parse_execution({"频次": f"每{sign}月抽查 2{sign}0%", "检查": f"测{sign}量"})
    assert faults == []
    assert line.sample is not None
    assert line.sample.value == 20
