"""Numbers that belong to a name: they say which thing is meant and bound nothing (380 V 供电电压, 超过 2 m 的作业)."""

import re
from dataclasses import replace
from itertools import pairwise
from operator import is_

from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.quantities import WITHIN
from wolong.language.tokens import COMPARE, OPAQUE, PERIOD, QUANTITY, TEXT, Token
from wolong.language.units import TIMES, dimension, is_counted, is_time

# 低于 80% 的项目应……, 90 天内重复发生的问题应……: a number in what only says which thing is meant.
_ATTRIBUTE = lazy(
    r"[^,;。]*的[\u4e00-\u9fff、]{0,12}\s*$|[^,;。]*\d\s?[a-zA-Z㎡℃%]+\d?的[\u4e00-\u9fff、]{2,24}\s*$|的[\u4e00-\u9fff、]{2,24}\s*$"
)
# 2 米以上玻璃每月……: the same without 的.
_SIZED = lazy(r"[\u4e00-\u9fff]{2,}")
_THING = lazy(r"\s*[\u4e00-\u9fff、]{2,}\s*$")
_SETS = lazy(
    r"[由为是]\s*$|^\s*[并且有]|组织|接受|开展|参加|安排|具有|具备|拥有|设置|设立|增设|设(?=\s*$|不[小少低])|划定|配[备置足]|备[有足]|储备|派驻|指派|指定|布置|采用|使用|安装|预留|选用|提供|保持|留[有出]|支付|缴纳|处[以合违]|享受|享有|订立|签订|扣(?!分)|罚|承担|赔偿"
)


_AROUND = lazy(r"(?:周围|四周|附近|周边)\s*$")
_OR_ELSE = lazy(r"\s*或|范围[内外]")  # 行驶 5 万公里或使用 3 年应更换; 下方 0.5 m 范围内不应堆物
_DENIES = lazy(r"不(?:再|必|用|需|须)?(?:按)?\s*$")
_SERVES_AS = lazy(r"作为[^,、\d]{0,14}$")


def named(part: Part) -> Part:
    """380 V 供电电压偏差应…: a number inside the subject belongs to the name and bounds nothing."""
    tokens = _around(_serving(_aside(_denied(list(part.tokens), part), part), part), part)
    tokens = _rated(_bracketed(_specified(_sized(tokens, part), part), part), part)
    if part.modal is None:
        return _with(part, _grouped(_attributed(tokens, part), part))
    tokens = _belonging(tokens, part, part.modal)
    for at, token in enumerate(tokens):
        if token.kind != QUANTITY or token.quantity is None or token.start > part.modal.start:
            continue
        if token.quantity.after in ("以上", "以下") and _THING.match(part.text[token.end : part.modal.start]):
            tokens[at] = _plain(token)  # 胸径 10 cm 以上乔木应…
        if token.quantity.after in WITHIN and dimension(token.quantity.unit) == "length":
            tokens[at] = _nameless(token)  # 动火点 10 m 内不应有可燃物: where
            continue
        if token.quantity.after is not None or (token.quantity.unit or "").startswith("次"):
            continue
        if is_time(token.quantity.unit) and part.text[: token.start].rstrip().endswith(("前", "后")):
            continue  # 开餐前 15 min 菜品应上齐: a deadline
        behind = part.text[token.end : part.modal.start]
        bound = any(other.kind in (COMPARE, PERIOD) for other in tokens[:at])
        alone = not behind.strip() and not part.text[part.start : token.start].strip()  # 10 kV 不应小于 0.7 m
        if not bound and (alone or behind.startswith("处") or re.match(r"\s*[\u4e00-\u9fff]{2,}", behind)):
            tokens[at] = _nameless(token) if _OR_ELSE.match(behind) else _plain(token)
    return _with(part, tokens)


def _with(part: Part, tokens: list[Token]) -> Part:
    return (
        part
        if len(tokens) == len(part.tokens) and all(map(is_, tokens, part.tokens))
        else replace(part, tokens=tuple(tokens))
    )


def _plain(token: Token) -> Token:
    return replace(token, kind=TEXT, quantity=None, period=None)


def _nameless(token: Token) -> Token:
    """A number that bounds nothing and stands in no name or condition either, so that it is named as unread."""
    return replace(token, kind=OPAQUE, quantity=None, period=None)


def _denied(tokens: list[Token], part: Part) -> list[Token]:
    """可不每日清扫: what need not be done so often."""
    for at, token in enumerate(tokens):
        if token.kind == PERIOD and _DENIES.search(part.text[part.start : token.start]):
            tokens[at] = _nameless(token)
    return tokens


def _serving(tokens: list[Token], part: Part) -> list[Token]:
    """不得作为提升高度超过 30 m 的运输设备: which sort of thing it may not serve as."""
    if "作为" not in part.text:
        return tokens
    for at, token in enumerate(tokens):
        is_sort = token.kind == QUANTITY and part.text.startswith("的", token.end)
        if is_sort and _SERVES_AS.search(part.text[part.start : token.start]):
            tokens[at] = _plain(token)
    return tokens


def _aside(tokens: list[Token], part: Part) -> list[Token]:
    """每周(夏季每日)清洗 1 次: the count is of the period before the bracket, and what stands inside is unread."""
    for at, token in enumerate(tokens):
        closed = part.text.find(")", token.end, part.end) if token.kind == PERIOD else -1
        if closed < 0 or not part.text.startswith("(", token.end):
            continue
        inside = [place for place in range(at + 1, len(tokens)) if tokens[place].end <= closed]
        for place in inside:
            if tokens[place].kind in (PERIOD, QUANTITY, COMPARE):
                tokens[place] = _nameless(tokens[place])
    return tokens


def _around(tokens: list[Token], part: Part) -> list[Token]:
    """探测器周围 0.5 m 内, 不应有遮挡物: where."""
    for at, token in enumerate(tokens):
        within = token.quantity is not None and token.quantity.after in WITHIN
        if within and _AROUND.search(part.text[part.start : token.start]):
            tokens[at] = _nameless(token)
    return tokens


def _belonging(tokens: list[Token], part: Part, modal: Token) -> list[Token]:
    """超过 2 m 的作业应…: numbers that say which thing is meant; a share of all (三分之二以上的人员) is one nobody reads."""
    for at, token in enumerate(tokens):
        if token.kind not in (QUANTITY, PERIOD, COMPARE) or token.end > modal.start:
            continue
        # A name of one and the same thing may hold 的 too; only a number makes it one thing among others.
        later = [one for one in tokens[at:] if one.kind == QUANTITY and one.end <= modal.start]
        if not (
            later
            and _ATTRIBUTE.fullmatch(part.text[later[-1].end : modal.start])
            and _ATTRIBUTE.fullmatch(part.text[token.end : modal.start])
        ):
            continue
        share = token.quantity is not None and token.quantity.unit in (None, "%")
        if share and not part.text[part.start : token.start].strip():
            tokens[at] = _nameless(token)
        else:
            tokens[at] = _plain(token)
    return tokens


def _grouped(tokens: list[Token], part: Part) -> list[Token]:
    """其中 45 岁以下不少于 60%, 宽度 15 m 以上 20 m 以下河道每侧不小于 15 m: a bound right before another one names the group."""
    bound = len(tokens)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind == COMPARE:
            bound = at
        elif token.quantity is not None:
            between = part.text[token.end : tokens[bound].start] if bound < len(tokens) else ","
            is_group = token.quantity.after in ("以上", "以下") and _GROUP.fullmatch(between)
            tokens[at], bound = (_plain(token), at) if is_group else (token, len(tokens))
    return tokens


_GROUP = lazy(r"\s*|\s*[\u4e00-\u9fff]{2,12}(?<![度率量值数])\s*")  # the noun that is meant, and no property of its own


def _specified(tokens: list[Token], part: Part) -> list[Token]:
    """2 具 4 kg 干粉灭火器: a size right behind a count belongs to the name of what is counted."""
    for at, (count, size) in enumerate(pairwise(tokens)):
        if count.quantity is None or size.quantity is None or not is_counted(count.quantity.unit):
            continue
        is_near = count.quantity.after is None and not part.text[count.end : size.start].strip()
        if is_near and size.quantity.form == "single" and re.match(r"的?[\u4e00-\u9fff]{2}", part.text[size.end :]):
            tokens[at + 1] = _plain(size)
    return tokens


_RATE = lazy(r"\s*[\u4e00-\u9fff]{0,10}(?:率|度|比例|数量|压力降|压降|泄漏量|损失)\s*")


def _rated(tokens: list[Token], part: Part) -> list[Token]:
    """10 秒内接通率不应低于 90%, 3 m 内误差不超过 5 mm: a time inside the name of a rate, a length inside any name."""
    for at, token in enumerate(tokens[:-2]):
        within = token.quantity is not None and token.quantity.after in WITHIN
        words = part.text[tokens[at + 1].start : tokens[at + 1].end]
        bound = any(one.kind in (COMPARE, QUANTITY) for one in tokens[at + 2 : at + 4])
        is_span = within and token.quantity is not None and not is_time(token.quantity.unit)
        if within and bound and tokens[at + 1].kind == TEXT and (_RATE.fullmatch(words) or is_span):
            # 半径 500 m 内设 1 个: no name has it
            is_named = not is_span or any(one.kind == COMPARE for one in tokens[at + 2 : at + 4])
            tokens[at] = _plain(token) if is_named else _nameless(token)
    return tokens


def _bracketed(tokens: list[Token], part: Part) -> list[Token]:
    """pH值(25 ℃)应为…: a number in brackets beside the name of what is measured."""
    opened = part.text.find("(", part.start, part.end)
    closed = part.text.find(")", opened, part.end) if opened >= 0 else -1
    if closed < 0:
        return tokens
    outside = [token for token in tokens if token.kind == QUANTITY and not opened < token.start < closed]
    is_name = closed < part.modal.start if part.modal else any(token.start > closed for token in outside)
    if not (is_name or (part.modal is None and _OF_A_THING.match(part.text, closed + 1, part.end))):
        return tokens
    inside = [token for token in tokens if opened < token.start < closed]
    # 应急分队(不少于 8 人), 物资(沙袋 300 个、水泵 4 台): asked for, though no measure is made of it.
    counted = [one for one in inside if one.quantity and one.quantity.after is None and is_counted(one.quantity.unit)]
    is_asked = len(counted) > 1 or (bool(counted) and any(one.kind == COMPARE for one in inside))
    unread = counted if is_asked else []
    if not _takes_name(part, tokens, closed):
        # 老旧电梯(使用 15 年以上)应每年评估: which of them is said nowhere else.
        unread = [*unread, *(one for one in inside if _bounds(inside, one))]
    inner = [one for one in inside if one.kind in (QUANTITY, PERIOD, COMPARE)]
    return [_nameless(one) if one in unread else _plain(one) if one in inner else one for one in tokens]


_SAYS = lazy(r"\s*(?!保持|控制|维持)[\u4e00-\u9fff]{2}")
_OF_A_THING = lazy(r"的[\u4e00-\u9fff]{1,12}\s*$")  # 停用(超过 1 年)的锅炉


def _takes_name(part: Part, tokens: list[Token], closed: int) -> bool:
    """Whether a limit is made of the words before it, so that its name holds what stands in brackets there."""
    begin = max(closed + 1, part.modal.end if part.modal else 0)
    bounds = [one for one in tokens if one.start >= begin and one.kind in (QUANTITY, PERIOD, COMPARE)]
    if not bounds or (part.modal and _SAYS.match(part.text, begin, bounds[0].start)):
        return False  # 会议室(100 ㎡以上)应配备灭火器 2 具
    if bounds[0].kind == PERIOD:  # 培训(不少于 2 学时)应每季度 1 次
        behind = [one for one in tokens if one.kind == TEXT and one.start > bounds[0].start]
        return not any(_SAYS.match(part.text, one.start, one.end) for one in behind)
    unit = next((one.quantity.unit or "" for one in bounds if one.quantity), TIMES)
    return not (is_time(unit) or unit.startswith(TIMES))


def _bounds(inside: list[Token], token: Token) -> bool:
    at = inside.index(token)
    is_compared = at > 0 and inside[at - 1].kind == COMPARE
    return token.quantity is not None and (is_compared or token.quantity.after in ("以上", "以下", "以内"))


def _attributed(tokens: list[Token], part: Part) -> list[Token]:
    """建筑面积大于 1000 m² 的公共建筑, as a part of its own, before a period or a bound: the size says which thing is meant."""
    for at, token in enumerate(tokens):
        if not _is_size(token, part):
            continue
        end = next((one.start for one in tokens[at + 1 :] if one.kind in (PERIOD, COMPARE)), part.end)
        if re.fullmatch(
            r"\s*(?:[且或并][^,\d]{2,15})?的(?!条件|环境|状态|情况|范围|规定|要求)[\u4e00-\u9fff、]{1,12}\s*",
            part.text[token.end : end],
        ):
            tokens[at] = _plain(token)
            if at and tokens[at - 1].kind == COMPARE:
                tokens[at - 1] = _plain(tokens[at - 1])
            if end == part.end:
                tokens[:at] = _either(tokens[:at], part, until=token.start)
    return tokens


def _either(tokens: list[Token], part: Part, *, until: int) -> list[Token]:
    """能耗 500 t 以上或者电耗 200 万 kWh 以上的机构: the size before 或者 names the same thing."""
    for at, token in enumerate(tokens):
        if token.kind in (QUANTITY, COMPARE) and _OR.search(part.text[token.end : until]):
            tokens[at] = _plain(token)
    return tokens


_AGE = lazy(r"使用(?:周期|年限|时间)?(?:[不已未]?(?:超过|达到?|足|满)|大于|小于|低于|高于|少于)?$")
_RATED = ("%", "kV", "V", "A", "kW", "kVA")  # 10 kV 配电柜每年……
_OR = lazy(r"^[^,;。]*(?:或者?|、|且|并且|以及)[^,;。]*$")


def _is_size(token: Token, part: Part) -> bool:
    """Whether a quantity may be the size of a thing: none that somebody sets up, and no count of times."""
    if token.kind != QUANTITY or token.quantity is None or (token.quantity.unit or "").startswith("次"):
        return False
    before = part.text[part.start : token.start].rstrip()
    is_age = is_time(token.quantity.unit) and _AGE.search(before) is not None
    return is_age or not _SETS.search(before)


def _sized(tokens: list[Token], part: Part) -> list[Token]:
    """2 米以上玻璃每月擦拭: a size right before a noun, at the head of its part, says which thing is meant."""
    head = next((at for at, token in enumerate(tokens) if part.text[token.start : token.end].strip(" 其中")), None)
    if head is None or head + 1 >= len(tokens):
        return tokens
    token = tokens[head]
    quantity = token.quantity
    # 125% 额定载荷试验每 5 年……: so is a share.
    is_size = quantity is not None and (
        quantity.after in ("以上", "以下")
        or (quantity.unit in _RATED and quantity.form == "single" and not quantity.after)
    )
    ruled = any(other.kind in (PERIOD, QUANTITY) for other in tokens[head + 1 :])
    if is_size and ruled and _SIZED.match(part.text[token.end : part.end].strip()):
        tokens[head] = replace(token, kind=TEXT, quantity=None)
    return tokens
