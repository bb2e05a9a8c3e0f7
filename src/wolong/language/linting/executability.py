"""WL5: whether a requirement can be kept and checked."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from wolong.language.execution import ExecutionLine, Method, parse_execution
from wolong.language.linting.registry import Fault, Shelf, World, at_hand, by_clause, rule
from wolong.language.modals import BINDING
from wolong.language.selectors import expand
from wolong.language.tree import Document, Execution, Measure, Requirement
from wolong.language.units import is_gauged, is_unseen
from wolong.language.wording import words_of

NEEDED = ("对象", "检查", "频次")


@lru_cache(maxsize=4096)
def _parsed(items: tuple[tuple[str, str | bool], ...]) -> ExecutionLine:
    return parse_execution(dict(items))[0]


@at_hand
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
    Bad:
        4.1 大厅地面应无积水。
        > 对象:场所/大厅 | 责任:保洁
    Good:
        4.1 大厅地面应无积水。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C
    Mend: Add what the message names. A text without a single execution line is told so once.
    """
    if not any(clause.executions for clause in document.clauses):
        yield from _without_lines(document)
        return
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


def _without_lines(document: Document) -> Iterator[Fault]:
    """An ordinary standard, as a word processor left it: one word for all its requirements."""
    binding = [(clause, one) for clause, one in by_clause(document) if one.modality in BINDING]
    if binding:
        clause, first = binding[0]
        message = f"全文 {len(binding)} 条要求都没有执行行"
        help_text = "在条款后用“> 对象:… | 检查:… | 频次:…”写明怎么查"
        # Nobody adds execution lines to the state's text; the house's own standard carries them.
        severity = "info" if document.level in ("国家", "行业", "地方", "团体") else None
        yield Fault(first.line, message, help_text, clause, first.column, severity=severity)


@rule("WL511", "error")
def veto_without_term(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A failure of severity A has its time to be put right.

    Why: A vetoes the whole score; how long the danger may last must not be left open.
    Bad:
        4.1 疏散通道应畅通。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:A
    Good:
        4.1 疏散通道应畅通。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:A | 整改:立即
    Mend: Write `整改:立即` or the working days.
    """
    for clause, _, execution, line in _lines(document):
        if line.severity == "A" and line.term is None:
            at, column = _where(execution, "等级")
            yield Fault(at, "等级 A 没有写整改期限", "写“整改:立即”或“整改:1个工作日”", clause, column)


@rule("WL512", "warning")
def no_cap(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """Points for each 处 or 次 have a cap.

    Why: without one, a single bad corridor can eat the score of a whole chapter.
    Bad:
        4.1 地面应干净。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C | 扣分:0.5/处
    Good:
        4.1 地面应干净。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C | 扣分:0.5/处,上限3
    Mend: Write the cap behind the points.
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
    Bad:
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
        > 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度
    Good:
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
        > 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度 | 证据:读数
    Mend: Write `证据:读数`.
    """
    for clause, _, execution, line in _lines(document):
        if line.method is Method.MEASURE and "读数" not in line.evidence:
            at, column = _where(execution, "检查")
            yield Fault(at, "测量的项目没有要求记下读数", "写“证据:读数”", clause, column)


@rule("WL514", "warning")
def method_cannot_judge(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """The method of checking can judge what is asked: 测量 needs a limit, and what only an instrument tells needs 测量.

    Why: a number without a limit gives no verdict, and whoever asks or looks knows neither the lux nor the decibels.
    Bad:
        4.1 地面应整洁。
        > 对象:场所/大厅 | 责任:保洁 | 检查:测量 | 频次:每月 | 证据:读数

        4.2 照度不应低于 100 lx。
        > 对象:场所/大厅 | 责任:供配电 | 检查:询问 | 频次:每年 | 等级:C
    Good:
        4.1 地面应整洁。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C

        4.2 照度不应低于 100 lx。
        > 对象:场所/大厅 | 责任:供配电 | 检查:测量 | 频次:每年 | 等级:C | 证据:读数
    Mend: Look where there is no limit (查看), or write it; measure what only an instrument tells.
    """
    for clause, requirement in by_clause(document):
        execution = requirement.execution
        method = execution.values.get("检查") if execution else None
        if execution is None or not isinstance(method, str):
            continue
        at, column = _where(execution, "检查")
        limits = [measure for measure in requirement.measures if measure.kind == "limit"]
        if method == Method.MEASURE.value and not limits:
            yield Fault(at, "检查方法是测量，条款里却没有限值", "改用“查看”“查阅”，或写出限值", clause, column)
        unseen = next((one for one in limits if _is_beyond(method, one)), None)
        if unseen:
            message = f"“{words_of(unseen)}”要用仪器测，{method}判定不了"
            yield Fault(at, message, "改用“测量”，或“查阅”仪器的记录", clause, column)


def _is_beyond(method: str, limit: Measure) -> bool:
    """Whether only an instrument tells what is asked for or looked at; a gauge on the wall can be looked at."""
    asks, looks = method == Method.ASK.value, method == Method.LOOK.value
    return (asks and is_gauged(limit.unit)) or ((asks or looks) and is_unseen(limit.unit))


@rule("WL515", "warning", needs=World.counts)
def selects_nothing(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A selector selects at least one place or thing of the estate.

    Why: a requirement without an object is never checked, and looks as if it were.
    Bad:
        4.1 池水应清澈。
        > 对象:场所/游泳池 | 责任:保洁 | 检查:查看 | 频次:每月
    Good:
        4.1 地面应干净。
        > 对象:场所/卫生间 | 责任:保洁 | 检查:查看 | 频次:每月
    Mend: Select what the area has, or exclude the clause in its profile.
    """
    selecting = _selecting(shelf.world.selectors if shelf.world else {})
    for clause, _, execution, line in _lines(document):
        for selector in line.objects:
            if not any(str(one) in selecting for one in (selector, *expand(selector))):
                at, column = _where(execution, "对象")
                yield Fault(at, f"“{selector}”一个对象也没有选中", "改成办公区里有的场所或设备", clause, column)


def _selecting(counts: Mapping[str, int]) -> frozenset[str]:
    """The selectors that select something, and those above them: who has 设备/电梯/客梯[使用年限>15] has 设备/电梯."""
    paths = [(selector, selector.partition("[")[0].split("/")) for selector, count in counts.items() if count]
    above = {"/".join(path[:depth]) for _, path in paths for depth in range(1, len(path) + 1)}
    return frozenset(above | {selector for selector, _ in paths})


@rule("WL516", "warning")
def nobody_does_it(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A binding requirement says whose duty it is.

    Why: a failure that is nobody's is paid for by nobody.
    Bad:
        4.1 大厅地面应无积水。
        > 对象:场所/大厅 | 检查:查看 | 频次:每月
    Good:
        4.1 大厅地面应无积水。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月
    Mend: Write the service line or the post: `责任:保洁`.
    """
    for clause, requirement, execution, _ in _lines(document):
        if requirement.modality in BINDING and "责任" not in execution.values:
            yield Fault(execution.line, "执行行缺责任", "写上服务线或岗位，如“责任:保洁”", clause, execution.column)


@rule("WL517", "warning")
def recommendation_fined(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What is recommended or allowed costs no points.

    Why: 宜 leaves the choice; whoever is fined for it will say so.
    Bad:
        4.1 大厅宜摆放绿植。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C | 扣分:1/处,上限2
    Good:
        4.1 大厅宜摆放绿植。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C
    Mend: Write 应 where it is meant, or take the points away.
    """
    bound = {id(one.execution) for one in document.requirements if one.modality in BINDING}
    for clause, _, execution, line in _lines(document):
        if line.deduction and line.deduction.points and id(execution) not in bound:
            at, column = _where(execution, "扣分")
            yield Fault(at, "推荐或允许的事扣了分", "确要扣分就写“应”，否则去掉扣分", clause, column)


@rule("WL518", "warning")
def points_without_severity(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """Points go with a severity.

    Why: the severity decides the time to put it right and whether it vetoes; points alone decide nothing of this.
    Bad:
        4.1 地面应干净。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 扣分:1/处,上限3
    Good:
        4.1 地面应干净。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C | 扣分:1/处,上限3
    Mend: Write `等级:` A, B, C or O.
    """
    for clause, _, execution, line in _lines(document):
        if line.deduction and line.deduction.points and "等级" not in execution.values:
            at, column = _where(execution, "扣分")
            yield Fault(at, "有扣分，没有等级", "写上“等级:C”等", clause, column)
