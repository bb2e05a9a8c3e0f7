"""Limits: a property, a comparator and a value with its unit (不应大于 0.3 mg/m³, 24～26 ℃, 95% 以上)."""

from dataclasses import replace

from wolong.language.comparators import AFTER, FLIPPED, SHUNS, Bounds, bounds_by, counted_from, operator_before
from wolong.language.measured import SUPPLIED, is_no_name, names_of, respectively, stored_at
from wolong.language.memory import Memory
from wolong.language.modals import SHALL_NOT, SHOULD_NOT
from wolong.language.names import (
    AND,
    HAS_DONE,
    PROPERTY,
    SPARE,
    boundary,
    clean_name,
    is_party,
    names_behind,
    property_names,
)
from wolong.language.parts import Part, period_behind
from wolong.language.patterns import lazy
from wolong.language.quantities import WITHIN, Quantity
from wolong.language.strays import GOES_ON, is_relative, is_stray
from wolong.language.tokens import COMPARE, PERIOD, QUANTITY
from wolong.language.tree import Measure, Period
from wolong.language.units import dimension, is_counted, is_time

_EQUALS = lazy(
    r"(?:(?<![不分视列称作成划])为|(?<![于不])是|设定在|设定为|设为|控制(?=\s*$)|控制在|保持在|维持在|保持为|设定|定为)\s*$"
)
_HELD = lazy(r"保持\s*$")  # 煮沸应保持 100 ℃
_STATES = ("℃", "MPa", "kPa", "Pa")
_CHOSEN = lazy(r"采用\s*$")  # 坡度宜采用 0.003
_BY = lazy(r"按照?\s*$")  # 应按 2 m/s～3 m/s 进行控制
_REACHES = lazy(r"达到?\s*$")  # 压力达到 0.7 MPa～1.2 MPa
_UTMOST = lazy(r"最(?P<way>[长多高大迟晚短少低小])为\s*$")  # 期限最长为 5 日
_KEEPS = lazy(r"\s*(?:进行)?(?:控制|设定|设置|取值|计算)")
_MOST = lazy(r"(?:限[速高重载宽价]|限额)$")  # 限速 5 km/h
_KEPT = lazy(
    r"(?:(?:[启起]动|开启)[\u4e00-\u9fff]{0,12}运[行转]|公告|公示|持续|保持|维持|看守|留守|监护|(?:关闭|密闭)[\u4e00-\u9fff]{0,4}|浸泡|煮沸|观测|观察|静置|预热|保压|稳压|(?:通电|空载|带载|试)运[行转]|保留[\u4e00-\u9fff]{2,8}|保存|留存|存档|归档|保管|留样|备查)(?:时间|期限?|年限)?\s*$"
)
_SUPPLIES_FIRST = lazy(
    r"^(?:配备|配置|配足|配齐|自备|备有|备足|储备|派驻|增派|指派|增设|增配|安排|明确(?!其中)|指定|提供|(?:各)?保留|设置|设立|布置|摆放|(?<![设准配储自具])备(?![用份案查注有足])(?=[\u4e00-\u9fff]{2,8}\s*$)|抽[取检查样](?=\s*$)|[设有派配抽](?=\s*$))(?!比例|标准)"
)
_WHO = lazy(
    r"^(?:本项目|[甲乙]方|采购人|中标人|供应商)(?=[\u4e00-\u9fff]{3})|^(?!每)[\u4e00-\u9fff]{2,8}?(?=配备|配置|配发)"
)
_SUPPLY = lazy(rf"[^,、\d按]{{0,8}}?{_SUPPLIES_FIRST.pattern[1:]}[^每]*$")
_POST = lazy(
    r"[\s、]*(?:其中)?[\u4e00-\u9fff]{0,8}(?:员|岗|经理|主管|[队班组处]长|领班|工|师|厨|秘书|助理|负责人|保安|保洁|司机)\s*"
)
_ON_DUTY = lazy(r"\s*(?:同时)?(?:值[守班勤]|在[岗场班]|当[班值]|执勤|上岗)")
_CLEAR = lazy(r"离[地墙](?:面|板|距离)?$")  # 存放时离地 10 cm、离墙 10 cm
_PROLONGED = lazy(r"延长[至到]\s*$")
_WARMTH = lazy(r"^(?!.*[色浊硬碱浓]度$).*(?:温|冷[藏冻却库柜]|[回供出进热]水|制[冷热]|空调|[供采]暖|冰[箱柜]|消毒)")
_DEED_AND = lazy(rf"[\u4e00-\u9fff]{{2}}(?:{AND})")
_AND_SO_MANY = lazy(r"(?!人次)[\u4e00-\u9fff]{2,8}(?:、|和|及|与)")  # 每日安排 1 名干部和 2 名人员
_SPEED = lazy(r"(?:限速|车速|时速|行驶速度)$")
_BY_SO_MANY = lazy(r"(?:由|[应须]经?)\s*$")  # 由 3 人以上单数组成, 须经 2 人以上签批
_ENDS = lazy(r"\s*(?:[,、。;(]|$)")


def read_limit(part: Part, index: int, modality: str, memory: Memory) -> list[Measure] | None:
    """The limits that the quantity at `index` sets, one for each property that shares it; None where it can't be read."""
    quantity = part.tokens[index].quantity
    if quantity is None:
        return None
    if _PROLONGED.search(part.text[part.start : part.tokens[index].start]):
        return _prolonged(part, quantity, memory)
    return _bounded(part, index, quantity, modality, memory)


def _bounded(part: Part, index: int, quantity: Quantity, modality: str, memory: Memory) -> list[Measure] | None:
    operator, first = operator_before(part, index)
    if is_stray(part, index, operator, first):
        if is_relative(part, index, quantity):
            _remember_compared(part, index, memory)
        return None
    shared = respectively(part, index)
    memory.passing = memory.passing or (
        shared is not None and shared.condition is not None
    )  # each value has its own case
    quantity = replace(quantity, unit=shared.unit) if shared and quantity.unit is None else quantity
    shunned = SHUNS.search(part.text[part.start : part.tokens[first].start].rstrip()) if operator in FLIPPED else None
    if shunned:
        operator = FLIPPED[operator or ""]
        names = list(filter(None, shunned.groups())) or names_behind(part, index)
    else:
        names = [shared.name] if shared else names_of(part, index, first, memory)
    # 不少于 3 家供应商 are counted, though no value is measured of a party.
    is_drop = names == ["压降"] and dimension(quantity.unit) == "pressure"
    if not is_drop and any(is_no_name(name) and not (quantity.unit == "家" and is_party(name)) for name in names):
        return None
    if shared and operator is None:
        operator = operator_before(part, shared.first)[0]
    negative = (part.modal is not None or memory.lent) and modality in (SHALL_NOT, SHOULD_NOT)
    resolved = _operator(part, index, quantity, operator, negative=negative, name=names[-1] if names else "")
    if resolved is None and operator is None and not negative:
        bare = part.text[part.start : part.tokens[index].start].strip() == "其"  # 其三个等分点
        goes_on = not bare and (shared is not None or part.modal is None or boundary(part, index) > 0)
        # 贮存不得超过 1 年, 联单保留 3 年: what is kept or supplied is a minimum, whatever bounds the one before.
        resolved = _at_least_so_much(part, index, memory) or (_goes_on(part, index, memory) if goes_on else None)
        names = [_SUPPLIES_FIRST.sub("", _WHO.sub("", name)) or name for name in names]
    bounds = _bounds(quantity, resolved)
    names = names or _said_before(quantity, memory) or _of_period(part, index, quantity)
    if not names and is_time(quantity.unit) and (memory.condition or "").endswith(("前", "后")):
        return None  # 修剪后 1～2 天, 应……
    if bounds is None or not (names or (memory.condition and quantity.unit and quantity.unit != "元")):
        return None
    memory.operator, memory.unit = resolved, quantity.unit
    if names and part.modal is not None and is_party(memory.subject):
        memory.recent = names[-1]
    low, high, low_open, high_open = bounds
    per = _period_for(part, index)
    unit = _unit_of(quantity, names[-1] if names else "", per)
    per = per if unit not in ("km/h", "℃") else None
    condition = (shared and shared.condition) or counted_from(part, index) or memory.condition
    return [Measure("limit", name, condition, low, high, low_open, high_open, unit, per) for name in names or (None,)]


def _unit_of(quantity: Quantity, name: str, per: Period | None) -> str | None:
    """室温 26 度, 限速 5 公里, 每小时 15 公里: what people say for ℃ and km/h."""
    if quantity.unit == "度" and _WARMTH.match(name):
        return "℃"
    is_speed = quantity.unit == "km" and (_SPEED.search(name) or (per and per.unit == "h"))
    return "km/h" if is_speed else quantity.unit


def _prolonged(part: Part, quantity: Quantity, memory: Memory) -> list[Measure] | None:
    """周期不应超过 1 个月, 过渡季节可延长至 2 个月. Of a deadline the event is not said again, so that it stays unread."""
    last = memory.last
    name = (last.property if last else None) or clean_name(part.subject)
    if (last and last.kind != "limit") or not name or quantity.after is not None:
        return None
    return [Measure("limit", name, memory.condition, high=quantity.high, unit=quantity.unit)]


def _said_before(quantity: Quantity, memory: Memory) -> list[str]:
    """保存期限不少于 6 个月, 没有明确保质期的不少于 2 年: what the bound before is of."""
    last = memory.last
    is_same = last is not None and last.kind == "limit" and dimension(last.unit) == dimension(quantity.unit)
    which = (memory.condition or "").endswith("的")
    return [last.property] if which and is_same and last and last.property else []


def _of_period(part: Part, index: int, quantity: Quantity) -> list[str]:
    """实行值班制度, 每班不应少于 2 人: nothing else says of what."""
    token = part.tokens[0]
    is_first = token.kind == PERIOD and index > 0 and quantity.unit in ("人", "名")
    return [token.word] if is_first else []


def _goes_on(part: Part, index: int, memory: Memory) -> str | None:
    """不少于 8 人, 经理 1 人: the comparator before holds for the next value of its kind."""
    token = part.tokens[index]
    quantity = token.quantity
    # 每组不超过 10 人, 由 1 名讲解员带领: the most of one thing does not bound another that is told with its noun.
    is_another = memory.operator in ("le", "lt") and not _ENDS.match(part.text, token.end)
    goes = (
        quantity is not None
        and not is_another
        and memory.operator != "in"
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
    before = part.text[part.start : part.tokens[index].start].rstrip()
    is_last = _ENDS.match(part.text, part.tokens[index].end)
    if is_time(quantity.unit) and before.strip() == "每次" and is_last and memory.deed:
        return "ge"
    if (is_time(quantity.unit) and _KEPT.search(before)) or (_CLEAR.search(before) and is_last):
        return "ge"
    if quantity.unit in ("名", "人") and before.endswith("由"):
        return "ge" if quantity.low > 1 else None  # 由 1 人操作: one is enough
    if quantity.unit in ("名", "人") and _are_people(part, index, before, is_last=is_last is not None):
        return "ge"
    is_supplied = quantity.unit in SUPPLIED and _is_supplied(part, index)
    # 夏季不高于 28 ℃, 配备 2 具: whether the season goes on is not said.
    when = memory.condition or ""
    goes_on = part.modal or part.condition or not when or (memory.is_led and not when.startswith("每"))
    return "ge" if is_supplied and goes_on else None


def _are_people(part: Part, index: int, before: str, *, is_last: bool) -> bool:
    """其中 1 名须持证; 门岗应 2 人值守; 每班 2 人; 门岗 4 人、巡逻岗 3 人: so many are to be there, though no verb says it."""
    if before == "其中" and part.modal and part.modal.start >= part.tokens[index].end:
        return True
    each_shift = index > 0 and part.tokens[index - 1].kind == PERIOD
    post = _POST.fullmatch(part.text[_last_number(part, index) : part.tokens[index].start])
    on_duty = _ON_DUTY.match(part.text, part.tokens[index].end) is not None
    return on_duty or (is_last and (each_shift or post is not None))


def _is_supplied(part: Part, index: int) -> bool:
    """配备 2 台: the words between the modal, or the condition, and the quantity say that so many are to be there."""
    begin = part.modal.end if part.modal else part.tokens[0].start
    words = part.text[begin : part.tokens[index].start]
    # 应有 1 人值守; 有两个业主的 says which are meant
    return _SUPPLY.match(words) is not None and (part.modal is not None or not words.rstrip().endswith("有"))


def _last_number(part: Part, index: int) -> int:
    at = boundary(part, index)
    return part.tokens[at - 1].end if at else part.start


def _alike(unit: str | None, last: str | None) -> bool:
    """不少于 8 人, 经理 1 人 goes on; 不少于 8 位, 锁定 30 min does not."""
    return unit == last or (is_counted(unit) and is_counted(last) and "元" not in (unit, last))


def _remember_compared(part: Part, index: int, memory: Memory) -> None:
    """在岗人数不低于平时的 50%, 春节不少于 8 人: what is bound once is meant again."""
    if index > 1 and part.tokens[index - 2].kind == COMPARE:
        memory.recent = next(iter(property_names(part, index - 2, memory)), memory.recent)


_SOME = lazy(r"\s*(?![并且后的时和再或]|条件|环境|状态|范围)[\u4e00-\u9fff]{3,}")
_OF_RECORD = lazy(r"的(?:记录|台账|资料|数据|录像|档案|报告|日志|影像)")
_VAGUE_AFTER = ("左右", "上下", "前", "后", "以后")
_AGREES = {"以上": ("ge", "gt"), "以下": ("le", "lt")}


def _operator(
    part: Part, index: int, quantity: Quantity, operator: str | None, *, negative: bool, name: str
) -> str | None:
    """How the value bounds the property, every word around it heard; None where they disagree."""
    if quantity.after in _VAGUE_AFTER:
        return None
    if operator is not None:
        heard = FLIPPED.get(operator) if negative else operator
        if (
            heard == "ge"
            and quantity.form == "range"
            and _REACHES.search(part.text[part.start : part.tokens[index].start])
        ):
            return "in"
        return heard if heard in _AGREES.get(quantity.after or "", (heard,)) else None
    is_owner = bool(name) and name in part.text[part.tokens[index].end : part.end]
    return None if negative else _unspoken(part, index, quantity, name, is_owner=is_owner)


def _unspoken(part: Part, index: int, quantity: Quantity, name: str, *, is_owner: bool) -> str | None:
    """The operator where no comparator is written: 95% 以上, 24～26 ℃, ±10 mm 以内, 为 100%, 率 98%."""
    band = quantity.after in AFTER or quantity.form not in ("single", "around")
    before, behind = part.text[part.start : part.tokens[index].start], part.text[part.tokens[index].end : part.end]
    if (
        band
        and not (quantity.unit == "℃" and stored_at(behind))
        and not _KEEPS.match(behind)
        and not HAS_DONE.search(behind.rstrip())
        and not (is_owner and (part.modal or behind.startswith("的") or _is_supplied(part, index)))
        and not (quantity.unit in ("人", "名") and _BY_SO_MANY.search(before))
        and (GOES_ON if part.modal is None else _SOME).match(behind)
        and not (behind.startswith("的") and _is_next_size(part, index))
    ):
        return None  # 90 分以上全额支付: a case, and what follows from it; 满足 80% 以上患者使用: whom it is for
    if quantity.after in AFTER:
        return AFTER[quantity.after]
    if quantity.form != "single":
        return "in"
    if quantity.after in WITHIN:
        # 客人到达 3 m 内起身: where, not how much.
        is_place = dimension(quantity.unit) == "length" and GOES_ON.match(part.text[part.tokens[index].end : part.end])
        return None if is_place else "le"
    if _is_set_to(part, index, name):
        utmost = _UTMOST.search(part.text[part.start : part.tokens[index].start])
        return "eq" if utmost is None else "le" if utmost["way"] in "长多高大迟晚" else "ge"
    most = "le" if _MOST.search(name) and not behind.strip() else None  # 设置限速 5 km/h 标志 is about the sign
    return "ge" if SPARE.search(name) and quantity.unit == "%" else most


def _is_next_size(part: Part, index: int) -> bool:
    """价格 18 万元以内、排气量 1.8 升以下的轿车: bound like the one before."""
    at = boundary(part, index)
    last = part.tokens[at - 1] if at else None
    after = last.quantity.after if last and last.quantity else None
    return after in (*AFTER, *WITHIN) and last is not None and part.text.startswith("、", last.end)


def _is_set_to(part: Part, index: int, name: str) -> bool:
    before, token = part.text[part.start : part.tokens[index].start], part.tokens[index]
    if _CHOSEN.search(before) and PROPERTY.search(name):
        return not part.text[token.end : part.end].strip()
    if _HELD.search(before) and token.quantity and token.quantity.unit in _STATES:
        return True
    return bool(_EQUALS.search(before) or (_BY.search(before) and _KEEPS.match(part.text, token.end)))


def _bounds(quantity: Quantity, operator: str | None) -> Bounds | None:
    low, high = sorted((quantity.low, quantity.high))
    if quantity.form != "single":
        inside = operator == "in" or (quantity.form == "around" and operator == "le")
        return (low, high, False, False) if inside else None
    return bounds_by(operator, low, high) if operator else None


def _period_for(part: Part, index: int) -> Period | None:
    """每班不少于 2 人, 不少于 24 学时每年: the period that a counted or timed amount is meant for."""
    if behind := period_behind(part, index):
        return behind.period
    begin = part.tokens[index].start
    for at in range(index - 1, -1, -1):
        token = part.tokens[at]
        between = part.text[token.end : begin]
        if token.kind == QUANTITY and not _AND_SO_MANY.fullmatch(between):
            return None
        if token.kind == QUANTITY:
            begin = token.start
        if token.kind == PERIOD:
            # 每日填写并保存 6 个月: the second verb has its own number.
            # 每日巡查的记录保存 3 年: of the record, not of how long it is kept.
            return None if _DEED_AND.search(between) or _OF_RECORD.search(between) else token.period
    return None
