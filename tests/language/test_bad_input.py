"""Files that nobody should write: huge, in another coding, endless, hostile. Each is answered by diagnostics."""

import contextlib
from pathlib import Path

import pytest

from tests.language.test_command_line import GOOD, wolong
from wolong.language.reading import MOST_BYTES, read_bytes, read_text
from wolong.language.selectors import BadSelector, parse_selectors
from wolong.language.sentences import LONGEST, read_sentence

HEAD = GOOD + "\n## 4 要求\n\n"
LINE = "> 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C"


@pytest.mark.slow
def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        for _ in range(50):
            file.write("大厅地面应每日清扫 2 次。\n".encode() * 27_000)
    assert path.stat().st_size > MOST_BYTES
    for command in ("read", "lint"):
        done = wolong(command, "a.md", cwd=tmp_path)
        assert done.returncode == 1
        assert "WL101" in done.stdout.decode()
        assert b"Traceback" not in done.stderr


def test_a_file_in_gbk_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes((HEAD + "4.1 大厅地面应干净。").encode("gbk"))
    done = wolong("lint", "a.md", cwd=tmp_path)
    assert done.returncode == 1
    assert "像是 GBK" in done.stdout.decode()


@pytest.mark.slow
def test_a_table_of_thirty_thousand_lines_is_read_row_by_row() -> None:
    names = ("".join("甲乙丙丁戊己庚辛壬癸"[int(sign)] for sign in str(at)) for at in range(30_000))
    rows = "".join(f"| {name} | ≤ {len(name)} mg/m³ |\n" for name in names)
    document = read_text(f"{HEAD}4.1 空气应符合表 1 的规定。\n\n表 1 限值\n\n| 项目 | 限值 |\n|---|---|\n{rows}")
    assert len(document.requirements[0].measures) == 30_000
    assert not document.has_errors


@pytest.mark.slow
def test_a_table_of_a_million_lines_is_answered(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HEAD + "4.1 空气应清洁。\n\n" + "| 甲 | 乙 |\n" * 1_000_000, "utf-8")
    done = wolong("lint", "a.md", cwd=tmp_path)
    assert done.returncode in {0, 1}
    assert b"Traceback" not in done.stderr


def test_two_hundred_levels_of_headings_are_a_diagnostic() -> None:
    text = HEAD + "".join(f"{'#' * level} {'.'.join(['4'] * level)} 甲\n\n" for level in range(2, 201))
    document = read_text(text)
    assert {one.code for one in document.diagnostics} == {"WL107"}
    assert read_text(HEAD + ".".join(["4"] * 200) + " 地面应干净。").clauses


@pytest.mark.parametrize(
    "selector",
    [
        "场所/" + "(" * 20_000,
        "场所/" + "[楼层>=" * 5_000 + "2",
        "场所/大厅[" + "楼层>=2," * 20_000 + "]",
        "场所/" + "a" * 100_000 + "!",
        "、".join(["场所/大厅"] * 20_000),
        "场所/大厅[楼层>=" + "9" * 50_000 + "]",
        "[[[[]]]]" * 10_000,
    ],
    ids=range(7),
)
def test_a_selector_made_to_hang_a_matcher_is_answered(selector: str) -> None:
    with contextlib.suppress(BadSelector):
        assert parse_selectors(selector)
    document = read_text(f"{HEAD}4.1 地面应干净。\n> 对象:{selector} | 检查:查看")
    assert document.clauses


@pytest.mark.parametrize(
    "sentence",
    [
        "每日" * 30_000,
        "且不应" * 20_000,
        "1" * 100_000,
        "在 0 ℃条件下" * 10_000,
        "应确保能" * 20_000,
        "(" + "甲；" * 30_000 + ")",
    ],
    ids=range(6),
)
def test_a_sentence_made_to_hang_the_reader_is_answered(sentence: str) -> None:
    assert read_text(f"{HEAD}4.1 地面应清扫 2 次,{sentence}。").clauses


def test_of_a_sentence_without_end_the_rest_is_said_to_be_unread() -> None:
    sentence = "地面应每日清扫 2 次," + "地面干净," * LONGEST + "每周应清扫 3 次"
    drafts = read_sentence(sentence)
    assert [draft.modality for draft in drafts] == ["shall"]
    assert sentence[LONGEST:].startswith(drafts[0].unread[-1])


@pytest.mark.parametrize("sign", ["[", "{", "- ", "? ", "{a: [", "-\t"])
def test_lists_within_lists_without_end_are_refused_and_end_no_process(tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n引用: {sign * 200_000}\n---\n\n{HEAD}4.1 地面应干净。\n", "utf-8")
    done = wolong("read", "a.md", cwd=tmp_path)
    assert done.returncode == 1
    assert "WL104" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


NESTED = 100_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text", "option"),
    [
        ("wolong.toml", "a = " + "[" * NESTED, ()),
        ("wolong.toml", "[lint]\nselect = " + "[" * NESTED + "]" * NESTED, ()),
        ("wolong.toml", "a = " + "{a = " * NESTED, ()),
        ("wolong.toml", "a" + ".a" * NESTED + " = 1", ()),
        ("wolong.toml", "[lint]\nselect = " + "9" * 5000, ()),
        ("wolong.toml", '[lint]\nbaseline = "\\u0000"', ()),
        ("w.json", "[" * NESTED + "]" * NESTED, ("--world", "w.json")),
        ("w.json", '{"selectors": ' * NESTED, ("--world", "w.json")),
        ("w.json", '{"selectors": {"场所/大厅": ' + "9" * 5000 + "}}", ("--world", "w.json")),
        ("b.json", "[" * NESTED + "]" * NESTED, ("--baseline", "b.json")),
        ("b.json", '{"format": 1, "problems": ' + "[" * NESTED, ("--baseline", "b.json")),
    ],
    ids=range(11),
)
def test_a_hostile_file_beside_the_texts_stops_the_run_with_its_name(
    tmp_path: Path, name: str, text: str, option: tuple[str, ...]
) -> None:
    (tmp_path / "a.md").write_text(f"{HEAD}4.1 地面应干净。\n", "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    done = wolong("lint", "a.md", *option, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert name in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_markup_in_titles_is_text_and_stays_as_written() -> None:
    title = "<script>alert(1)</script> **粗** [链接](javascript:alert(1)) `码` &amp;"
    document = read_text(
        f"---\n标准号: Q/A 1—2026\n名称: '{title}'\n---\n\n{HEAD}### 4.1 {title}\n\n4.1.1 地面应干净。\n"
    )
    assert document.title == title
    assert next(one.title for one in document.clauses if one.number == "4.1") == title


def test_two_execution_lines_for_three_requirements_apply_to_none() -> None:
    text = f"{HEAD}4.1 地面应干净，墙面应干净，门应干净。\n{LINE}\n\n{LINE.replace('大厅', '走廊')}\n"
    document = read_text(text)
    assert len(document.requirements) == 3
    assert [one.execution for one in document.requirements] == [None, None, None]
    assert [one.code for one in document.diagnostics] == ["WL503"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 100_000,
        b"\xff" * 1000,
        b"---\n" * 50_000,
        b"> " * 100_000,
        ("应" * 19_999).encode(),
        ("应，" * 9_999).encode(),
    ],
    ids=range(6),
)
def test_what_is_no_text_is_answered(data: bytes) -> None:
    document = read_bytes(data, file="a.md")
    assert document.file == "a.md"
    assert document.as_json()["clauses"] is not None


def test_many_lists_in_one_clause_are_read_one_by_one() -> None:
    many = 3_000
    text = f"{HEAD}4.1 地面：\n" + "\n应：\n\na) 每日清扫 2 次；\n\n不得：\n\na) 留有积水。\n\n" * many
    asked = [one.modality for one in read_text(text).requirements]
    assert asked == ["shall", "shall_not"] * many
