"""Work frequencies: how often something is done (每日不少于 2 次, 半月一次, 日产日清)."""

import re
from dataclasses import replace
from decimal import Decimal

from wolong.language.comparators import FLIPPED, SHUNS, bounds_by
from wolong.language.deeds import TAIL, TURNS, WHEN_BEFORE, next_number, verb_of, verb_phrase, words_between
from wolong.language.measured import respectively
from wolong.language.memory import Memory
from wolong.language.modals import SHALL_NOT, SHOULD_NOT
from wolong.language.names import boundary
from wolong.language.parts import Part, period_behind
from wolong.language.patterns import lazy
from wolong.language.periods import DAILY, DEED_ONCE, period_at
from wolong.language.quantities import WITHIN, Quantity
from wolong.language.seasons import ANY_SEASON, SEASON
from wolong.language.tokens import COMPARE, MODAL, OPAQUE, PERIOD, QUANTITY
from wolong.language.tree import Measure, Period
from wolong.language.units import TIMES, is_time, length_of

_COUNTED_IN = frozenset({"d", "month", "a", "h", "shift"})  # 次/min is a pulse or a rate, nothing that is done so often
# 每年汛期前检查1次: the period stands in the condition.
_AGAIN = lazy(r"每(?:年|半年|季度?|个?月|周|个?星期|日|天|班)(?!次)")
_MORE = lazy(r"增加(?![至到])|(?<![添施增])加(?![油药湿热固工水]|密?[至到])|追加|再")
# 雨雪天增加 1 次: another case, or more than before; the period of the words before does not go on.
_OTHER_CASE = lazy(r"[前后时]|期间|遇|每|[年季月周日][检审测]")
_FAULT = lazy(r"漏|缺|违|不合格|未|扣|罚|给予|机会")  # 漏打一次扣 20 元
_DAYTIME = lazy(r"\d[时点:]|夜间|昼间|白天|高峰|平峰|工作时间|休息时间")
_IN_A_ROW = lazy(r"(?:连续|累计)[\u4e00-\u9fff]{0,3}\s*$")
_COSTS = lazy(r"的,?\s?每?[^,]{0,4}[扣罚]\s?\d")
_REMOVAL = lazy(r"(?:清运|收运|收集|清理|处置|处理)$")  # 垃圾清运日产日清
_SO_MANY = lazy(r"(?P<value>\d+)?(?P<unit>\D+)")
_PAID = lazy(r"付款|支付|结算|缴纳")
_SEASON_FIRST = lazy(
    rf"{SEASON}(?=对|进行|开展)|[春夏秋冬][季天]?(?:[、和及]?[春夏秋冬])?(?:两?季)(?=各?[\u4e00-\u9fff]{{2}})"
)
_COMES = lazy(rf"{SEASON}前$")
_FINED = lazy(r"\s*的?[扣罚]")
_TWICE_A_DAY = lazy(r"(?:早、?(?:中、?)?晚|上、?下午|上午[、和及]下午)各")  # of one day, though no period is said
_IN_EACH = lazy(r"(?:[月年季周][初末底]|[上中下]旬|[一二三四]、?季度?)(?:应当?|须|宜)?(?:进行)?各\S*$")
_AT_A_TIME = lazy(r"[前后于在]|至少|并|提前")
_NO_DEED = lazy(
    r"(?:时间|时长|数量|总量|用量|人数|限额|额度|上限)(?:\([^)]*\))?$|[前后]$|^班次|^(?:降低?|下降|减少|提高|增长|上升)$|^有|^[水油气室]温$|^者$|^用于|^[^对将把在向从的]{2,4}的[\u4e00-\u9fff]{2,8}(?:按照?|由)|的(?:数额|人数|次数|金额)|^[\u4e00-\u9fff]{0,2}[赔补]偿金|不(?:超过|少于|低于|高于)|举行的$|^[\u4e00-\u9fff]{1,4}(?:不|无)"
)  # 每周菜谱不重样
_NO_SEASON = lazy(
    r"在?[^,]{0,3}(?:特殊|紧急)情况下?|非?(?:节假日|工作日|双休日)|[^,]*天气?外?$"
)  # many times a year, and nobody says how often in all
_YEARLY = lazy(r"[供采制][暖热冷](?:季节?|期)|[春夏秋冬][季天]|汛期|雨季")  # 供冷季每月 1 次, 供暖季清洗 2 次
_IN_SEASON = lazy(rf"{SEASON}(?:进行|开展|实施)")  # 乔木修剪每年冬季进行
_FINE = lazy(r"扣|罚|加收|支付(?:违约|滞纳)")  # 逾期每日扣除 1%
_AIR = lazy(r"(?:换气|新风|[通排送]风|周转)[^,]*$")
_ALLOWED = lazy(r"(?<![不时])限(?:[刷领用取购借投约乘停])?\s*$")  # 每日限刷 2 次
_TURN_BY_TURN = lazy(r"\([^()]*各\s*$")  # 每日投递 2 次(上午、下午各一次): said again
_NUMBER_OF_TIMES = lazy(
    r"次数\s?(?:[应须宜]?不[应得]?|最)[^,\d]{0,4}$|[\u4e00-\u9fff]{2}(?:[应须宜]?不[应得宜]?|严禁|禁止)(?:超过|多于)\s?$"
)
_ONE_DEED = lazy(DEED_ONCE)  # 每日一换


def is_count(part: Part, index: int) -> bool:
    """Whether the quantity at `index` counts how often something is done; 换气次数不少于 6 次/h is a rate of flow."""
    quantity = part.tokens[index].quantity
    unit = quantity.unit or "" if quantity else ""
    is_flow = _AIR.search(part.text[part.start : part.tokens[index].start])
    return unit == TIMES or (unit.startswith(TIMES + "/") and not is_flow)


def is_number_of_times(part: Part, index: int) -> bool:
    """漂洗次数不低于 3 次: a count without a period is a limit where the number of times itself is bound."""
    return _NUMBER_OF_TIMES.search(part.text[part.start : part.tokens[index].start]) is not None


def read_count(part: Part, index: int, modality: str, memory: Memory) -> Measure | None:
    """The frequency that a count of times makes, its period marked as used; None where no period is known."""
    quantity = part.tokens[index].quantity
    if quantity is None or quantity.unit is None:
        return None
    if _is_no_frequency(part, index, memory):
        return None
    at = _period_index(part, index, memory)
    if quantity.unit != TIMES:
        period = _per(quantity.unit.partition("/")[2])
    elif at is not None:
        period = part.tokens[at].period
    elif (
        memory.period is not None
        and (part.modal is None or boundary(part, index) > 0)
        and not _COMES.search(part.condition or "")  # 每月清洗一次, 供冷季前清洗 1 次
        and not (memory.period.unit in ("h", "min") and part.condition)  # 夜间不少于 2 次
        and not (
            memory.takes_turns and _YEARLY.fullmatch(part.condition or "") and words_between(part, 0, index).strip()
        )
        and not _FAULT.search(part.text[part.start : part.end])
        and not (_OTHER_CASE.search(words_between(part, 0, index)) or _MORE.search(words_between(part, 0, index)))
    ):
        period = memory.period
    else:
        period = _of_season(part, index, memory)
    if _is_shared_out(part, index):
        return None
    shared = respectively(part, index)
    operator = _count_operator(
        part, index, quantity, negative=part.modal is not None and modality in (SHALL_NOT, SHOULD_NOT)
    )
    name = shared.name if shared else verb_phrase(part, index, at, memory)
    condition = (shared and shared.condition) or _when(part, index, at)
    name = _seasonless(name, condition) if name else name
    if name and not (memory.deed and name.endswith(memory.deed)):
        memory.deed = name  # 汛期前疏通 1 次，汛期内每月 2 次: what the next part counts
    if period is None or operator is None or (shared and not name) or (name and _is_torn(name)):
        return None
    memory.period = period
    quantity = _each(part, index, quantity)
    low, high, low_open, high_open = bounds_by(operator, quantity.low, quantity.high)
    if at is not None:
        memory.used.add(at)
    return Measure("frequency", name, condition or memory.condition, low, high, low_open, high_open, TIMES, period)


def _is_no_frequency(part: Part, index: int, memory: Memory) -> bool:
    before = part.text[part.start : part.tokens[index].start]
    if memory.period is not None and _TURN_BY_TURN.search(before):
        return True
    if _IN_EACH.search(before) and not TURNS.search(before):
        return True  # 一、四季度各培训 1 次: in each of them
    # 连续 2 次不合格, 每发现 1 次扣 50 元: that it happens, not how often it is done
    return bool(_IN_A_ROW.search(before) or _FINED.match(part.text[part.tokens[index].end : part.end]))


def _per(unit: str) -> Period | None:
    """次/周, 次/15 天."""
    match = _SO_MANY.fullmatch(unit)
    if match is None:
        return None
    factor, name = length_of(match["unit"])
    is_period = is_time(name) if match["value"] else name in _COUNTED_IN
    return Period(Decimal(match["value"] or 1) * factor, name) if is_period else None


def _is_shared_out(part: Part, index: int) -> bool:
    """甲、乙应分别每月、每半年检查一次: one count for several periods."""
    before = [one for one in part.tokens[:index] if one.kind in (PERIOD, QUANTITY)]
    return len(before) > 1 and before[-2].kind == PERIOD and "分别" in part.text[part.start : before[-2].start]


def _is_torn(name: str) -> bool:
    """每 2 年(对于使用不超过 15 年的)或者每年(……): brackets that the name does not close; 分别每 3 个月、6 个月: no name at all."""
    return name.startswith(("(", "分别")) or name.count("(") != name.count(")")


def _each(part: Part, index: int, quantity: Quantity) -> Quantity:
    """每日早晚各 1 次 is twice a day."""
    at = boundary(part, index)
    begin = part.tokens[at - 1].end if at else part.start
    match = TURNS.search(part.text[begin : part.tokens[index].start])
    turns = (3 if match["turns"].startswith(("早中", "早、中")) else 2) if match else 1
    return replace(quantity, low=quantity.low * turns, high=quantity.high * turns)


def _when(part: Part, index: int, at: int | None) -> str | None:
    """每年春秋两季各 1 次, 每年雨季前检查 1 次: the time that stands between the period and the count."""
    words = "".join(words_between(part, at + 1, index).split()) if at is not None and at < index else ""
    season = TAIL.sub("", words)
    if led := _SEASON_FIRST.match(words):
        return led.group()
    before = WHEN_BEFORE.match(words)
    return season if ANY_SEASON.fullmatch(season) else before["when"] if before else None


def _seasonless(name: str, condition: str | None) -> str:
    """春秋两季各检查: the season is the measure's condition, no part of the deed's name."""
    return name.removeprefix(condition).removeprefix("各") if condition else name


def _of_season(part: Part, index: int, memory: Memory) -> Period | None:
    """A count without a period: of a season it is that of a year (冬季施肥1次), of a time of the day that of a day."""
    words = memory.condition or ""
    if _MORE.search(words_between(part, 0, index)):
        return None
    if again := _AGAIN.search(words):
        found = period_at(words, again.start())
        return found[0] if found else None
    if _TWICE_A_DAY.search(part.text[part.start : part.tokens[index].start]):
        return Period(Decimal(1), "d")
    if _DAYTIME.search(words) or _DAYTIME.search(part.text[part.start : part.tokens[index].start]):
        return Period(Decimal(1), "d")
    if not ANY_SEASON.fullmatch(words.removeprefix("在").removesuffix("前")) or _NO_SEASON.match(words):
        return None
    return Period(Decimal(1), "a")


def _period_index(part: Part, index: int, memory: Memory) -> int | None:
    """The nearest period before the count that is still free, else the first behind it."""
    for at in range(index - 1, -1, -1):
        if part.tokens[at].kind == PERIOD and at not in memory.used:
            return at
        if part.tokens[at].kind == QUANTITY and part.tokens[at].quantity is not None and at not in memory.used:
            break
    for at in range(index + 1, len(part.tokens)):
        if part.tokens[at].kind == PERIOD and at not in memory.used:
            return at
    return None


def _is_span(part: Part, at: int) -> bool:
    token = part.tokens[at]
    return token.kind == PERIOD and not part.text.startswith("每", token.start)


def _count_operator(part: Part, index: int, quantity: Quantity, *, negative: bool) -> str | None:
    for at in range(index - 1, -1, -1):
        token = part.tokens[at]
        if token.kind in (QUANTITY, MODAL):
            break
        if token.kind == COMPARE and token.word in ("le", "lt") and _is_span(part, at + 1):
            return None if negative else "ge"  # 不超过半年清洗一次
        if token.kind == COMPARE:
            shuns = SHUNS.search(part.text[part.start : token.start].rstrip()) if token.word in FLIPPED else None
            return FLIPPED.get(token.word) if negative or shuns else token.word
    if negative or quantity.after in ("左右", "上下"):
        return None
    if quantity.after in ("以下", *WITHIN) or _ALLOWED.search(part.text[part.start : part.tokens[index].start]):
        return "le"
    return "in" if quantity.form == "range" else "ge"


_LASTS = lazy(r"\s*(?:在[岗位场班]|(?:全天)?(?:开放|营业)(?![前后时期结]))")
_OF_EACH = lazy(r"(?:将|把|对)\s*$")
_A_RECORD = lazy(r"[\u4e00-\u9fff]{0,8}(?:记录|台账|日志|报表|数据|情况)")


def _only_modifies(part: Part, index: int) -> bool:
    """每日上午 9:00 前 is a date that nobody reads; 每日在岗 is being there, not doing something once."""
    token = part.tokens[index]
    if token.start < part.start:
        return False  # 每年汛期前, 应……
    if any(one.kind == OPAQUE for one in part.tokens[index + 1 :]) or (index and period_behind(part, index - 1)):
        return True  # 巡逻 2 人每班: of the amount
    between = part.text[token.end : part.modal.start].strip() if part.modal is not None else ""
    if between and not (part.condition or "").endswith(between):
        return True
    if _OF_EACH.search(part.text[part.start : token.start]) and _A_RECORD.match(part.text, token.end):
        return True  # 将每日防火巡查记录存档
    return _LASTS.match(part.text, token.end, part.end) is not None


def _is_amount(quantity: Quantity, words: str) -> bool:
    """每周工作 5 d, 每月物业费的 5%: how long or how much, not how often."""
    if is_time(quantity.unit):
        return quantity.after is None and not _AT_A_TIME.search(words)
    return quantity.unit in ("元", "L", "m3", "t", "kWh") or words.rstrip().endswith("的")


def read_bare_period(part: Part, index: int, modality: str, memory: Memory) -> Measure | None:
    """每日清扫: a period without a count means at least once; a period that only modifies a noun means nothing."""
    token = part.tokens[index]
    if token.period is None or modality in (SHALL_NOT, SHOULD_NOT) or _only_modifies(part, index):
        return None
    behind = words_between(part, index + 1, next_number(part, index))
    alone = part.text[token.end : part.end].strip() in ("", "进行", "开展", "实施") or _IN_SEASON.fullmatch(
        behind.strip()
    )
    verb = verb_of(behind) or (verb_of(words_between(part, 0, index)) if alone else "")
    if DAILY.fullmatch(part.text, token.start, token.end):
        before = verb_of(words_between(part, 0, index))
        is_listed = part.text[part.start : token.start].rstrip().endswith("、")
        verb = before if _REMOVAL.search(before) and not is_listed else part.text[token.start : token.end]
    after = part.tokens[next_number(part, index)] if next_number(part, index) < len(part.tokens) else None
    verb = verb[1:] if _ONE_DEED.match(verb) else verb
    if verb.endswith(("提前", "前", "后", "开始", "来临", "结束")) and after and after.quantity:
        # 每天提前 30 min 关闭, 每天上班前 30 min 开窗
        verb = verb_of(words_between(part, next_number(part, index) + 1, len(part.tokens)))
    if verb in ("", "由") or _NO_DEED.search(verb) or (after and after.quantity and _is_amount(after.quantity, behind)):
        return None
    # 要求停热的, 应在每年采暖期开始三十日前提出: each year has its day, and nobody has to ask each year.
    of_case = (memory.condition or "").endswith("的") and after and after.quantity and after.quantity.after == "前"
    if _is_torn(verb) or of_case:
        return None
    memory.period, memory.deed = token.period, verb
    if (
        _FINE.match(verb)
        or _PAID.search(verb)
        or _COSTS.search(part.text[part.start : part.end])
        or "违约金" in part.text[token.end : part.end]
    ):
        return None
    if re.fullmatch(r"[同与和随].+(?:一起|同时|一并)", verb):
        return None  # with what it is done, not what
    season = _when(part, next_number(part, index), index)
    condition = season or memory.condition
    return Measure("frequency", _seasonless(verb, season), condition, Decimal(1), None, unit=TIMES, per=token.period)
