"""The forms that lint writes: SARIF 2.1.0, GitHub annotations; what it mends; what it keeps as 存量; what a configuration says."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.language.test_command_line import GOOD, wolong
from wolong.language.linting import EXPLAINED, World, baseline, lint
from wolong.language.linting.github import as_github
from wolong.language.linting.sarif import as_sarif
from wolong.language.reading import read_text

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 24)
HEAD = "---\n标准号: Q/A {}—2026\n层级: 企业\n---\n\n" + GOOD + "\n## 4 要求\n\n"
LINE = "> 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C"


def clauses(*sentences: str, number: int = 1) -> str:
    body = "".join(f"4.{at} {sentence}\n{LINE}\n\n" for at, sentence in enumerate(sentences, start=1))
    return HEAD.format(number) + body


def test_sarif_names_rule_place_and_the_other_place() -> None:
    texts = [
        clauses("会议室照度不应低于 300 lx。", "门应干净。"),
        clauses("会议室照度不应低于 500 lx。", "墙应干净。", number=2),
    ]
    found = lint(
        [read_text(text, file=f"标准 {at}.md") for at, text in enumerate(texts)], today=TODAY, select=("WL402",)
    )
    sarif = json.loads(json.dumps(as_sarif(found, version="1.2.3", explained=EXPLAINED)))
    run = sarif["runs"][0]
    assert (sarif["version"], run["tool"]["driver"]["version"], run["columnKind"]) == (
        "2.1.0",
        "1.2.3",
        "unicodeCodePoints",
    )
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["WL402"]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])
    assert len(run["results"]) == 1
    result = run["results"][0]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("WL402", 0, "warning")
    where = result["locations"][0]["physicalLocation"]
    assert "/" not in where["artifactLocation"]["uri"]
    assert " " not in where["artifactLocation"]["uri"]
    assert where["region"] == {"startLine": found[0].line, "startColumn": found[0].column}
    assert result["relatedLocations"][0]["message"]["text"] == found[0].related[0].message
    assert "baselineState" not in result


def test_sarif_tells_new_from_known() -> None:
    found = lint(
        [read_text(clauses("垃圾应及时清运。", "灯应及时更换。"), file="a.md")], today=TODAY, select=("WL203",)
    )
    results = as_sarif(found[:1], version="1", explained=EXPLAINED, kept=found[1:])["runs"][0]["results"]
    assert [one["baselineState"] for one in results] == ["new", "unchanged"]


def test_github_annotations_escape_what_the_runner_reads() -> None:
    found = lint([read_text(clauses("垃圾应及时清运。"), file="甲,乙:丙%.md")], today=TODAY, select=("WL203",))
    (line,) = as_github(found).split("\n")
    assert line.startswith("::warning file=甲%2C乙%3A丙%25.md,line=")
    assert ",title=WL203 第 4.1 条::" in line


def test_the_first_look_shows_twenty_and_the_worst_of_each_kind() -> None:
    document = read_text(clauses(*["垃圾必须及时清运。"] * 60, "室内噪声不应大于 55。"), file="a.md")
    found = lint([document], today=TODAY)
    compared = baseline.begin(found)
    assert len(compared.shown) == baseline.MOST_SHOWN < len(compared.kept)
    assert len(compared.shown) + len(compared.kept) == len(found)
    codes = [one.code for one in compared.shown]
    assert {"WL202", "WL203", "WL205", "WL403"} <= set(codes)
    known = baseline.read(baseline.written(compared.kept, [document]))
    again = baseline.compare(found, [document], known)
    assert again.shown == compared.shown
    assert again.gone == 0


def test_known_problems_stay_known_when_lines_move_and_new_ones_show() -> None:
    before = read_text(clauses("垃圾应及时清运。", "灯应及时更换。"), file="a.md")
    known = baseline.read(baseline.written(lint([before], today=TODAY), [before]))
    after = read_text(clauses("地面应每日清扫 1 次。", "灯应及时更换。", "水应适当喷洒。"), file="a.md")
    compared = baseline.compare(lint([after], today=TODAY, select=("WL203",)), [after], known)
    assert [(one.code, one.clause) for one in compared.shown] == [("WL203", "4.3")]
    assert [one.clause for one in compared.kept] == ["4.2"]
    assert compared.gone == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "problems": []}', '{"format": 1, "problems": [1]}'])
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(clauses("垃圾应及时清运。"), "utf-8")
    (tmp_path / "b.json").write_text(text, "utf-8")
    done = wolong("lint", "a.md", "--baseline", "b.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "不是存量文件" in done.stderr.decode()


def test_a_baseline_is_begun_kept_and_renewed(tmp_path: Path) -> None:
    sentences = [f"第{at}处必须及时清运。" for at in range(1, 41)]
    (tmp_path / "a.md").write_text(clauses(*sentences), "utf-8")
    first = wolong("lint", ".", "--baseline", "存量.json", "--format", "json", cwd=tmp_path)
    assert len(json.loads(first.stdout)) == baseline.MOST_SHOWN
    (tmp_path / "a.md").write_text(clauses(*sentences, "灯应适当更换。"), "utf-8")
    second = wolong("lint", ".", "--baseline", "存量.json", "--format", "json", cwd=tmp_path)
    assert len(json.loads(second.stdout)) == baseline.MOST_SHOWN + 1
    third = wolong("lint", ".", "--baseline", "存量.json", "--update-baseline", "--format", "json", cwd=tmp_path)
    assert len(json.loads(third.stdout)) == baseline.MOST_SHOWN
    assert "存量" in third.stderr.decode()


def test_fix_mends_without_changing_the_meaning_and_leaves_nothing_to_mend(tmp_path: Path) -> None:
    text = clauses("大厅地面必须每日清扫 1 次。", "墙面应干净。").replace("Q/A 1—2026", "Q/A 1-2026")
    path = tmp_path / "a.md"
    path.write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    before = [one.as_json() for one in read_text(text).requirements]
    done = wolong("lint", "a.md", "--fix", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    mended = path.read_bytes().decode()
    assert mended == text.replace("必须", "应").replace("1-2026", "1—2026").replace("\n", "\r\n")
    after = [one.as_json() for one in read_text(mended).requirements]
    assert [one["modality"] for one in after] == [one["modality"] for one in before]
    assert [one["measures"] for one in after] == [one["measures"] for one in before]
    assert "没有能机械地改的" in wolong("lint", "a.md", "--fix", cwd=tmp_path).stderr.decode()
    assert path.read_bytes().decode() == mended


def test_fix_leaves_an_engineering_code_and_an_unnecessary_must_alone(tmp_path: Path) -> None:
    text = clauses("大厅地面必须每日清扫 1 次。").replace("层级: 企业", "层级: 企业\n语气: 工程")
    (tmp_path / "a.md").write_text(text, "utf-8")
    wolong("lint", "a.md", "--fix", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text("utf-8") == text


def test_a_remark_that_silences_nothing_is_found_and_taken_away(tmp_path: Path) -> None:
    text = clauses("地面应干净。").replace("4.1", "<!-- wolong: ignore WL203 原话 -->\n4.1")
    (tmp_path / "a.md").write_text(text, "utf-8")
    found = json.loads(wolong("lint", "a.md", "--format", "json", cwd=tmp_path).stdout)
    assert [(one["code"], one["line"]) for one in found if one["code"] == "WL117"] == [
        ("WL117", text.split("\n").index("<!-- wolong: ignore WL203 原话 -->") + 1)
    ]
    wolong("lint", "a.md", "--fix", cwd=tmp_path)
    assert "ignore" not in (tmp_path / "a.md").read_text("utf-8")


def test_a_world_lets_its_rules_speak(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(clauses("地面应干净。"), "utf-8")
    (tmp_path / "w.json").write_text('{"selectors": {"场所/大厅": 0}, "adopted": []}', "utf-8")
    without = wolong("lint", "a.md", "--format", "json", cwd=tmp_path)
    assert "WL515" not in without.stdout.decode()
    assert "略过 WL515" in without.stderr.decode()
    found = wolong("lint", "a.md", "--format", "json", "--world", "w.json", cwd=tmp_path)
    assert "WL515" in found.stdout.decode()
    assert "略过" not in found.stderr.decode()
    (tmp_path / "w.json").write_text('{"adopted": ["Q/A 9—2026"]}', "utf-8")
    adopting = wolong("lint", "a.md", "--format", "json", "--world", "w.json", cwd=tmp_path)
    assert "WL515" not in adopting.stdout.decode()
    assert "办公区数据里没有对象，略过 WL515" in adopting.stderr.decode()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"selectors": []}', '{"selectors": {"a": -1}}', '{"adopted": [1]}', '{"x": 1}']
)
def test_what_is_no_world_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(clauses("地面应干净。"), "utf-8")
    (tmp_path / "w.json").write_text(text, "utf-8")
    done = wolong("lint", "a.md", "--world", "w.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    with pytest.raises(ValueError, match=r"world|Expecting"):
        World.from_json(json.loads(text))


def test_the_configuration_beside_the_texts_counts_and_the_command_line_beats_it(tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    for name, number in (("a.md", 1), ("旧/b.md", 2)):
        (tmp_path / name).write_text(clauses("垃圾必须及时清运。", number=number), "utf-8")
    settings = '[lint]\nselect = ["WL2"]\nignore = ["WL202"]\n[lint.per-file-ignores]\n"旧/*.md" = ["WL203"]\n'
    (tmp_path / "wolong.toml").write_text(settings, "utf-8")
    asked = json.loads(wolong("lint", ".", "--format", "json", cwd=tmp_path).stdout)
    assert [(one["file"], one["code"]) for one in asked] == [("a.md", "WL203")]
    asked = json.loads(wolong("lint", "旧", "--ignore", "WL203", "--format", "json", cwd=tmp_path).stdout)
    assert [one["code"] for one in asked] == ["WL202"]


@pytest.mark.parametrize(
    "text",
    ["[lint", "[other]\n", '[lint]\nselekt = ["WL4"]\n', '[lint]\nselect = "WL4"\n', '[lint]\nignore = ["E501"]\n', "[lint]\nworld = 1\n", 'lint = 1\n'],
)  # fmt: skip
def test_a_broken_configuration_stops_the_run_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(clauses("地面应干净。"), "utf-8")
    (tmp_path / "wolong.toml").write_text(text, "utf-8")
    done = wolong("lint", "a.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "wolong.toml" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_an_index_and_synonyms_in_the_folder_are_used(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        clauses("空气应符合 GB/T 18883—2002 的规定。", "水应符合 GB 99999 的规定。"), "utf-8"
    )
    (tmp_path / "索引.tsv").write_text(
        "标准号\t名称\t状态\t代替者\t备注\nGB/T 18883—2022\t室内空气质量标准\t现行\t\t\n", "utf-8"
    )
    found = json.loads(wolong("lint", ".", "--select", "WL3", "--format", "json", cwd=tmp_path).stdout)
    assert {"WL301", "WL305"} <= {one["code"] for one in found}
    (tmp_path / "索引.tsv").write_text("标准号\n", "utf-8")
    assert wolong("lint", ".", cwd=tmp_path).returncode == 2


def test_rule_explains_one_lists_all_and_refuses_the_unknown(tmp_path: Path) -> None:
    one = wolong("rule", "wl203", cwd=tmp_path)
    assert one.returncode == 0
    assert all(word in one.stdout.decode() for word in ("WL203", "为什么", "反例", "正例", "怎样改"))
    listed = wolong("rule", cwd=tmp_path).stdout.decode().splitlines()
    assert [line[:5] for line in listed] == sorted(EXPLAINED)
    unknown = wolong("rule", "WL299", cwd=tmp_path)
    assert (unknown.returncode, unknown.stdout) == (2, b"")


def test_fmt_writes_in_place_checks_and_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    rough = (
        clauses("地面应干净。")
        .replace("> 对象:场所/大厅 | 责任:保洁", "> 责任：保洁｜对象：场所/大厅")
        .replace("\n\n4.1", "\n\n\n4.1")
        + "  \n"
    )
    path.write_text(rough, "utf-8")
    assert wolong("fmt", "--check", ".", cwd=tmp_path).returncode == 1
    shown = wolong("fmt", "--diff", "a.md", cwd=tmp_path)
    assert shown.returncode == 1
    assert "+> 对象:场所/大厅 | 责任:保洁" in shown.stdout.decode()
    assert path.read_text("utf-8") == rough
    assert wolong("fmt", "a.md", cwd=tmp_path).returncode == 0
    assert LINE in path.read_text("utf-8")
    assert wolong("fmt", "--check", "a.md", cwd=tmp_path).returncode == 0
    path.write_bytes("地面".encode("gbk"))
    assert wolong("fmt", "a.md", cwd=tmp_path).returncode == 2
    assert path.read_bytes() == "地面".encode("gbk")
