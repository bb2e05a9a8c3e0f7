"""WL5: whether a requirement can be kept and checked."""

from collections.abc import Iterator
from functools import lru_cache

from wolong.language.execution import ExecutionLine, Method, parse_execution
from wolong.language.linting.registry import Fault, Shelf, by_clause, rule
from wolong.language.modals import BINDING
from wolong.language.selectors import expand
from wolong.language.tree import Document, Execution, Requirement

NEEDED = ("对象", "检查", "频次")


@lru_cache(maxsize=4096)
def _parsed(items: tuple[tuple[str, str | bool], ...]) -> ExecutionLine:
    return parse_execution(dict(items))[0]


def _lines(document: Document) -> Iterator[tuple[str | None, Requirement, Execution, ExecutionLine]]:
    """Each execution line once, with the first requirement that it rules."""
    seen: set[int] = set()
    for clause, requirement in by_clause(document):
        execution = requirement.execution
        if execution is not None and id(execution) not in seen:
            seen.add(id(execution))
            yield clause, requirement, execution, _parsed(tuple(sorted(execution.values.items())))


def _where(execution: Execution, key: str) -> tuple[int, int]:
    return execution.columns.get(key, (execution.line, execution.column))


@rule("WL510", "warning")
def not_executable(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A binding requirement says where it applies, how it is checked and how often.

    Why: what nobody is told to check is not checked.
    Bad: `5.1.1 大厅地面应无积水。` without a line under it.
    Good: `> 对象:场所/大厅 | 检查:查看 | 频次:每月`.
    """
    for clause, requirement in by_clause(document):
        if requirement.modality not in BINDING:
            continue
        values = requirement.execution.values if requirement.execution else {}
        missing = [key for key in NEEDED if key not in values]
        if missing:
            message = (
                "这条要求没有执行行" if len(missing) == len(NEEDED) and not values else f"执行行缺{'、'.join(missing)}"
            )
            line = requirement.execution.line if requirement.execution else requirement.line
            column = requirement.execution.column if requirement.execution else requirement.column
            yield Fault(line, message, "补上“对象”“检查”“频次”，否则没有人去查", clause, column)


@rule("WL511", "error")
def veto_without_term(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A failure of severity A has its time to be put right.

    Why: A vetoes the whole score; how long the danger may last must not be left open.
    Bad: `> … | 等级:A`.
    Good: `> … | 等级:A | 整改:立即`.
    """
    for clause, _, execution, line in _lines(document):
        if line.severity == "A" and line.term is None:
            at, column = _where(execution, "等级")
            yield Fault(at, "等级 A 没有写整改期限", "写“整改:立即”或“整改:1个工作日”", clause, column)


@rule("WL512", "warning")
def no_cap(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """Points for each 处 or 次 have a cap.

    Why: without one, a single bad corridor can eat the score of a whole chapter.
    Bad: `扣分:0.5/处`.
    Good: `扣分:0.5/处,上限3`.
    """
    for clause, _, execution, line in _lines(document):
        deduction = line.deduction
        if deduction is not None and deduction.per in ("处", "次") and deduction.points and deduction.cap is None:
            at, column = _where(execution, "扣分")
            yield Fault(at, "扣分没有上限", "写成如“0.5/处,上限3”", clause, column)


@rule("WL513", "warning")
def measured_without_evidence(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What is measured leaves its reading as evidence.

    Why: a measured failure costs money, and the company may ask for the reading.
    Bad: `检查:测量` alone.
    Good: `检查:测量 | 证据:读数、照片`.
    """
    for clause, _, execution, line in _lines(document):
        if line.method is Method.MEASURE and "读数" not in line.evidence:
            at, column = _where(execution, "检查")
            yield Fault(at, "测量的项目没有要求记下读数", "写“证据:读数”", clause, column)


@rule("WL514", "warning")
def method_cannot_judge(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """测量 needs a limit to measure against.

    Why: without one the inspector has a number and no verdict.
    Bad: `地面应整洁。` with `检查:测量`.
    Good: `检查:查看`, or a sentence with a limit.
    """
    for clause, requirement in by_clause(document):
        execution = requirement.execution
        if execution is None or execution.values.get("检查") != Method.MEASURE.value:
            continue
        if not any(measure.kind == "limit" for measure in requirement.measures):
            at, column = _where(execution, "检查")
            yield Fault(at, "检查方法是测量，条款里却没有限值", "改用“查看”“查阅”，或写出限值", clause, column)


@rule("WL515", "warning", needs_world=True)
def selects_nothing(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A selector selects at least one place or thing of the estate.

    Why: a requirement without an object is never checked, and looks as if it were.
    Bad: `对象:场所/游泳池` in an area without one.
    Good: `对象:场所/卫生间`.
    """
    counts = shelf.world.selectors if shelf.world else {}
    for clause, _, execution, line in _lines(document):
        for selector in line.objects:
            known = [counts[str(one)] for one in (selector, *expand(selector)) if str(one) in counts]
            if known and not any(known):
                at, column = _where(execution, "对象")
                yield Fault(at, f"“{selector}”一个对象也没有选中", "改成办公区里有的场所或设备", clause, column)
