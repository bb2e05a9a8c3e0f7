"""What other programs build on: every key of every object, exit codes, and the tables that a sentence points to."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.language.test_command_line import answered, wolong
from wolong.language.reading import read_text

GOLDEN = Path(__file__).parent / "golden"
KEYS = {
    "document": "file number title level nature tone territory position issued effective review_due replaces references terms clauses diagnostics",
    "reference": "number year",
    "term": "term definition clause",
    "clause": "number title text line requirements",
    "requirement": "modality sentence object condition predicates measures unread execution fingerprint",
    "measure": "kind property condition low high low_open high_open unit per event direction",
    "period": "value unit",
    "diagnostic": "code severity file line column clause message help related",
    "related": "file line column clause message",
}
FULL = """---
标准号: Q/WLS BZ06-003-2026
名称: 公共区域清洁服务规范
层级: 企业
地域: 江西
性质: 推荐
体系位置: 服务提供/物业服务/清洁
语气: 标准
发布: 2026-01-05
实施: 2026-03-01
复审: 2031-01-05
代替: [Q/WLS BZ06-003—2021]
引用: [GB/T 43542—2023, GB/T 17217]
---

## 1 范围

本文件规定了应做的事。

## 3 术语和定义

### 3.1 公共区域

各单位共同使用的区域。

## 5 服务要求

5.1 大厅地面每日清扫应不少于 2 次。
> 对象:场所/大厅 | 检查:查看 | 待核

5.2 药液应按 1:2 配制。

5.3 大厅地面每日清扫应不少于 1 次。
> 对象:场所/大厅 | 检查:查看
"""


def has(one: dict[str, Any], kind: str) -> None:
    assert list(one) == KEYS[kind].split()


def test_every_key_of_every_object_is_present(tmp_path: Path) -> None:
    (tmp_path / "full.md").write_text(FULL, "utf-8")
    (tmp_path / "bare.md").write_text("## 1 要求\n\n1.1 地面应干净。\n", "utf-8")
    done = wolong("read", "full.md", "bare.md", "--format", "json", cwd=tmp_path)
    answered(done, 0)
    for document in json.loads(done.stdout):
        has(document, "document")
        for kind in ("reference", "term", "clause", "diagnostic"):
            for one in document[f"{kind}s"]:
                has(one, kind)
        for clause in document["clauses"]:
            for requirement in clause["requirements"]:
                has(requirement, "requirement")
                for measure in requirement["measures"]:
                    has(measure, "measure")
                    if measure["per"] is not None:
                        has(measure["per"], "period")
    full, bare = json.loads(done.stdout)
    assert (full["issued"], full["review_due"]) == ("2026-01-05", "2031-01-05")
    assert full["references"] == [{"number": "GB/T 43542", "year": 2023}, {"number": "GB/T 17217", "year": None}]
    assert full["clauses"][4]["requirements"][0]["execution"]["待核"] is True
    assert [bare[key] for key in ("number", "issued", "replaces", "terms")] == [None, None, [], []]


def test_a_diagnostic_of_lint_has_its_keys_and_names_the_other_place(tmp_path: Path) -> None:
    (tmp_path / "full.md").write_text(FULL, "utf-8")
    done = wolong("lint", "full.md", "--format", "json", "--today", "2026-11-24", cwd=tmp_path)
    found = json.loads(done.stdout)
    for one in found:
        has(one, "diagnostic")
        for place in one["related"]:
            has(place, "related")
    assert any(one["related"] for one in found)
    assert any(one["code"].startswith("WL2") and "1:2" in one["message"] for one in found)


@pytest.mark.parametrize("name", ["cleaning", "forms"])
def test_read_writes_what_the_golden_file_holds(name: str) -> None:
    done = wolong("read", f"{name}.md", "--format", "json", cwd=GOLDEN)
    answered(done, 0)
    assert json.loads(done.stdout) == [json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))]


def test_what_is_asked_with_prefixes_comes_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n标准号: 甲\n---\n\n## 1 要求\n\n1.1 垃圾必须及时清运。\n", "utf-8")

    def codes(*arguments: str) -> set[str]:
        done = wolong("lint", "a.md", "--format", "json", *arguments, cwd=tmp_path)
        return {one["code"] for one in json.loads(done.stdout)}

    assert codes("--select", "WL202,WL203") == {"WL202", "WL203"}
    assert codes("--select", "WL2", "--ignore", "WL203") == {"WL202"}
    assert not {code for code in codes("--ignore", "WL1,WL2") if code[:3] in ("WL1", "WL2")}


@pytest.mark.parametrize("head", ["氨(mg/m³)", "氨（mg/m³）", "氨/(mg/m³)", "氨 mg/m³", "氨/mg/m³"])
def test_the_unit_in_the_head_of_a_table_is_read_however_it_is_written(head: str) -> None:
    text = f"## 4 要求\n\n4.1 空气应符合表 1 的规定。\n\n表 1 限值\n\n| 项目 | 限值 |\n|---|---|\n| {head} | ≤ 0.3 |\n"
    measures = read_text(text).requirements[0].measures
    assert [(one.property, str(one.high), one.unit) for one in measures] == [("氨", "0.3", "mg/m3")]


def test_a_letter_behind_a_head_is_no_unit() -> None:
    text = (
        "## 4 要求\n\n4.1 尺寸应符合表 1 的规定。\n\n表 1 尺寸\n\n| 项目 | 宽度/mm |\n|---|---|\n| 类型 A | ≥ 300 |\n"
    )
    measures = read_text(text).requirements[0].measures
    assert [(one.property, str(one.low), one.unit) for one in measures] == [("类型 A", "300", "mm")]


@pytest.mark.parametrize(
    ("sentence", "head", "low", "high"),
    [
        ("氨浓度不应大于表 5.1.1-1 的规定。", "限值", None, 0.3),
        ("照度应不低于表 5.1.1-1 规定的值。", "限值", 0.3, None),
        ("空气应符合表 5.1.1-1 的规定。", "最高允许值", None, 0.3),
        ("空气应符合表 5.1.1-1 的规定。", "下限", 0.3, None),
    ],
)
def test_a_bare_cell_is_bound_as_the_sentence_or_the_head_says(
    sentence: str, head: str, low: float | None, high: float | None
) -> None:
    text = f"## 4 要求\n\n4.1 {sentence}\n\n表 5.1.1-1 限值\n\n| 项目 | {head} |\n|---|---|\n| 一般(mg/m³) | 0.3 |\n"
    (requirement,) = read_text(text, file="a.md").requirements
    (measure,) = (one.as_json() for one in requirement.measures)
    assert (measure["property"], measure["low"], measure["high"], measure["unit"]) == ("一般", low, high, "mg/m3")


def test_a_bare_cell_that_nothing_bounds_is_unread_and_each_table_of_a_sentence_is_read() -> None:
    tables = "".join(
        f"表 {label} 值\n\n| 项目 | 值 |\n|---|---|\n| 氨(mg/m³) | {cell} |\n\n"
        for label, cell in (("1", "0.3"), ("2", "≤ 0.2"))
    )
    (requirement,) = read_text(f"## 4 要求\n\n4.1 空气应符合表 1 和表 2 的规定。\n\n{tables}", file="a.md").requirements
    assert [one.as_json()["high"] for one in requirement.measures] == [0.2]
    assert requirement.unread == ("氨(mg/m³) 0.3",)


def _of_table(rows: str) -> Any:
    text = f"## 4 要求\n\n4.1 各项应符合表 1 的规定。\n\n表 1 限值\n\n{rows}\n"
    (requirement,) = read_text(text, file="a.md").requirements
    return requirement


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (
            "| 序号 | 项目 | 限值 | 单位 |\n|---|---|---|---|\n| 1 | 温度 | 24～26 | ℃ |\n| 2 | 照度 | ≥ 300 | lx |",
            [("温度", None, 24, 26, "℃"), ("照度", None, 300, None, "lx")],
        ),
        (
            "| 场所 | 温度 ℃ | |\n|---|---|---|\n| | 夏季 | 冬季 |\n| 会议室 | ≤ 26 | ≥ 18 |",
            [("会议室", "温度夏季", None, 26, "℃"), ("会议室", "温度冬季", 18, None, "℃")],
        ),
        (
            "| 场所 | 部位 | 频次 |\n|---|---|---|\n| 大厅 | 地面 | 每日2次 |\n| | 玻璃 | 每周1次 |",
            [("大厅地面", None, 2, None, "次"), ("大厅玻璃", None, 1, None, "次")],
        ),
        ("| 项目 | 限值 |\n|---|---|\n| 清晰度(线) | ≥ 400 |", [("清晰度", None, 400, None, "线")]),
        (
            "| 场所 | 夏季 | 冬季 |\n|---|---|---|\n| 大厅/℃ | ≤ 28 | — |\n| 车库/℃ | / | ≥ 5 |",
            [("大厅", "夏季", None, 28, "℃"), ("车库", "冬季", 5, None, "℃")],
        ),
        ("| 项目 | 限值 |\n|---|---|\n| 温度\\|室内 | ≤ 26 ℃ |", [("温度|室内", None, None, 26, "℃")]),
    ],
)  # fmt: skip
def test_tables_as_they_are_really_drawn(rows: str, read: list[tuple[object, ...]]) -> None:
    measures = [one.as_json() for one in _of_table(rows).measures]
    assert [(one["property"], one["condition"], one["low"], one["high"], one["unit"]) for one in measures] == read


def test_no_cell_of_a_table_is_passed_over() -> None:
    rows = "| 场所 | 大厅 |\n|---|---|\n| 温度/℃ | ≤ 26 | ≤ 30 |\n| 异味 | 不应检出 |\n| 地面 | 无积水、无杂物 |"
    requirement = _of_table(rows)
    assert requirement.unread == ("温度/℃ ≤ 30",)
    assert requirement.predicates == ("异味不应检出", "地面无积水", "地面无杂物")
