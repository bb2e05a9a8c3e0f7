"""`--fix` mends what needs no thought: what is required stays what it was, and a second run finds nothing."""

from datetime import date
from pathlib import Path

import pytest

from tests.language.test_command_line import wolong
from tests.language.test_outputs import LINE, clauses
from wolong.language.linting import fixing, lint
from wolong.language.reading import read_text

TODAY = date(2026, 11, 24)


def fixed(text: str) -> str:
    document = read_text(text, file="a.md")
    return fixing.mended(document, lint([document], today=TODAY))


def test_several_must_in_one_sentence_all_go_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(clauses("地面必须清扫，墙面必须擦拭，门必须关闭。", "灯应干净。"), "utf-8")
    wolong("lint", "a.md", "--fix", cwd=tmp_path)
    assert "必须" not in path.read_text("utf-8")
    again = wolong("lint", "a.md", "--fix", cwd=tmp_path)
    assert "没有能机械地改的" in again.stderr.decode()


@pytest.mark.parametrize(
    "sentence",
    [
        "地面不必须清扫，应擦拭。",
        "应配备必须的工具。",
        "不应写“必须”。",
        "《必须安全》应上墙。",
        "见`必须`代码，门应关闭。",
        "见`a;必须`代码，门应关闭。",
        "详见 https://a.cn/x?必须=26℃。",
        "门应关闭，见[说明](必须.md)。",
        "[必须安全](a.md)应上墙。",
        "因必须停水时，应提前通知。",
        "如必须停水，应提前通知。",
        "是否必须由主管决定。",
        "门不是必须关闭。",
        "必须时应增派人员。",
        "非必须不得进入。",
        "门必须不得打开。",
        "必须急修。",
    ],
)
def test_another_word_with_the_same_signs_stays_and_is_not_offered(sentence: str) -> None:
    text = clauses(sentence, "门应干净。")
    document = read_text(text, file="a.md")
    assert fixed(text) == text
    assert fixing.mendable(document, lint([document], today=TODAY)) == []


@pytest.mark.parametrize(
    ("sentence", "mended"),
    [
        ("门必须应完好。", "门应完好。"),
        ("门应必须完好。", "门应完好。"),
        ("人员必须能操作。", "人员应能操作。"),
        ("访客必须当场登记。", "访客应当场登记。"),
        ("门必须完好，\n  窗必须每日擦 2 次，灯必须亮。", "门应完好，\n  窗应每日擦 2 次，灯应亮。"),
        ("《必须安全》必须上墙，必须时应补写。", "《必须安全》应上墙，必须时应补写。"),
    ],
)
def test_only_the_verb_of_a_requirement_is_mended_and_it_reads_as_before(sentence: str, mended: str) -> None:
    text = clauses(sentence, "门应干净。")
    once = fixed(text)
    assert once == clauses(mended, "门应干净。")
    assert fixed(once) == once
    before, after = read_text(text).requirements, read_text(once).requirements
    assert [(one.modality, one.measures, one.unread) for one in before] == [
        (one.modality, one.measures, one.unread) for one in after
    ]


def test_a_must_is_marked_where_it_stands_and_only_as_a_verb() -> None:
    text = clauses("《必须安全》应上墙，\n  门必须关闭，因必须通风时应打开。", "门应干净。")
    found = lint([read_text(text, file="a.md")], today=TODAY, select=["WL202"])
    assert [text.split("\n")[one.line - 1][one.column - 1 :][:4] for one in found] == ["必须关闭"]


def test_only_the_idle_remark_of_two_goes() -> None:
    text = clauses("垃圾应及时清运。", "门应干净。").replace(
        "4.1 ", "<!-- wolong: ignore WL203 原话 --><!-- wolong: ignore WL205 原话 -->\n4.1 "
    )
    assert fixed(text) == text.replace("<!-- wolong: ignore WL205 原话 -->", "")


def test_execution_lines_units_and_line_ends_are_tidied_and_the_reading_stays() -> None:
    neat = clauses("会议室照度不应低于 300 lx。", "走廊宽度不应小于 1.5 m。")
    rough = (
        neat.replace(LINE, "> 责任：保洁｜对象：场所/大厅 | 检查：查看 | 频次:每月 | 等级:C")
        .replace("300 lx", "300lx")
        .replace("1.5 m。", "1.5m。  ")
    )
    assert fixing.tidied(rough) == neat
    assert fixing.tidied(neat) == neat
    before, after = read_text(rough).requirements, read_text(neat).requirements
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
    assert [one.measures for one in before] == [one.measures for one in after]


def test_front_matter_code_and_what_is_no_execution_line_are_left_alone() -> None:
    text = "---\n名称: 5m走廊\n---\n\n## 4 要求\n\n```\n> 责任：保洁｜5m  \n```\n\n> 一句引文：5m\n"
    assert fixing.tidied(text) == text


def test_front_matter_below_a_blank_line_is_left_alone_too() -> None:
    text = "\n---\n名称: 水深2m的泳池\n---\n\n# 泳池\n\n## 4 要求\n\n4.1 水深不应大于 2 m。\n"
    assert fixing.tidied(text) == text


@pytest.mark.parametrize(
    "line", ["## 5 24h服务", "![走廊](图/宽1.5m.png)", "见[说明](a/5m.md)。", "文件名为 `宽5m`。", "<!-- 5m -->"]
)
def test_what_is_looked_up_by_its_signs_is_left_alone(line: str) -> None:
    assert fixing.tidied(f"# 甲\n\n{line}\n") == f"# 甲\n\n{line}\n"


def test_a_unit_stands_apart_after_chinese_and_in_a_range() -> None:
    rough, neat = "走廊宽度不应小于1.5m。", "走廊宽度不应小于1.5 m。"
    assert fixing.tidied(clauses(rough, "缝宽应为4cm～6cm。")) == clauses(neat, "缝宽应为4 cm～6 cm。")


def test_bare_numbers_are_no_lengths() -> None:
    text = clauses("设备应符合 M8m 和 24h 值班表 BZ06-003m 的规定。")
    assert "BZ06-003m" in fixing.tidied(text)
    assert "M8m" in fixing.tidied(text)


def test_the_files_mode_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(clauses("地面必须清扫。", "门应干净。"), "utf-8")
    path.chmod(0o640)
    assert wolong("lint", "a.md", "--fix", cwd=tmp_path).returncode == 0
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_file_that_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("地面必须清扫。  ".encode("gbk"))
    assert wolong("lint", "a.md", "--fix", cwd=tmp_path).returncode == 1
    assert path.read_bytes() == "地面必须清扫。  ".encode("gbk")
