"""The 存量: a first look that drowns nobody, then only what is new, wherever lint is called from."""

import json
from datetime import date
from pathlib import Path

from tests.language.test_command_line import wolong
from tests.language.test_outputs import clauses
from wolong.language.linting import baseline, lint
from wolong.language.reading import read_text

TODAY = date(2026, 11, 24)


def test_a_text_full_of_vague_words_still_shows_its_errors_and_contradictions_first() -> None:
    vague = [f"第{at}处垃圾应及时清运。" for at in range(200)]
    text = clauses("会议室照度不应低于 300 lx。", *vague, "通道应畅通。").removesuffix("等级:C\n\n") + "等级:A\n\n"
    one = read_text(text, file="a.md")
    other = read_text(clauses("会议室照度不应低于 500 lx。", "门应干净。", number=2), file="b.md")
    found = lint([one, other], today=TODAY)
    shown = baseline.begin(found).shown
    assert len(shown) == baseline.MOST_SHOWN < len(found)
    codes = [each.code for each in shown]
    assert {"WL402", "WL511"} <= set(codes)


def test_the_few_that_are_shown_are_spread_over_the_files() -> None:
    texts = [clauses(*["垃圾应及时清运。"] * 30, number=at) for at in range(1, 5)]
    documents = [read_text(text, file=f"{at}.md") for at, text in enumerate(texts)]
    found = lint(documents, today=TODAY, select=("WL203",))
    shown = baseline.begin(found).shown
    assert {one.file: sum(other.file == one.file for other in shown) for one in shown} == dict.fromkeys(
        ("0.md", "1.md", "2.md", "3.md"), baseline.MOST_SHOWN // 4
    )


def test_every_error_is_shown_before_any_warning() -> None:
    body = clauses(*["灯应及时更换。"] * 30).replace("等级:C", "等级:A")
    found = lint([read_text(body, file="a.md")], today=TODAY, select=("WL511", "WL203"))
    assert {one.code for one in baseline.begin(found).shown} == {"WL511"}


def test_what_vanished_is_said_by_code() -> None:
    before = read_text(clauses("垃圾应及时清运。", "灯应及时更换。"), file="a.md")
    select = ("WL203",)
    known = baseline.read(baseline.written(lint([before], today=TODAY, select=select), [before]))
    after = read_text(clauses("垃圾应每日清运 1 次。", "灯应及时更换。"), file="a.md")
    compared = baseline.compare(lint([after], today=TODAY, select=select), [after], known)
    assert (compared.shown, compared.vanished) == ([], {"WL203": 1})


def test_the_same_words_in_another_clause_are_new() -> None:
    before = read_text(clauses("垃圾应及时清运。", "门应干净。"), file="a.md")
    known = baseline.read(baseline.written(lint([before], today=TODAY, select=("WL203",)), [before]))
    after = read_text(clauses("门应干净。", "垃圾应及时清运。"), file="a.md")
    compared = baseline.compare(lint([after], today=TODAY, select=("WL203",)), [after], known)
    assert [one.clause for one in compared.shown] == ["4.2"]


def test_a_baseline_holds_from_another_folder_and_sets_the_exit_status(tmp_path: Path) -> None:
    (tmp_path / "文本").mkdir()
    path = tmp_path / "文本" / "a.md"
    path.write_text(clauses(*["灯应及时更换。"] * 30).replace("等级:C", "等级:A"), "utf-8")
    first = wolong("lint", "文本", "--baseline", "存量.json", "--select", "WL511", cwd=tmp_path)
    assert first.returncode == 1
    kept = len(json.loads((tmp_path / "存量.json").read_text("utf-8"))["problems"])
    assert f"存量 {kept} 个" in first.stderr.decode()
    again = wolong(
        "lint", ".", "--baseline", "../存量.json", "--select", "WL511", "--format", "sarif", cwd=tmp_path / "文本"
    )
    results = json.loads(again.stdout)["runs"][0]["results"]
    assert sum(one["baselineState"] == "unchanged" for one in results) == kept
    assert sum(one["baselineState"] == "new" for one in results) == 30 - kept
    path.write_text(clauses(*["灯应及时更换。"] * 30), "utf-8")
    mended = wolong("lint", "文本", "--baseline", "存量.json", "--select", "WL511", cwd=tmp_path)
    assert mended.returncode == 0
    assert f"消失 {kept} 个（WL511 {kept} 个）" in mended.stderr.decode()


def test_a_baseline_that_cannot_be_written_or_is_a_knot_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(clauses("灯应及时更换。"), "utf-8")
    (tmp_path / "knot.json").write_text("[" * 100_000, "utf-8")
    for name in ("nowhere/b.json", "knot.json", "."):
        done = wolong("lint", "a.md", "--baseline", name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b""), name
        assert b"Traceback" not in done.stderr
