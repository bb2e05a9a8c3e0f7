"""Limits: a property, a comparator and a value with its unit (不应大于 0.3 mg/m³, 24～26 ℃, 95% 以上)."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wolong.language.modals import SHALL_NOT, SHOULD_NOT
from wolong.language.parts import Part
from wolong.language.tokens import COMPARE, LIST, MODAL, PERIOD, QUANTITY, TEXT, Quantity
from wolong.language.tree import Measure, Period
from wolong.language.units import dimension, is_counted, is_time

FLIPPED = {"gt": "le", "lt": "ge"}
_FILLER = re.compile(r"^[\s为是在约至]*$")
_EQUALS = re.compile(r"(?:(?<!不)为|(?<![于不])是|设定在|设定为|设为|控制在|保持在|维持在|保持为|设定|定为)\s*$")
_TRAILING = re.compile(
    r"(?:最[高低大小长短迟晚]|分别|各自|以|各|(?<![平人月年日])均|都|一般|保持|控制|维持|稳定|处于|介于|设定|设置|要求|限值|为|是|在|至|不|(?<![响供反对相适])应|约|(?<!汇)总|量(?=应$)|[\s:])+$"
)
_LEADING = re.compile(
    r"^(?:且|也(?=$)|并且|并|和|与|及(?!时)|其中|其(?![他余它])|但|而|或|同时|的|保证|确保|保持|使(?!用)其?|控制|做到|满足|另(?!外的)|则|设置(?=.)|邀请(?=.)|为(?![了期])|在(?![线岗用册职库位场校编])|于|(?:条件|环境|状态)[下中]|[\s、,:])+"
)
_VERBS = frozenset(
    re.findall(
        r"\S+",
        "保存 保留 留存 存放 配备 设置 设 持续 备有 储备 保证 满足 具备 具有 有 安排 距离 距 采用 使用 配置 留 存 备 达 安装 检测 培训 参加 组织 接受",
    )
)
_WANTS = re.compile(r"(?:邀请|派出|选派|抽调|具有|具备|拥有|(?<!没)有)$")
_SUPPLIES = re.compile(r"(?:有|设|设有|配备|配置|安排|储备|备有|备足|提供|派驻|增设|安装|设置)$")
# What the reader takes for a name and is none: better unread.
_NO_NAME = re.compile(
    r"^(?:由|按|以|向|对|将|把|经|每人$|[×)\]]|[的得])|不少于|不低于|不大于|不高于|不小于|不超过|超过|少于|低于|高于|(?<!之)[和及或与、]$|或累计|(?<![先])[后前的]$|^[每值末约内外时者等]$"
)
# 累计制水量达到 5 t 时更换: when, not what.
_OF_A_CASE = re.compile(r"\s*(?:时(?![间段])|[为是](?:不?合格|优|良|中|差|满分|一般|不?达标))")
_LASTS = re.compile(r"(?:保持|持续|维持)$")
_SPARE = re.compile(r"(?:率|满意度|覆盖面|比例|比)$")


@dataclass(slots=True)
class Memory:
    """What one sentence hands from part to part: the subject, the condition, the event, the last measure's way."""

    subject: str = ""
    recent: str = ""
    deed: str = ""
    condition: str | None = None
    event: str | None = None
    operator: str | None = None
    period: Period | None = None
    lent: bool = False
    passing: bool = False
    used: set[int] = field(default_factory=set)
    is_other_case: bool = False
    takes_turns: bool = False
    is_step: bool = False
    stays: bool = True
    unit: str | None = None


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
            and (_FILLER.match(words) or (words in _VERBS and _at_least(part, at)) or _done_at_least(part, at, words))
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
    if quantity is None or _is_relative(part, index, quantity):
        return None
    operator, first = operator_before(part, index)
    strays = operator in ("gt", "lt") or quantity.after in _AFTER
    is_case = part.modal is None and (
        _FOLLOWS.match(part.text, part.end) or (strays and _THEN.match(part.text, part.end))
    )  # 评分低于 85 分, 扣除……
    if is_case or (operator is None and _beside_thing(part, first)):
        return None
    names = _named_by_verb(part, index, first) or property_names(part, first, memory)
    names = names or _names_behind(part, index)
    if any(_NO_NAME.search(name) for name in names if not name.endswith(("率", "比", "比例"))) or _OF_A_CASE.match(
        part.text[part.tokens[index].end : part.end]
    ):
        return None
    own_modal = part.modal is not None
    negative = (own_modal or memory.lent) and modality in (SHALL_NOT, SHOULD_NOT)
    if operator in ("gt", "lt") and part.modal is None and _GOES_ON.match(part.text[part.tokens[index].end : part.end]):
        return None  # 超过 30 日无人认领: a case, and what follows from it
    resolved = _operator(part, index, quantity, operator, negative=negative, name=names[-1] if names else "")
    if (
        resolved is None
        and operator is None
        and memory.operator not in (None, "in")
        and not own_modal
        and quantity.form == "single"
        and _alike(quantity.unit, memory.unit)
        and not (part.condition or "").endswith("后")  # 设备报废后 1 年 goes on from nothing
    ):
        resolved = memory.operator
    bounds = _bounds(quantity, resolved)
    if bounds is None or (quantity.unit is None and not names):
        return None
    memory.operator, memory.unit = resolved, quantity.unit
    low, high, low_open, high_open = bounds
    per = _period_for(part, index)
    measure = Measure("limit", None, memory.condition, low, high, low_open, high_open, quantity.unit, per)
    return [replace(measure, property=name) for name in names] or [measure]


def _alike(unit: str | None, last: str | None) -> bool:
    """不少于 8 人, 经理 1 人 goes on; 不少于 8 位, 锁定 30 min does not."""
    return unit == last or (is_counted(unit) and is_counted(last))


def _named_by_verb(part: Part, index: int, first: int) -> list[str]:
    """至少浸泡 30 min, 100 ℃并保持 10 min are measured by their verb; 具有5年以上经验, 邀请2名代表 by what the verb wants."""
    token = part.tokens[index - 1] if index else None
    words = part.text[token.start : token.end].strip() if token and token.kind == TEXT else ""
    if words not in _VERBS and first < index - 1 and _done_at_least(part, index - 1, words):
        return [words]
    before = part.text[part.start : part.tokens[first].start].rstrip()
    quantity = part.tokens[index].quantity
    lasts = _LASTS.search(before)
    if lasts and quantity and is_time(quantity.unit) and any(one.kind == QUANTITY for one in part.tokens[:first]):
        return [lasts.group()]
    owned = part.text[part.tokens[index].end : part.end].startswith("的")  # 保存 180 d 以上的记录, 设置 0.9 m 的护栏
    supplied = _SUPPLIES.search(before) or _SUPPLIES.fullmatch(words)
    counted = quantity is not None and is_counted(quantity.unit)
    wanted = _WANTS.search(before) or (owned and words in _VERBS) or (supplied and (owned or counted))
    return _names_behind(part, index) if wanted else []


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


_FOLLOWS = re.compile(r",\s*(?:每[^,]{0,6})?(?:扣|罚|视为|按|终止|取消|不予|支付|全额)")
_THEN = re.compile(r",\s*(?:应(?![急用答])|须|必须|可(?![靠见燃])|不得|由)")
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
    if band and (_GOES_ON.match(behind) if part.modal is None else not is_owner and _SOME.match(behind)):
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
    return "ge" if _SPARE.search(name) and quantity.unit == "%" else None


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


def property_names(part: Part, first: int, memory: Memory) -> list[str]:
    """What is measured: the words right before the comparator, else the subject; several where they share a value."""
    words: list[str] = []
    behind_modal: list[str] = []
    seen_modal = False
    for at in range(boundary(part, first), first):
        token = part.tokens[at]
        if token.kind == MODAL:
            seen_modal = True
        elif token.kind in (TEXT, LIST):
            (behind_modal if seen_modal else words).append(part.text[token.start : token.end])
    subject = "".join(words)
    predicate = re.split(r"并(?![列联行发])", "".join(behind_modal))[-1]
    shared = bool(re.search(r"(?:均|都|各)\s*$", subject or predicate))
    clean_subject, clean_predicate = _clean(subject), _clean(predicate)
    if clean_predicate and not (clean_predicate in _VERBS and (clean_subject or memory.subject)):
        name, text = clean_predicate, predicate
    else:
        name, text = clean_subject, subject
    if not name:
        last = memory.recent or memory.subject
        return [last] if last else []
    return _split_names(name, shared=shared) if text else [name]


def boundary(part: Part, first: int) -> int:
    """Just behind the quantity before this one, or the part's beginning."""
    for at in range(first - 1, -1, -1):
        if part.tokens[at].kind == QUANTITY:
            return at + 1
    return 0


def _clean(text: str) -> str:
    text = "".join(text.split()).rstrip("(").lstrip(")")
    text = _LEADING.sub("", text)
    return _TRAILING.sub("", text)


clean_name = _clean


def _split_names(name: str, *, shared: bool) -> list[str]:
    """准确率、及时率均为100%: one name each; 桌、椅高度 stays one."""
    if "的" in name:
        return [name]
    pieces = [piece for piece in re.split(r"、|(?<![总温中调平])和|与|及(?!时)", name) if piece]
    if len(pieces) > 1 and (shared or all(_SPARE.search(piece) for piece in pieces)):
        return pieces
    return [name]


def _names_behind(part: Part, index: int) -> list[str]:
    """至少 2 名持证人员: the counted thing stands behind the number."""
    words = []
    for token in part.tokens[index + 1 :]:
        if token.kind != TEXT:
            break
        words.append(part.text[token.start : token.end])
    name = _clean("".join(words))
    return [name] if name else []


def _period_for(part: Part, index: int) -> Period | None:
    """每班不少于 2 人: the period that a counted or timed amount is meant for."""
    for at in range(index - 1, -1, -1):
        token = part.tokens[at]
        if token.kind == QUANTITY:
            return None
        if token.kind == PERIOD:
            return token.period
    return None
