"""Limits: a property, a comparator and a value with its unit (不应大于 0.3 mg/m³, 24～26 ℃, 95% 以上)."""

import re
from dataclasses import replace
from decimal import Decimal

from wolong.language.memory import Memory
from wolong.language.modals import MAY, SHALL, SHALL_NOT, SHOULD_NOT, modal_at
from wolong.language.names import (
    HAS_DONE,
    SPARE,
    VERBS,
    clean_name,
    experience,
    is_party,
    names_behind,
    property_names,
)
from wolong.language.parts import Part
from wolong.language.quantities import Quantity
from wolong.language.tokens import COMPARE, MODAL, PERIOD, QUANTITY, TEXT
from wolong.language.tree import Measure, Period
from wolong.language.units import dimension, is_counted, is_time

FLIPPED = {"gt": "le", "lt": "ge"}
_FILLER = re.compile(r"^[\s为是在约至]*$")
_EQUALS = re.compile(
    r"(?:(?<!不)为|(?<![于不])是|设定在|设定为|设为|控制(?=\s*$)|控制在|保持在|维持在|保持为|设定|定为)\s*$"
)
_WANTS = re.compile(r"(?:邀请|派出|选派|抽调|具有|具备|拥有|(?<!没)有)$")
_SUPPLIES = re.compile(r"(?:保证|确保|供应|有|设|设有|配备|配置|安排|储备|备有|备足|提供|派驻|增设|安装|设置)$")
# What the reader takes for a name and is none: better unread.
_NO_NAME = re.compile(
    r"^(?:由|按|以|向|对(?!讲|外|流)|将|把|经|每人$|[×)\]]|[的得])|不少于|不低于|不大于|不高于|不小于|不超过|超过|少于|低于|高于|(?<!之)[和及或与、]$|或累计|(?:标准|价格|费用)为|(?<![先])[后前的]$|^[每值末约内外时者等]$"
)
# 累计制水量达到 5 t 时更换: when, not what.
_OF_A_CASE = re.compile(r"\s*(?:时(?![间段])|[为是](?:不?合格|优|良|中|差|满分|一般|不?达标))")
_LASTS = re.compile(r"(?:保持|持续|维持)$")
_MOST = re.compile(r"(?:限[速高重载宽价]|最高限额)$")  # 限速 5 km/h
_KEPT = re.compile(r"(?:保存|留存|存档|归档|保管|留样|备查)\s*$")
_SUPPLIES_FIRST = re.compile(r"^(?:配备|配置|配足|配齐|自备|备有|备足|储备|派驻|增派|增设|安排|设置|设立)(?!比例|标准)")
_SUPPLY = re.compile(rf"[^,、\d按]{{0,8}}?{_SUPPLIES_FIRST.pattern[1:]}[^每]*$")
_SUPPLIED = frozenset("盘名人个台套只具把支辆部盏瓶桶张件组块箱顶双副根")


def operator_before(part: Part, index: int) -> tuple[str | None, int]:
    """The comparator that rules the quantity at `index`, and the index of the first token that belongs to it."""
    at = index - 1
    first = index
    while at >= 0:
        token = part.tokens[at]
        if token.kind == COMPARE:
            return token.word, at
        words = part.text[token.start : token.end].strip()
        if (
            token.kind == TEXT
            and (_FILLER.match(words) or (words in VERBS and _at_least(part, at)) or _done_at_least(part, at, words))
        ) or token.kind in (MODAL, PERIOD):
            first = at if token.kind == MODAL else first
        else:
            break
        at -= 1
    return None, first


def _at_least(part: Part, at: int) -> bool:
    """至少配备 2 名: the verb stands between the comparator and its number."""
    before = part.tokens[at - 1] if at > 0 else None
    return before is not None and before.kind == COMPARE


def _done_at_least(part: Part, at: int, words: str) -> bool:
    """至少浸泡 30 min: 至少 may stand before any verb; the other comparators stand right before their number."""
    if words == "提前" or not _at_least(part, at) or not re.fullmatch(r"[\u4e00-\u9fff]{2,12}", words):
        return False
    before = part.tokens[at - 1]
    return part.text[before.start : before.end] in ("至少", "最少")


def read_limit(part: Part, index: int, modality: str, memory: Memory) -> list[Measure] | None:
    """The limits that the quantity at `index` sets, one for each property that shares it; None where it can't be read."""
    quantity = part.tokens[index].quantity
    if quantity is None:
        return None
    operator, first = operator_before(part, index)
    if _is_relative(part, index, quantity):
        _remember_compared(part, index, memory)
        return None
    shared = _respectively(part, index)
    if _is_case(part, quantity, operator) or shared == _UNKNOWN or (operator is None and _beside_thing(part, first)):
        return None
    names = [shared[0]] if shared else _names(part, index, first, memory)
    behind = part.text[part.tokens[index].end : part.end]
    # 超过 30 日无人认领: a case, and what follows from it
    follows = operator in ("gt", "lt") and part.modal is None and _GOES_ON.match(behind)
    if follows or _OF_A_CASE.match(behind) or any(map(_is_no_name, names)):
        return None
    if shared and operator is None:
        operator = operator_before(part, shared[1])[0]
    negative = (part.modal is not None or memory.lent) and modality in (SHALL_NOT, SHOULD_NOT)
    resolved = _operator(part, index, quantity, operator, negative=negative, name=names[-1] if names else "")
    if resolved is None and operator is None and not negative:
        resolved = _goes_on(part, quantity, memory, shared=shared is not None) or _at_least_so_much(part, index, memory)
        names = [_SUPPLIES_FIRST.sub("", name.removeprefix("本项目")) or name for name in names]
    bounds = _bounds(quantity, resolved)
    if bounds is None or (quantity.unit is None and not names):
        return None
    memory.operator, memory.unit = resolved, quantity.unit
    if names and part.modal is not None and is_party(memory.subject):
        memory.recent = names[-1]
    low, high, low_open, high_open = bounds
    per = _period_for(part, index)
    measure = Measure("limit", None, memory.condition, low, high, low_open, high_open, quantity.unit, per)
    return [replace(measure, property=name) for name in names] or [measure]


def _is_no_name(name: str) -> bool:
    return not name.endswith(("率", "比", "比例")) and _NO_NAME.search(name) is not None


def _is_case(part: Part, quantity: Quantity, operator: str | None) -> bool:
    """评分低于 85 分, 扣除……: what follows from the bound stands behind the comma."""
    strays = operator in ("gt", "lt") or quantity.after in _AFTER
    if quantity.unit == "分" and part.modal is None:
        # 得分低于 75 分, ……; 80～89 分付 95%: nobody asks for a poor score, and what follows has its own number
        pays = any(one.quantity is not None and one.quantity.unit in ("%", "元") for one in part.tokens)
        if pays or (strays and part.text.startswith(",", part.end)):
            return True
    return part.modal is None and bool(_FOLLOWS.match(part.text, part.end) or (strays and _rules_on(part)))


def _goes_on(part: Part, quantity: Quantity, memory: Memory, *, shared: bool) -> str | None:
    """不少于 8 人, 经理 1 人: the comparator before holds for the next value of its kind."""
    goes = (
        memory.operator != "in"
        and (shared or part.modal is None)
        and quantity.form == "single"
        and _alike(quantity.unit, memory.unit)
        and not (part.condition or "").endswith("后")  # 设备报废后 1 年 goes on from nothing
    )
    return memory.operator if goes else None


def _at_least_so_much(part: Part, index: int, memory: Memory) -> str | None:
    """记录保存 2 年, 配备灭火器 2 具: nobody is at fault who keeps it longer or has more, as with a bare count of times."""
    quantity = part.tokens[index].quantity
    if quantity is None or quantity.after is not None:
        return None
    if is_time(quantity.unit) and _KEPT.search(part.text[part.start : part.tokens[index].start]):
        return "ge"
    begin = part.modal.end if part.modal else part.start
    is_supplied = quantity.unit in _SUPPLIED and _SUPPLY.match(part.text[begin : part.tokens[index].start])
    # 夏季不高于 28 ℃, 配备 2 具: whether the season goes on is not said.
    return "ge" if is_supplied and (part.modal or part.condition or not memory.condition) else None


def _rules_on(part: Part) -> bool:
    """低于 85%, 应……: a modal right behind the comma says what follows from it."""
    then = _THEN.match(part.text, part.end)
    return then is not None and (bool(then["word"]) or modal_at(part.text, then.end())[0] in _RULING)


def _alike(unit: str | None, last: str | None) -> bool:
    """不少于 8 人, 经理 1 人 goes on; 不少于 8 位, 锁定 30 min does not."""
    return unit == last or (is_counted(unit) and is_counted(last) and "元" not in (unit, last))


def _names(part: Part, index: int, first: int, memory: Memory) -> list[str]:
    """What the value at `index` is measured of; 其中持证的不少于 4 人 is about those who hold it."""
    done = experience(part, index)
    names = done or _named_by_verb(part, index, first) or property_names(part, first, memory)
    quantity = part.tokens[index].quantity
    if quantity and quantity.unit in _SUPPLIED and operator_before(part, index)[0] == "ge":
        names = [name.removesuffix("的") for name in names]
    return names or names_behind(part, index)


def _named_by_verb(part: Part, index: int, first: int) -> list[str]:
    """至少浸泡 30 min, 100 ℃并保持 10 min are measured by their verb; 具有5年以上经验, 邀请2名代表 by what the verb wants."""
    token = part.tokens[index - 1] if index else None
    words = part.text[token.start : token.end].strip() if token and token.kind == TEXT else ""
    if words not in VERBS and first < index - 1 and _done_at_least(part, index - 1, words):
        return [words]
    before = part.text[part.start : part.tokens[first].start].rstrip()
    quantity = part.tokens[index].quantity
    lasts = _LASTS.search(before)
    if lasts and quantity and is_time(quantity.unit) and any(one.kind == QUANTITY for one in part.tokens[:first]):
        return [lasts.group()]
    owned = part.text[part.tokens[index].end : part.end].startswith("的")  # 保存 180 d 以上的记录, 设置 0.9 m 的护栏
    supplied = _SUPPLIES.search(before) or _SUPPLIES.fullmatch(words)
    counted = quantity is not None and is_counted(quantity.unit)
    wanted = _WANTS.search(before) or (owned and _is_deed(part, first)) or (supplied and (owned or counted))
    return names_behind(part, index) if wanted else []


def _is_deed(part: Part, first: int) -> bool:
    """应接受不少于 8 学时的教育: a verb stands right behind the modal; 应高度不低于 is about the height."""
    if first == 0:
        return False
    words = part.text[part.tokens[first - 1].start : part.tokens[first - 1].end].strip()
    is_first = first > 1 and part.tokens[first - 2].kind in (MODAL, QUANTITY)
    return (
        words in VERBS - {"满足", "保证"}
        or words.endswith(("进行", "开展", "组织"))
        or (is_first and _DEED.fullmatch(words) is not None)
    )


_DEED = re.compile(r"(?!满足|保证|达到)[\u4e00-\u9fff][\u4e00-\u9fff](?<![度率量径距高宽长厚重压温积])")


_UNKNOWN = ("", -1)


def _respectively(part: Part, index: int) -> tuple[str, int] | None:
    """响应、到场时间分别不超过 10 min、30 min: the name that the value at `index` is of, and where the first value is."""
    said = part.text.find("分别", part.start, part.end)
    if said < 0 or part.tokens[index].start < said:
        return None
    values = [at for at, one in enumerate(part.tokens) if one.kind == QUANTITY and one.start > said]
    until = min(said, part.modal.start) if part.modal else said
    names = [
        clean_name(name) for name in re.split(r"、|(?<![总温中调平])和|与|及(?!时)", part.text[part.start : until])
    ]
    if len(values) < 2:
        return None
    return (names[values.index(index)], values[0]) if len(names) == len(values) else _UNKNOWN


def _beside_thing(part: Part, first: int) -> bool:
    """低于路牙 3～5 cm: so much lower than a thing; 至少 and 达到 may stand before any words."""
    if first < 2 or part.tokens[first - 1].kind != TEXT or part.tokens[first - 2].kind != COMPARE:
        return False
    comparator = part.tokens[first - 2]
    return part.text[comparator.start : comparator.end] not in ("至少", "最少", "达到", "达")


_COMPARED = re.compile(r"(?:较|比|同比|环比|相比)[^,]*(?:下降|降低|减少|压缩|增长|提高|上升|增加|节约)$")


def _is_relative(part: Part, index: int, quantity: Quantity) -> bool:
    """本底值+5 dB, 草高的1/3: a bound that rests on another value."""
    token = part.tokens[index]
    before = part.text[part.start : token.start].rstrip()
    written = part.text[token.start : token.end]
    if quantity.unit is None and re.search(r"\d\s?/\s?\d|分之", written):
        return not re.search(r"(?:系数|比|比例)[^\d]{0,6}$", before)
    if before.endswith("的") or _COMPARED.search(before) or (quantity.unit is None and before.endswith("之")):
        return True
    return (
        written.startswith("+")
        and bool(re.search(r"[\u4e00-\u9fff]$", before))
        and not before.endswith(("于", "过", "为", "到", "在", "差"))
    )


def _remember_compared(part: Part, index: int, memory: Memory) -> None:
    """在岗人数不低于平时的 50%, 春节不少于 8 人: what is bound once is meant again."""
    if index > 1 and part.tokens[index - 2].kind == COMPARE:
        memory.recent = next(iter(property_names(part, index - 2, memory)), memory.recent)


_FOLLOWS = re.compile(
    r",\s*(?:每[^,]{0,6})?(?:扣|罚|视为|按|终止|取消|不予|支付|全额|(?:[甲乙双]方|采购人|招标人|委托方)?(?:有权|不再|将|即))"
)
_THEN = re.compile(r",\s*(?P<word>由)?")
_RULING = (SHALL, SHALL_NOT, MAY)
_SOME = re.compile(r"\s*(?![并且后的时和再]|条件|环境|状态|范围)[\u4e00-\u9fff]{3,}")
_GOES_ON = re.compile(r"\s*[\u4e00-\u9fff]{2,}")
_VAGUE_AFTER = ("左右", "上下", "前", "后", "以后")
_AGREES = {"以上": ("ge", "gt"), "以下": ("le", "lt")}
_AFTER = {"以上": "ge", "以下": "le"}
_WITHIN = ("以内", "之内", "内")


def _operator(
    part: Part, index: int, quantity: Quantity, operator: str | None, *, negative: bool, name: str
) -> str | None:
    """How the value bounds the property, every word around it heard; None where they disagree."""
    if quantity.after in _VAGUE_AFTER:
        return None
    if operator is not None:
        heard = FLIPPED.get(operator) if negative else operator
        return heard if heard in _AGREES.get(quantity.after or "", (heard,)) else None
    is_owner = bool(name) and name in part.text[part.tokens[index].end : part.end]
    return None if negative else _unspoken(part, index, quantity, name, is_owner=is_owner)


def _unspoken(part: Part, index: int, quantity: Quantity, name: str, *, is_owner: bool) -> str | None:
    """The operator where no comparator is written: 95% 以上, 24～26 ℃, ±10 mm 以内, 为 100%, 率 98%."""
    band = quantity.after in _AFTER or quantity.form not in ("single", "around")
    behind = part.text[part.tokens[index].end : part.end]
    if (
        band
        and not HAS_DONE.search(behind.rstrip())
        and (_GOES_ON.match(behind) if part.modal is None else not is_owner and _SOME.match(behind))
    ):
        return None  # 90 分以上全额支付: a case, and what follows from it; 满足 80% 以上患者使用: whom it is for
    if quantity.after in _AFTER:
        return _AFTER[quantity.after]
    if quantity.form != "single":
        return "in"
    if quantity.after in _WITHIN:
        # 客人到达 3 m 内起身: where, not how much.
        is_place = dimension(quantity.unit) == "length" and _GOES_ON.match(part.text[part.tokens[index].end : part.end])
        return None if is_place else "le"
    if _EQUALS.search(part.text[part.start : part.tokens[index].start]):
        return "eq"
    most = "le" if _MOST.search(name) and not behind.strip() else None  # 设置限速 5 km/h 标志 is about the sign
    return "ge" if SPARE.search(name) and quantity.unit == "%" else most


Bounds = tuple[Decimal | None, Decimal | None, bool, bool]


def _bounds(quantity: Quantity, operator: str | None) -> Bounds | None:
    low, high = sorted((quantity.low, quantity.high))
    if quantity.form != "single":
        inside = operator == "in" or (quantity.form == "around" and operator == "le")
        return (low, high, False, False) if inside else None
    table: dict[str, Bounds] = {
        "ge": (low, None, False, False),
        "gt": (low, None, True, False),
        "le": (None, high, False, False),
        "lt": (None, high, False, True),
        "eq": (low, high, False, False),
        "in": (low, high, False, False),
    }
    return table.get(operator or "")


def _period_for(part: Part, index: int) -> Period | None:
    """每班不少于 2 人: the period that a counted or timed amount is meant for."""
    for at in range(index - 1, -1, -1):
        token = part.tokens[at]
        if token.kind == QUANTITY:
            return None
        if token.kind == PERIOD:
            return token.period
    return None
