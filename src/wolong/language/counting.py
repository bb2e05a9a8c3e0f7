"""Work frequencies: how often something is done (每日不少于 2 次, 半月一次, 日产日清)."""

import re
from dataclasses import replace
from decimal import Decimal

from wolong.language.comparators import FLIPPED
from wolong.language.conditions import SEASON
from wolong.language.measured import respectively
from wolong.language.memory import Memory
from wolong.language.modals import SHALL_NOT, SHOULD_NOT
from wolong.language.names import boundary, clean_name
from wolong.language.parts import Part
from wolong.language.periods import period_at
from wolong.language.quantities import Quantity
from wolong.language.tokens import COMPARE, LIST, MODAL, OPAQUE, PERIOD, QUANTITY, TEXT
from wolong.language.tree import Measure, Period
from wolong.language.units import is_time, length_of

TIMES = "次"
_PER_UNIT = {
    "d": Period(Decimal(1), "d"),
    "month": Period(Decimal(1), "month"),
    "a": Period(Decimal(1), "a"),
    "h": Period(Decimal(1), "h"),
    "周": Period(Decimal(7), "d"),
    "星期": Period(Decimal(7), "d"),
    "季度": Period(Decimal(3), "month"),
    "季": Period(Decimal(3), "month"),
    "半年": Period(Decimal(6), "month"),
    "半月": Period(Decimal(15), "d"),
    "shift": Period(Decimal(1), "shift"),
}
# 每年汛期前检查1次: the period stands in the condition.
_AGAIN = re.compile(r"每(?:年|半年|季度?|个?月|周|个?星期|日|天|班)(?!次)")
_MORE = re.compile(r"增加(?![至到])|(?<![添施增])加(?![油药湿热固工水]|密?[至到])|追加|再")
# 雨雪天增加 1 次: another case, or more than before; the period of the words before does not go on.
_OTHER_CASE = re.compile(r"[前后时]|期间|遇|每|[年季月周日][检审测]")
_FAULT = re.compile(r"漏|缺|违|不合格|未|扣|罚|给予|机会")  # 漏打一次扣 20 元
_DAYTIME = re.compile(r"\d[时点:]|夜间|昼间|白天|高峰|平峰|工作时间|休息时间")
_LEAD = re.compile(
    r"^(?:\([^)]*\)|参加|接受|主持|召开|举办|举行|做到|达到|至少|定期|需要|还|要(?!害|求)|做出|作出|并|各(?![类种个项级部单])|再|由[^,]{1,10}?(?=进行|对)|组织|进行|开展|实施|对(?!比)|将|把|的|完成|做|不少于|[\s、,])+"
)
_TAIL = re.compile(r"(?:应当|应|宜|进行|开展|实施|完成|组织|至少|不少于|不低于|的|各|为|频次|次数|频率|以|做|[\s、])+$")
_ONLY_OBJECT = re.compile(r"^(?:应|宜)?(?:对(?!比)|将|把|针对|围绕|配合|委托|邀请|聘请).{1,30}?(?:进行|开展|实施|做)$")
_BY_WHOM = re.compile(r"由.{1,20}(?:机构|单位|公司|人员|专人|部门)")
_IN_A_ROW = re.compile(r"(?:连续|累计)[\u4e00-\u9fff]{0,3}\s*$")
_COSTS = re.compile(r"的,?\s?每?[^,]{0,4}[扣罚]\s?\d")
_REMOVAL = re.compile(r"(?:清运|收运|收集|清理|处置|处理)$")  # 垃圾清运日产日清
_SO_MANY = re.compile(r"(?P<value>\d+)(?P<unit>\D+)")
_PAID = re.compile(r"付款|支付|结算|缴纳")
_SEASON_FIRST = re.compile(rf"{SEASON}(?=对|进行|开展)")
_COMES = re.compile(rf"{SEASON}前$")
_FINED = re.compile(r"\s*的?[扣罚]")
_ANOTHER = re.compile(r"、|并且|并(?!列|联|行|发)|且")
_TURNS = re.compile(r"(?P<turns>早、?中、?晚|早、?晚|上、?下午|上午、下午|前、?后)各")
_TWICE_A_DAY = re.compile(r"(?:早、?(?:中、?)?晚|上、?下午|上午、下午)各")  # of one day, though no period is said
_WHEN_BEFORE = re.compile(
    r"(?:^|在|于)(?P<when>[^\W\d在于]{0,6}(?:季节?|期|汛|冬|夏|节|暖|运行|使用|启用|开学|来临|到来|开始)前)(?!后)"
)
_TIMES_FIRST = re.compile(r"[一二两三四五六七八九十\d]+\s?[次遍回]")
_AT_A_TIME = re.compile(r"[前后于在]|至少|并|提前")
_NO_DEED = re.compile(
    r"(?:时间|时长|数量|总量|用量|人数)(?:\([^)]*\))?$|[前后]$|^班次|^[\u4e00-\u9fff]{1,4}(?:不|无)"
)  # 每周菜谱不重样
_IN_SEASON = re.compile(rf"{SEASON}(?:进行|开展|实施)")  # 乔木修剪每年冬季进行
_OTHERS = re.compile(
    r"^.{0,10}由[^,据]{1,12}?(?:公司|单位|机构|厂家|人员|部门)(?=[\u4e00-\u9fff]{2})"
)  # 由专业公司清掏
_FINE = re.compile(r"扣|罚|加收|支付(?:违约|滞纳)")  # 逾期每日扣除 1%
_RAISED = re.compile(r"(?:增加|加密|提高)[至到]")
_ONE_DEED = re.compile(r"一[换清扫洗消检]")  # 每日一换
_PLACE = re.compile(
    r"^(?:主要|重点|重要|其他|其余)[\u4e00-\u9fff]{2,4}\s*$|(?:部位|区域|场所|地段|路段|点位|地点|楼层)\s*$"
)  # 重点部位每小时一次: where, not what
_DONE_BY = re.compile(r"(?P<verb>[^,由]{2,12})由[^,]{2,30}(?:进行|开展|实施|完成|负责|承担|组织)")
_ABOUT = re.compile(r"^(?:对|将|把)?.{1,30}?(?:进行|开展|实施|做(?![好到]))(?P<verb>.{1,20})$")


_AGAIN_AND_AGAIN = re.compile(r"(?:定期|按期|按时|经常)(?:进行|开展)?(?P<verb>[\u4e00-\u9fff、]{2,12})")


def is_place(subject: str) -> bool:
    """重点部位应每月 1 次: where, not what; what the words before told goes on."""
    return _PLACE.search(subject) is not None


def is_count(quantity: Quantity) -> bool:
    """Whether the quantity counts times."""
    return quantity.unit is not None and (quantity.unit == TIMES or quantity.unit.startswith(TIMES + "/"))


def read_count(part: Part, index: int, modality: str, memory: Memory) -> tuple[Measure, int | None] | None:
    """The frequency that a count of times makes, and the index of the period it used; None where no period is known."""
    quantity = part.tokens[index].quantity
    if quantity is None or quantity.unit is None:
        return None
    if _IN_A_ROW.search(part.text[part.start : part.tokens[index].start]) or _FINED.match(
        part.text[part.tokens[index].end : part.end]
    ):
        return None  # 连续 2 次不合格, 每发现 1 次扣 50 元: that it happens, not how often it is done
    at = _period_index(part, index, memory)
    if quantity.unit != TIMES:
        period = _per(quantity.unit.partition("/")[2])
    elif at is not None:
        period = part.tokens[at].period
    elif (
        memory.period is not None
        and (part.modal is None or boundary(part, index) > 0)
        and not _COMES.search(part.condition or "")  # 每月清洗一次, 供冷季前清洗 1 次
        and not (memory.period.unit in ("h", "min") and _DAYTIME.search(part.condition or ""))  # 夜间不少于 2 次
        and not _FAULT.search(part.text[part.start : part.end])
        and not (_OTHER_CASE.search(_words(part, 0, index)) or _MORE.search(_words(part, 0, index)))
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
    name = shared[0] if shared else verb_phrase(part, index, at, memory)
    memory.deed = name or memory.deed  # 汛期前疏通 1 次，汛期内每月 2 次: what the next part counts
    if period is None or operator is None or (shared and not name) or (name and _is_torn(name)):
        return None
    memory.period = period
    quantity = _each(part, index, quantity)
    low, high, low_open, high_open = _count_bounds(quantity, operator)
    condition = _when(part, index, at) or memory.condition
    return (
        Measure("frequency", name, condition, low, high, low_open, high_open, TIMES, period),
        at,
    )


def _per(unit: str) -> Period | None:
    """次/周, 次/15 天."""
    if unit in _PER_UNIT:
        return _PER_UNIT[unit]
    match = _SO_MANY.fullmatch(unit)
    if match is None:
        return None
    factor, name = length_of(match["unit"])
    return Period(Decimal(match["value"]) * factor, name) if is_time(name) else None


def _is_shared_out(part: Part, index: int) -> bool:
    """甲、乙应分别每月、每半年检查一次: one count for several periods."""
    before = [one for one in part.tokens[:index] if one.kind in (PERIOD, QUANTITY)]
    return len(before) > 1 and before[-2].kind == PERIOD and "分别" in part.text[part.start : before[-2].start]


def _is_torn(name: str) -> bool:
    """每 2 年(对于使用不超过 15 年的)或者每年(……): brackets that the name does not close."""
    return name.startswith("(") or name.count("(") != name.count(")")


def _each(part: Part, index: int, quantity: Quantity) -> Quantity:
    """每日早晚各 1 次 is twice a day."""
    at = boundary(part, index)
    begin = part.tokens[at - 1].end if at else part.start
    match = _TURNS.search(part.text[begin : part.tokens[index].start])
    turns = (3 if "中" in match["turns"] else 2) if match else 1
    return replace(quantity, low=quantity.low * turns, high=quantity.high * turns)


def _when(part: Part, index: int, at: int | None) -> str | None:
    """每年春秋两季各 1 次, 每年雨季前检查 1 次: the time that stands between the period and the count."""
    words = "".join(_words(part, at + 1, index).split()) if at is not None and at < index else ""
    season = _TAIL.sub("", words)
    if led := _SEASON_FIRST.match(words):
        return led.group()
    before = _WHEN_BEFORE.match(words)
    return season if re.fullmatch(SEASON, season) else before["when"] if before else None


def _of_season(part: Part, index: int, memory: Memory) -> Period | None:
    """A count without a period: of a season it is that of a year (冬季施肥1次), of a time of the day that of a day."""
    words = memory.condition or ""
    if _MORE.search(_words(part, 0, index)):
        return None
    if again := _AGAIN.search(words):
        found = period_at(words, again.start())
        return found[0] if found else None
    if _TWICE_A_DAY.search(part.text[part.start : part.tokens[index].start]):
        return _PER_UNIT["d"]
    if _DAYTIME.search(words) or _DAYTIME.search(part.text[part.start : part.tokens[index].start]):
        return _PER_UNIT["d"]
    if not re.fullmatch(SEASON, words.removeprefix("在").removesuffix("前")) or words.startswith("节假日"):
        return None
    return _PER_UNIT["a"]


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


def _count_operator(part: Part, index: int, quantity: Quantity, *, negative: bool) -> str | None:
    for at in range(index - 1, -1, -1):
        token = part.tokens[at]
        if token.kind in (QUANTITY, MODAL):
            break
        if token.kind == COMPARE:
            return FLIPPED.get(token.word) if negative else token.word
    if negative or quantity.after in ("左右", "上下"):
        return None
    if quantity.after == "以下":
        return "le"
    return "in" if quantity.form == "range" else "ge"


def _count_bounds(quantity: Quantity, operator: str) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    low, high = quantity.low, quantity.high
    match operator:
        case "le":
            return None, high, False, False
        case "lt":
            return None, high, False, True
        case "gt":
            return low, None, True, False
        case "in":
            return low, high, False, False
        case "eq":
            return low, high, False, False
    return low, None, False, False


def verb_phrase(part: Part, index: int, period_index: int | None, memory: Memory) -> str | None:
    """What is done that often: the words between period and count, else those behind the count, else those before."""
    inner = outer = ""
    if period_index is not None and period_index < index:
        inner = _words(part, max(period_index + 1, boundary(part, index)), index)
        outer = _words(part, boundary(part, period_index), period_index)
    elif period_index is None:
        inner = _words(part, _behind_condition(part, boundary(part, index), index), index)
    else:
        outer = _words(part, boundary(part, index), index)
    # 检测每季度一次并公示: another deed
    is_last = _ANOTHER.match(part.text, part.tokens[index].end) is not None
    behind = "" if is_last else _words(part, index + 1, _next_number(part, index))
    inner = "" if _CONJ.search(inner) else inner  # 一次演练及一次以上培训
    behind = _CONJ.sub("", behind)
    if (about := _before_bracket(part, index)) is not None:
        return about
    if part.text.startswith("的", part.tokens[index].end):
        inner, behind = behind, inner  # 进行不少于 3 次的周界巡查
    if memory.deed and is_place(outer):
        outer = ""
    for words in (inner, behind, outer, memory.deed, memory.recent, memory.subject):
        name = "" if _ONLY_OBJECT.match(_WHEN_BEFORE.sub("", "".join(words.split()))) else _verb(words)
        if name and not _BY_WHOM.fullmatch(name):
            return name
    return None


_CONJ = re.compile(r"(?:以?及|和|与|、)\s*$")


def _before_bracket(part: Part, index: int) -> str | None:
    """定期巡视(每月不少于 2 次)共用部位: what stands before the bracket is done."""
    at = part.tokens[index].start
    opened = part.text.rfind("(", part.start, at)
    if opened < 0 or ")" in part.text[opened:at]:
        return None
    words = re.split(r"并(?!列|联|行|且)|并且|且", part.text[part.start : opened])[-1]
    return _verb(words).removeprefix("定期") or None


def _behind_condition(part: Part, first: int, index: int) -> int:
    """排水沟雨季前清掏 1 次: the deed stands behind the season."""
    begins = part.text.find(part.condition, part.start) if part.condition else -1
    behind = [at for at in range(first, index) if 0 <= begins < part.tokens[at].start]
    return behind[0] if behind else first


def _next_number(part: Part, index: int) -> int:
    for at in range(index + 1, len(part.tokens)):
        if part.tokens[at].kind in (PERIOD, QUANTITY, COMPARE):
            return at
    return len(part.tokens)


def _words(part: Part, first: int, last: int) -> str:
    """The plain words from one token to another; those before a modal fall away where some stand behind it."""
    before: list[str] = []
    behind: list[str] = []
    seen = False
    for token in part.tokens[first:last]:
        if token.kind == MODAL:
            seen = True
        elif token.kind in (TEXT, LIST):
            (behind if seen else before).append(part.text[token.start : token.end])
    spoken = _verb("".join(behind))
    return "".join(behind) if spoken else "".join(before)


def deed_of(words: str) -> str:
    """对……进行清洗消毒和检测, 每年不少于一次: what the next part counts."""
    words = "".join(words.split())
    if again := _AGAIN_AND_AGAIN.fullmatch(words):
        return _verb(again["verb"])  # 应定期清洗消毒, 每半年不少于一次
    about = _ABOUT.match(words)
    return _verb(about["verb"]) if about and not _TIMES_FIRST.match(about["verb"]) else ""


def done_by(words: str) -> str:
    """年度检测由具备资质的机构进行, 每年 1 次: what the next part counts."""
    match = _DONE_BY.fullmatch("".join(words.split()))
    return _verb(match["verb"]) if match else ""


def _verb(words: str) -> str:
    words = "".join(words.split())
    words = _TAIL.sub("", _TURNS.sub("", words, count=1))
    words = _WHEN_BEFORE.sub("", words, count=1)
    match = _ABOUT.match(words)
    if match:
        words = match["verb"]
    words = _OTHERS.sub("", re.split(r"并(?!列|联|行|且)|并且|且", words)[0] or words)
    words = _LEAD.sub("", words)
    return (
        ""
        if words in ("应", "为", "以", "在", "减", "减为") or _RAISED.fullmatch(words) or re.fullmatch(SEASON, words)
        else clean_name(words)
    )


def _only_modifies(part: Part, index: int) -> bool:
    """每日上午 9:00 前 is a date that nobody reads; 每日在岗 is being there, not doing something once."""
    token = part.tokens[index]
    if any(one.kind == OPAQUE for one in part.tokens[index + 1 :]):
        return True
    between = part.text[token.end : part.modal.start].strip() if part.modal is not None else ""
    if between and not (part.condition or "").endswith(between):
        return True
    return bool(re.match(r"\s*在[岗位场班]", part.text[token.end : part.end]))


def _is_amount(quantity: Quantity, words: str) -> bool:
    """每周工作 5 d, 每月物业费的 5%: how long or how much, not how often."""
    if is_time(quantity.unit):
        return quantity.after is None and not _AT_A_TIME.search(words)
    return quantity.unit == "元" or words.rstrip().endswith("的")


def read_bare_period(part: Part, index: int, modality: str, memory: Memory) -> Measure | None:
    """每日清扫: a period without a count means at least once; a period that only modifies a noun means nothing."""
    token = part.tokens[index]
    if token.period is None or modality in (SHALL_NOT, SHOULD_NOT) or _only_modifies(part, index):
        return None
    behind = _words(part, index + 1, _next_number(part, index))
    alone = part.text[token.end : part.end].strip() in ("", "进行", "开展", "实施") or _IN_SEASON.fullmatch(
        behind.strip()
    )
    verb = _verb(behind) or (_verb(_words(part, 0, index)) if alone else "")
    if part.text[token.start : token.end] == "日产日清":
        before = _verb(_words(part, 0, index))
        verb = before if _REMOVAL.search(before) else part.text[token.start : token.end]
    after = part.tokens[_next_number(part, index)] if _next_number(part, index) < len(part.tokens) else None
    verb = verb[1:] if _ONE_DEED.fullmatch(verb) else verb
    if verb.endswith(("提前", "前", "后")) and after and after.quantity:  # 每天提前 30 min 关闭, 每天上班前 30 min 开窗
        verb = _verb(_words(part, _next_number(part, index) + 1, len(part.tokens)))
    if not verb or _NO_DEED.search(verb) or (after and after.quantity and _is_amount(after.quantity, behind)):
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
    condition = _when(part, _next_number(part, index), index) or memory.condition
    return Measure("frequency", verb, condition, Decimal(1), None, unit=TIMES, per=token.period)
