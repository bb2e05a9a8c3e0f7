"""Parts of a sentence that say together which case is meant, or what is measured in each."""

import re
from dataclasses import replace

from wolong.language.conditions import without
from wolong.language.names import PROPERTY
from wolong.language.parts import Part, is_gate
from wolong.language.patterns import lazy
from wolong.language.quantities import WITHIN
from wolong.language.seasons import SEASON
from wolong.language.tokens import COMPARE, LIST, MODAL, OPAQUE, PERIOD, QUANTITY, TEXT, Token
from wolong.language.units import TIMES, is_counted, is_gauged, is_time, is_unseen

_A_CASE = lazy(r"[\d一二三四五六七八九十百]\s?[^\d,]{0,5}以[上下]的$")
# 自事故发生之日起 30 日内, 伤亡人数发生变化的: in which days the case has to come
_IN_DAYS = lazy(
    r"之日起\s?(?:\d+|[一二两三四五六七八九十]+)\s?(?:个?工作日|个?月|[日天年])[^,]*内\s*(?:\([^)]*\))?\s*$"
)
# 采取措施后 48 h 内, 未接到通知的, 应解除; 验收之日起 6 个月内发现瑕疵, 发生争议的: no time of what is to be done
_WINDOW = lazy(
    r"(?:\d|[一二两三四五六七八九十百半])\s?个?(?:小时|工作日|月|[日天年周]|分钟|h|d|min)[以之]?内\s*(?P<happens>(?:发现|发生|出现|未|没有|仍|无人)[^,\d]*)?$"
)
_NOTHING_CAME = lazy(r"\s*(?:仍|又|均|尚)?(?:未|没有|无人)")
# 原租期在一年以上, 承租人需要继续承租的, 应……
_SO_MUCH = lazy(r"(?:在|满|达到?)\s?[\d一二两三四五六七八九十百][^,]{0,6}以[上下]\s*$")
_SO_THAT = lazy(r"\s*(?:需要|以致|致使|影响|造成)")  # 文件不能列明需求, 需要由供应商提供方案的
_REACHED = lazy(r"(?:降|升|恢复|达)[至到]\s?[^,]*\d[^,]*(?:以[上下内])?\s*$")
_ALL_OF_THEM = lazy(r"\s*[均都]\s*")
_OR = lazy(r"\s*(?:或者?|以及)")
_AND = lazy(r"\s*(?:或者|且|并且|未发生|未出现)")
_BUT_FOR = lazy(r"\s*除(?![尘草锈湿臭虫雪冰霜油垢颤害])[^外]*$")
_ALL_BUT = lazy(r"(?:之|以|(?<![室户内对海]))外\s*$")
_OR_SUCH = lazy(r"\s*(?:或者?|且|并且)[^,]*的[\u4e00-\u9fff]{1,10}\s*")
# 到场时间, 市区不超过 30 min, 郊区不超过 1 h: what is measured stands before the comma, in which case behind it.
_TOPIC = lazy(
    r"\s*(?!并|且|同时)(?:(?:身高|体重)|[\u4e00-\u9fff、()]{2,40})(?:(?<=身高)|(?<=体重)|[\u4e00-\u9fff]期|[风水流]量|[备格好时意]率|间隙|偏差|误差|净距|距离|系数|面积|指标|比例|占比|功率|电流|电压|速度|能耗|行程|时间|时限|期限|温度|湿度|照度|噪声|浓度|含量|年龄|总数|风速|间距|高度|厚度|宽度|电阻|压力)\s*"
)
# 变压器的巡视, 有人值守的每天一次, 无人值守的每 10 天一次: the same of what is done.
_DEED = lazy(
    r"\s*[\u4e00-\u9fff、]{2,30}(?:巡视|巡查|检查|检测|清洗|保养|维护|清扫|保洁|消毒|更换|检验|试验|演练|校验|测试|修剪|施肥)(?:周期|频次)?\s*"
)
_IS_DONE = lazy(r"(?:[洗扫查修换检测擦拖剪肥药练训养护验录报送收运除抽视洒灌排盘评议]|浇水|消毒|打蜡|保洁|演习|会)\s*$")
_EACH_CASE = lazy(
    r"\s*(?!(?:一般|原则上|通常)\s*$)[\u4e00-\u9fff](?:[\u4e00-\u9fff、]{1,11}?|[^,]{1,40}的[\u4e00-\u9fff]{2,8}?)\s*(?=(?:一般|原则上|则)?$)"
)


def by_case(parts: list[Part]) -> list[Part]:
    """到场时间, 市区不超过 30 min, 郊区不超过 1 h: the first part names what the next ones bound, each in its case."""
    kept = list(parts)
    at = 0
    while at + 1 < len(kept):
        is_first = all(one.only_condition for one in kept[:at])
        is_deed = _is_deed(kept[at], kept[at + 1])
        if is_deed or (
            is_topic(kept[at])
            and (as_case(kept[at + 1]) is not kept[at + 1] or (is_first and kept[at + 1].has_quantity))
        ):
            kept[at] = replace(kept[at], is_topic=True)
            at += 1
            while at < len(kept) and not (kept[at].only_condition or is_topic(kept[at])):
                kept[at] = as_case(kept[at], counted=is_deed)
                at += 1
            continue
        at += 1
    return kept


def is_topic(part: Part) -> bool:
    """Whether a part only names what the following ones bound, case by case."""
    return _only_names(part, _TOPIC)


def _is_deed(part: Part, behind: Part) -> bool:
    """Whether a part only names what is done, and the next one says how often in which case."""
    return _only_names(part, _DEED) and as_case(behind, counted=True) is not behind


def _only_names(part: Part, pattern: re.Pattern[str]) -> bool:
    is_bare = part.modal is None and part.condition is None and not part.only_condition
    words = part.text[part.start : part.end]
    return is_bare and all(one.kind in (TEXT, LIST) for one in part.tokens) and pattern.fullmatch(words) is not None


def as_case(part: Part, *, counted: bool = False) -> Part:
    """The part with the words before its bound, or its count of times, as its condition, unless they name a property of their own."""
    is_counted = any(one.kind == PERIOD for one in part.tokens)
    if part.condition or part.only_condition or is_counted is not counted:
        return part
    if counted and any(one.kind not in (PERIOD, QUANTITY, COMPARE) for one in part.tokens[1:]):
        return part  # 地毯每周清洗一次: it says itself what is done
    bound = next((one.start for one in part.tokens if one.kind in (COMPARE, MODAL, QUANTITY, PERIOD)), part.start)
    case = _EACH_CASE.match(part.text[part.start : bound])
    if case is None or (counted and _IS_DONE.search(case.group())) or PROPERTY.search(case.group().strip()):
        return part
    return without(part, part.start, bound, case.group().strip())


_IS_SIZE = lazy(rf"(?:{PROPERTY.pattern}|[金总价]额|年限)$")
_SETS_UP = lazy(r"\s*(?:设[置立]?|配[备置]?|派|安排|安装|布置)[\u4e00-\u9fff]{0,6}\s*")


def told_by_bound(part: Part) -> Part | None:
    """面积小于 50 ㎡设 1 个出口, 大于 50 ㎡设 2 个: a bound that what is to be done follows at once says in which case."""
    tokens = [one for one in part.tokens if part.text[one.start : one.end].strip()]
    at = next((place for place, one in enumerate(tokens) if one.kind not in (TEXT, LIST, COMPARE)), None)
    bound = tokens[at].quantity if at is not None else None
    if part.modal or at is None or bound is None or not _is_done_then(part, tokens[at + 1 :]):
        return None
    word = tokens[at - 1].word if at and tokens[at - 1].kind == COMPARE else ""
    is_led = at > (1 if word else 0)
    name = "".join(part.text[one.start : one.end] for one in tokens[:at] if one.kind == TEXT).strip()
    # 水温不低于 60 ℃每日检测 1 次 asks for both; 保安 2 人以上 are to be there.
    strict = word in ("gt", "lt")
    is_long = is_time(bound.unit) and bound.unit not in ("month", "a")
    sizes = word == "le" or bound.after in ("以上", "以下") or (bound.form == "range" and not (is_led or is_long))
    is_seen = not (is_gauged(bound.unit) or is_unseen(bound.unit) or bound.unit in (None, "%", TIMES))
    if strict or (sizes and is_seen and (not is_led or _IS_SIZE.search(name))):
        return without(part, part.start, tokens[at].end, part.text[part.start : tokens[at].end].strip())
    return None


def _is_done_then(part: Part, behind: list[Token]) -> bool:
    """每年检验 1 次, 3 日内审批, 设 1 个出口: right behind a bound."""
    kinds = [one.kind for one in behind[:2]]
    if not kinds:
        return False
    if kinds[0] == PERIOD:
        return kinds[1:] == [TEXT]
    amount = next((one.quantity for one in behind if one.quantity), None)
    if amount is None:
        return False
    if kinds[0] == QUANTITY:
        return is_time(amount.unit) and amount.after in WITHIN
    words = part.text[behind[0].start : behind[0].end]
    return kinds == [TEXT, QUANTITY] and is_counted(amount.unit) and _SETS_UP.fullmatch(words) is not None


# 检查下列情况: tells of none
_ONE_OF = lazy(r"(?:下列|以下)[^,。;:]{0,16}(?:之一|[情状][形况](?=的|,|时|下|应|须))")
_AS_FOLLOWS = lazy(r"下列|以下|如下")


def tells_cases(text: str) -> bool:
    """Whether a stem heads cases; 遇下列情况应采取以下措施 heads what is asked."""
    told = _ONE_OF.search(text)
    return told is not None and _AS_FOLLOWS.search(text, told.end()) is None


def which_cases(parts: list[Part]) -> list[Part]:
    """有下列情形之一的, 应停用: 使用超过 15 年: what stands behind the colon are cases, and asks for nothing."""
    colon = next((one.end for one in parts if one.text.startswith(":", one.end)), None)
    if colon is None or not tells_cases(parts[0].text[:colon]):
        return parts
    return [replace(one, tokens=unread(one)) if one.start > colon and one.modal is None else one for one in parts]


def unread(part: Part) -> tuple[Token, ...]:
    """The tokens of a part that bounds nothing, so that its numbers are named and none is a measure."""
    kinds = {QUANTITY: OPAQUE, PERIOD: OPAQUE, COMPARE: TEXT}
    return tuple(replace(one, kind=kinds.get(one.kind, one.kind), quantity=None, period=None) for one in part.tokens)


_BUT_THESE = lazy(
    r"\s*(?:但是?)?(?P<exception>(?:(?<=但)|(?<=但是)|(?=[^,()]*的除外)|(?![^,()]*\d))(?!是)[^,()]{2,40}除外)\s*:?"
)
_BUT = lazy(r"\s*但是?(?P<begin>)[^,()\d]+")
# (雨天不浇): when it is not done is an exception too.
_BUT_THESE_IN_BRACKETS = lazy(
    rf"\({_BUT_THESE.pattern}\)|\((?P<season>{SEASON}(?:[可暂]?(?:不(?![少小低大高超应得])|停|免)[^,()\d]{{0,6}}))\)"
)


def but_for_these(parts: list[Part]) -> list[Part]:
    """每日清扫 1 次, 节假日除外: the exception belongs to the part before, as it does in brackets; at the head it leads."""
    kept: list[Part] = []
    for at, part in enumerate(parts):
        behind = _BUT_THESE.fullmatch(part.text, part.start, part.end) if part.modal is None else None
        inside = _BUT_THESE_IN_BRACKETS.search(part.text, part.start, part.end)
        first = _BUT.fullmatch(kept[-1].text, kept[-1].start, kept[-1].end) if behind and len(kept) > 1 else None
        if behind and first and kept[-1].modal is None:
            kept.pop()  # 但为恢复规划用途, 停止使用的除外
            exception = part.text[first.start("begin") : behind.end("exception")]
            kept[-1] = replace(kept[-1], exception=exception)
        elif behind and kept:
            kept[-1] = replace(kept[-1], exception=behind["exception"])
        elif behind and at + 1 < len(parts):
            kept.append(_as_condition(part))
        elif inside:
            clear = without(part, inside.start(), inside.end())
            exception = inside["exception"] or inside["season"]
            kept.append(replace(clear, condition=part.condition, exception=exception))
        else:
            kept.append(part)
    return kept


def each_its_period(parts: list[Part]) -> list[Part]:
    """安全阀每年、压力表每半年校验一次: what is done, and how many times, is said once, behind the last period."""
    kept = list(parts)
    for at in range(len(kept) - 1, 0, -1):
        before, part = kept[at - 1], kept[at]
        period = next((place for place, one in enumerate(part.tokens) if one.kind == PERIOD), None)
        if period is None or not _ends_in_period(before):
            continue
        behind = part.tokens[period + 1 :]
        counts = [one for one in behind if one.kind == QUANTITY]
        says = any(one.kind == TEXT and part.text[one.start : one.end].strip() for one in behind)
        if says and len(counts) == 1 and counts[0].quantity and counts[0].quantity.unit == TIMES:
            kept[at - 1] = replace(before, tokens=(*before.tokens, *behind), shares=True)
            kept[at] = replace(part, shares=True)
    return kept


def _ends_in_period(part: Part) -> bool:
    last = next((one for one in reversed(part.tokens) if part.text[one.start : one.end].strip()), None)
    counted = any(one.kind == QUANTITY for one in part.tokens)
    is_period = last is not None and last.kind == PERIOD and part.text.startswith("每", last.start)  # none is 日产日清
    speaks = any(one.kind == TEXT and part.text[one.start : one.end].strip() for one in part.tokens)
    return is_period and not counted and (speaks or part.condition is not None)


def excepted(parts: list[Part]) -> list[Part]:
    """除因性质特殊, 不能确定要求外, ……: the exception reaches to its 外, and no word in it rules."""
    for at, part in enumerate(parts):
        if not _BUT_FOR.match(part.text, part.start, part.end):
            continue
        ends = (
            to for to in range(at + 1, min(at + 4, len(parts) - 1)) if _ALL_BUT.search(parts[to].text[: parts[to].end])
        )
        last = next(ends, None)
        if last is not None:
            whole = part.text[part.start : parts[last].end].strip()
            joined = replace(part, end=parts[last].end, tokens=(), modal=None, condition=whole, only_condition=True)
            return [*parts[:at], joined, *parts[last + 1 :]]
    return parts


def scoped(parts: list[Part]) -> list[Part]:
    """胸径 50 cm 以上, 行道树 20 株以上的, ……; 为四层以上, 或高度超过 9 m 的住宅, ……: all of it says which case is meant."""
    kept = list(parts)
    for at in range(len(kept) - 1, 0, -1):
        before, part = kept[at - 1], kept[at]
        if before.only_condition:
            continue
        condition = part.condition or ""
        is_case = condition.endswith("的") or (condition.endswith("时") and _OR.match(part.text, part.start))
        if part.only_condition and is_case and _leads_up(before, part):
            whole = part.text[before.start : part.end].strip()
            kept[at - 1 : at + 1] = [replace(part, start=before.start, condition=whole)]
        elif _has_to_come_first(before, part):
            kept[at - 1] = _as_condition(before)
        elif before.modal is None and before.has_quantity:
            kept[at - 1] = _place_or_size(before, part)
    return kept


_WANTED = lazy(r"(?<![重主需首必只])要(?:达到?|保持|控制|做到|不)")  # 满意度要达到 85%, 低于 80%的, 甲方可……


def _leads_up(before: Part, part: Part) -> bool:
    """Whether a part tells of the same case as the one behind it, which ends in 的."""
    if before.modal is not None:
        return _doubts(before, before.modal, part)
    window = _WINDOW.search(before.text[before.start : before.end].rstrip())
    if window and (window["happens"] or _NOTHING_CAME.match(part.text, part.start)):
        return True
    if _WANTED.search(part.text[before.start : before.end]):
        return False
    if (
        _OR.match(part.text, before.start)
        or _AND.match(part.text, part.start)
        or _IN_DAYS.search(part.text[before.start : before.end])
    ):
        return True
    last = before.tokens[-1].quantity if before.has_quantity else None
    if _SO_MUCH.search(part.text[before.start : before.end]) and part.text.startswith(",", part.end):
        return True
    sizes = _A_CASE.search(part.condition or "") and last is not None and last.after in ("以上", "以下")
    return bool(sizes) or (
        before.has_quantity and any(one.kind == COMPARE and one.word in ("gt", "lt") for one in before.tokens)
    )


def _has_to_come_first(before: Part, part: Part) -> bool:
    """臭氧浓度降至 0.16 mg/m³以下, 人员方可进入: what has to be reached before."""
    gates = part.modal is not None and is_gate(part.text, part.modal)
    return gates and before.modal is None and _REACHED.search(before.text[before.start : before.end]) is not None


def _place_or_size(before: Part, part: Part) -> Part:
    """4 m 以内, 均应……: a place, which is a condition; 四层以上, 或高度超过 9 m 的住宅, ……: a size, which bounds nothing."""
    is_all = part.modal is not None and _ALL_OF_THEM.fullmatch(part.text[part.start : part.modal.start])
    if (is_all or (part.condition or "").endswith("以内")) and _is_near(before):
        return _as_condition(before)
    is_named = part.modal is None and not part.has_quantity
    return replace(before, tokens=()) if is_named and _OR_SUCH.fullmatch(part.text[part.start : part.end]) else before


def _as_condition(part: Part) -> Part:
    """The part as nothing but a condition."""
    return replace(part, tokens=(), condition=part.text[part.start : part.end].strip(), only_condition=True)


def _doubts(before: Part, modal: Token, part: Part) -> bool:
    """可能影响质量的, 不能确保安全, ……的: what may be or cannot be is the case, and rules nothing."""
    if part.text.startswith("可能", modal.start):
        return True
    leads = not before.subject or _SO_THAT.match(part.text, part.start) is not None
    return leads and part.text.startswith("不能", modal.start)


def _is_near(part: Part) -> bool:
    """进入接地点 4 m 以内, 均应穿绝缘靴: where, with no bound and no period."""
    last = part.tokens[-1].quantity
    return last is not None and last.after == "以内" and not any(one.kind in (COMPARE, PERIOD) for one in part.tokens)
