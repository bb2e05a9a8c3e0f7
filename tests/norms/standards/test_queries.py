"""A clause that is tried before it is saved."""

import datetime as dt

from wolong.norms.standards.queries import problems_of, try_clause

TODAY = dt.date(2026, 11, 23)
AIR = """卫生间空气中氨的浓度不应大于 0.3 mg/m³,硫化氢的浓度不应大于 0.01 mg/m³。
> 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度抽查 20% | 等级:B | 整改:3个工作日 | 扣分:2/项,上限6 | 证据:读数"""


def test_a_bare_clause_is_read_with_its_measures_and_execution_line() -> None:
    tried = try_clause(AIR, today=TODAY)
    assert sum(len(row.measures) for row in tried.requirements) == 2
    first = tried.requirements[0]
    assert (first.selectors, first.doer, first.cycle_months, first.severity) == ("场所/卫生间", "保洁", 3, "B")
    assert first.pk is None


def test_a_numbered_clause_and_a_bare_one_are_read_alike() -> None:
    bare, numbered = try_clause(AIR, today=TODAY), try_clause("5.1.2 " + AIR, today=TODAY)
    assert [row.fingerprint for row in bare.requirements] == [row.fingerprint for row in numbered.requirements]


def test_a_fault_is_named_with_its_place_in_the_pasted_text() -> None:
    tried = try_clause("大厅应每日清扫。\n> 对象:场所/大厅 | 看法:查看", today=TODAY)
    fault = next(one for one in tried.diagnostics if "看法" in one.message)
    assert (fault.line, fault.severity) == (2, "error")
    assert fault.column > 1


def test_nothing_and_nonsense_are_read_without_a_fault_of_the_program() -> None:
    for text in ("", "   \n", "---", "> > >", "\x00应", "5.1", "应" * 5000):
        assert try_clause(text, today=TODAY).requirements is not None


def test_the_problems_of_a_draft_come_errors_first() -> None:
    found = problems_of("# 甲\n\n5.1 必须及时清扫。\n> 看法:查看\n", today=TODAY)
    assert found[0].severity == "error"
    assert {"error", "warning"} <= {one.severity for one in found}
