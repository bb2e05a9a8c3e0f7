"""Requirements in the making, and what is settled once all their parts are read: intervals, names, what allows nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from wolong.language.modals import SHALL
from wolong.language.names import PROPERTY, clean_name, is_actor
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.tokens import PERIOD, TEXT
from wolong.language.tree import Measure
from wolong.language.units import is_time


@dataclass(slots=True)
class Draft:
    """A requirement in the making; `ordinal` counts the requirements of its sentence from 0.

    `is_led` when its condition is a part of its own, which holds for all that follows.
    """

    modality: str
    ordinal: int = 0
    parts: list[Part] = field(default_factory=list)
    subject: str | None = None
    object: str | None = None
    condition: str | None = None
    predicates: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    tables: tuple[str, ...] = ()
    """The labels of the tables that hold what is asked for."""
    bound: str = ""
    """How a cell of them bounds where nothing else says it (不应大于表 1 的规定)."""
    numbers: list[str] = field(default_factory=list)
    is_led: bool = False


def beside_ban(condition: str | None, *, before: Sequence[Draft], among: list[Draft]) -> Draft:
    """不应大于 75 ℃, 电机无异响: what a forbidden bound does not reach is asked for with what was before in the same case."""
    host = next((one for one in (*reversed(among), *reversed(before)) if one.modality == SHALL), None)
    if host is None or host.condition != condition:
        host = Draft(SHALL, condition=condition)
        among.append(host)
    return host


def joined_bounds(measures: list[Measure]) -> list[Measure]:
    """不低于18、不高于26 on one property and condition is one interval."""
    joined: list[Measure] = []
    for measure in measures:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == measure.kind
            and last.kind != "deadline"
            and (last.property, last.condition, last.per) == (measure.property, measure.condition, measure.per)
            and (last.unit == measure.unit or last.unit is None or measure.unit is None)
            and (last.low is None) != (measure.low is None)
            and (last.high is None) != (measure.high is None)
        ):
            low, high = (last, measure) if last.high is None else (measure, last)
            joined[-1] = replace(
                last,
                low=low.low,
                high=high.high,
                low_open=low.low_open,
                high_open=high.high_open,
                unit=last.unit or measure.unit,
            )
        else:
            joined.append(measure)
    return joined


_SHARED = lazy(
    r"(?P<what>.+?(?:率|温度|湿度|照度|噪声|浓度|时间|含量|风速|厚度|高度|间距|周期|品种))(?P<case>[\u4e00-\u9fff]{0,6}(?:食堂|区域?|草坪|[灌乔]木|餐|班|楼|室|厅|岗|机|梯|场|车|库|人|员|类|级|型|处|部位|设备|道|廊|树))"
)


def case_by_case(measures: list[Measure]) -> list[Measure]:
    """去除效率大型食堂不低于 85%, 中型食堂不低于 75%: what is measured is said once, each time of another case."""
    for at, (first, second) in enumerate(pairwise(measures)):
        shared = _SHARED.fullmatch(first.property or "")
        if (
            shared
            and first.kind == second.kind == "limit"
            and first.unit == second.unit
            and not any(map(PROPERTY.search, (shared["case"], second.property or shared["what"])))
        ):
            told = list(measures)
            for place in range(at, len(told)):
                case = shared["case"] if place == at else told[place].property
                if told[place].kind != "limit" or told[place].unit != first.unit or PROPERTY.search(case or ""):
                    break
                told[place] = replace(told[place], property=shared["what"], condition=case)
            return told
    return measures


def leave_out_what_allows_nothing(draft: Draft) -> None:
    """不少于 9、不大于 0: bounds that leave nothing between them were not meant so, and are not read."""
    empty = [one for one in draft.measures if one.low is not None and one.high is not None and one.low > one.high]
    if empty:
        draft.measures = [one for one in draft.measures if one not in empty]
        draft.unread.extend(draft.numbers)


def but_for(draft: Draft, exception: str | None, *, known: int) -> None:
    """每日清扫 1 次, 节假日除外: of what was measured last, or of what is done."""
    if exception is None:
        return
    for at in range(known, len(draft.measures)):
        condition = draft.measures[at].condition
        draft.measures[at] = replace(
            draft.measures[at], condition=f"{condition}({exception})" if condition else exception
        )
    if known == len(draft.measures):
        draft.condition = f"{draft.condition}({exception})" if draft.condition else exception


def name_of_each(draft: Draft, part: Part, *, known: int) -> None:
    """安全阀每年、压力表每半年校验一次: whose deed it is tells one from the other."""
    if not part.shares:
        return
    before = takewhile(lambda one: one.kind != PERIOD, part.tokens)
    whose = clean_name("".join(part.text[one.start : one.end] for one in before if one.kind == TEXT))
    for at in range(known, len(draft.measures)):
        draft.measures[at] = replace(draft.measures[at], property=f"{whose}{draft.measures[at].property or ''}" or None)


def name_by_then(draft: Draft, part: Part) -> bool:
    """收到通知之日起 5 个工作日内, 应提交报告: what has to be done by then stands in the next part."""
    last = draft.measures[-1] if draft.measures else None
    action = clean_name(part.rest)
    if last is None or last.kind != "deadline" or last.property or not action or _BY_RULE.match(action):
        return False
    if _done_before(draft, last):
        return False
    if _BANS.search(action):
        draft.measures.pop()  # 自撤销之日起 3 年内, 不予受理: how long, and nothing that is to be done by then
        draft.unread.append(draft.numbers[-1])
        return False
    draft.measures[-1] = replace(last, property=action)
    return True


_BANS = lazy(r"不予|不再|不得|不受理")


_BY_RULE = lazy(
    r"(?:按照?|根据|依照|依据|参照)[^,]*(?:规定|要求|约定|标准|程序|方案|办法|内容|条款|原则|规范|制度|流程)$"
    r"|会同[^,]+(?:部门|单位|机关|机构|政府|办事处|委员会|公司|人员)$"
)  # how and with whom, not what
_COSTS = lazy(r"[扣罚]|违约")


def name_beside(draft: Draft, part: Part, *, known: int) -> None:
    """登记之日起一个月内, 对经营情况至少检查一次: a part with its own number says too what has to be done by then."""
    last = draft.measures[known - 1] if known else None
    is_case = _COSTS.search(part.rest) or any(one.quantity and is_time(one.quantity.unit) for one in part.tokens)
    if (
        last is not None
        and not is_case
        and last.kind == "deadline"
        and not last.property
        and not _done_before(draft, last)
    ):
        draft.measures[known - 1] = replace(last, property=clean_name(part.rest) or None)


def _done_before(draft: Draft, measure: Measure) -> str:
    """申领须提前 2 个工作日, 紧急物资当天配送: what stands before the verb has to be done by then."""
    ruled = next((part for part in draft.parts if part.modal is not None), None)
    subject = clean_name(ruled.subject) if ruled and measure.direction == "before" else ""
    return "" if is_actor(subject) else subject


def do_by_then(draft: Draft) -> None:
    """What has to be done by then, where no words behind the time say it."""
    for at, measure in enumerate(draft.measures):
        if measure.kind != "deadline" or measure.property is not None:
            continue
        following = draft.measures[at + 1] if at + 1 < len(draft.measures) else None
        before = draft.measures[at - 1] if at else None
        names_next = following is not None and following.kind == "deadline" and following.property
        if before and _is_said_once(before, measure) and not (draft.predicates or names_next):
            draft.measures[at] = replace(measure, property=before.property)  # 应提前 1 d 发出, 大型会议提前 3 d
        elif subject := _done_before(draft, measure):
            draft.measures[at] = replace(measure, property=subject)
        elif following and following.kind == "deadline" and following.property and following.event == measure.event:
            draft.measures[at] = replace(measure, property=following.property)  # 市区 30 min, 郊区 1 h 内到达
        elif draft.predicates:
            draft.measures[at] = replace(measure, property="".join(draft.predicates.pop().split()))
        elif following:
            draft.measures[at] = replace(measure, property=following.property)


def _is_said_once(first: Measure, second: Measure) -> bool:
    """Whether two times are of one deed, which the first has said."""
    same = (first.direction, first.event) == (second.direction, second.event)
    return first.kind == "deadline" and bool(first.property) and same


def _thing(subject: str | None) -> str | None:
    return None if subject is None or is_actor(subject) else subject


def tell_deadlines_apart(draft: Draft, told: list[tuple[Measure, str]]) -> None:
    """急修 20 min 内到达, 一般维修 2 h 内到达: one deed, by when in which case; `told` has what was spoken of before each, in turn."""
    spoken = [_take(told, one) if one.kind == "deadline" else "" for one in draft.measures]
    cases = [
        (at, one, case)
        for at, (one, case) in enumerate(zip(draft.measures, spoken, strict=True))
        if _tells_case(case) and one.condition is None
    ]
    for at, first, case in cases:
        tells = case.endswith("的") or not any(other.endswith("的") for _, _, other in cases)
        if (
            tells
            and case != first.property
            and any(_is_other_time(first, second) and case != other for _, second, other in cases)
        ):
            draft.measures[at] = replace(first, condition=case)


def _take(told: list[tuple[Measure, str]], measure: Measure) -> str:
    """What was spoken of before a deadline, which may have been named since."""
    for at, (one, spoken) in enumerate(told):
        if replace(one, property=measure.property) == measure:
            del told[at]
            return spoken
    return ""


_LONGEST_CASE = 8
_AN_OFFICE = lazy(r"(?:中心|方)$")


def _tells_case(subject: str) -> bool:
    """急修, 一般维修: short, and nobody who acts."""
    return 0 < len(subject) <= _LONGEST_CASE and not is_actor(subject) and not _AN_OFFICE.search(subject)


def _is_other_time(first: Measure, second: Measure) -> bool:
    """Whether both say by when one deed is done, and differ."""
    names = first.property or "", second.property or ""
    is_one = all(names) and (names[0] in names[1] or names[1] in names[0])
    same = (first.direction, first.event) == (second.direction, second.event)
    return is_one and same and (first.high, first.low, first.unit) != (second.high, second.low, second.unit)


def name_deadlines(drafts: Sequence[Draft]) -> None:
    """市区应在 30 min 内、郊区应在 1 h 内到达: what stands behind the last time is to be done by all; else the subject is."""
    action: str | None = None
    for draft in reversed(drafts):
        for at in reversed(range(len(draft.measures))):
            measure = draft.measures[at]
            if measure.kind != "deadline":
                action = None
                continue
            action = measure.property or action
            if measure.property is None:
                draft.measures[at] = replace(measure, property=action or _thing(draft.subject))
        if draft.predicates:
            action = None
