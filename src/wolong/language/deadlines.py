"""Deadlines: so long after an event, or so long before it (接到报修后 15 min 内, 会前 60 min, 提前 24 h)."""

import re
from dataclasses import replace

from wolong.language.comparators import counted_from, operator_before
from wolong.language.measured import respectively
from wolong.language.memory import Memory
from wolong.language.modals import SHALL_NOT, SHOULD_NOT
from wolong.language.names import JOINT, clean_name, is_actor
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.quantities import WITHIN, Quantity
from wolong.language.seasons import SEASON
from wolong.language.tokens import COMPARE, LIST, MODAL, PERIOD, QUANTITY, TEXT
from wolong.language.tree import Measure
from wolong.language.units import is_time

_EVENT_AFTER = lazy(
    r"(?P<event>[^,。;\0]+?)(?:之后|以后|(?<![先前最])后|之[日时]起|日起|时起|起)\s*(?:的|在|于|至少|,|\0|\s)*$"
)
_EVENT_BEFORE = lazy(r"(?P<event>[^,。;\0]*?)(?:之前|以前|前)\s*(?:的|在|于|至少|约|,|\0|\s)*$")
_HAN_DAYS = lazy(r"[二三四五六七八九]?十日|[一二三四五六七八九]百|[两二三四五六七]日")  # 应在三十日前通知
_SIDE = lazy(r"(?P<no>不)?(?P<way>[早晚迟])于[^,]{1,16}前\s*$")
_TO = lazy(
    r"(?:时间|时长|周期)(?:应|须|宜|不[应得]超过)?(?:控制|保持)?在\s*$|(?:缩短|压缩|压降|降低?|减少|控制|限制)[至到在为]\s*$|(?:限制|控制)[^,\d]{0,10}时[间长]\s*$"
)
_IS_LENGTH = lazy(r"(?:时间|时长|期限|时限|周期)$")  # 使用后织物的暂存时间不应超过 48 h
_LIES = lazy(r"(?:存放|保存|贮存|放置|停留|搁置|滞留)\0?\s*$")  # 熟制后在常温下存放不应超过 2 h: how long
_AT_LATEST = lazy(r"最[迟晚]\s*$")
_NOT_LATER = lazy(r"不?[迟晚]于")
_AHEAD = lazy(r"提前\s*$")
# 5 分钟响应、30 分钟到场: 内 goes without saying.
_DONE_IN = lazy(r"\s?(?:响应|到场|到位|到达|赶到|办结|修复|回复|答复|解决|恢复)")
# 接到通知 30 min 内到场: 后 goes without saying too.
_HAPPENED = lazy(
    r"(?P<event>(?:^|(?<=[在于\0]))(?:(?![在于])[\u4e00-\u9fff]){2,6}(?:发生|出现)(?=\s*$)|(?:接到|接报|收到|发现|发生|出现)[^,的并\0]{0,12}|^\s*[^,\0]{0,4}报修)的?\s*$"
)
# 进场 7 日内, 演练结束一周内: so it does behind these words.
_ENDINGS = (
    "结束",
    "完毕",
    "竣工",
    "进场",
    "到期",
    "入职",
    "离职",
    "下单",
    "接单",
    "收货",
    "验收合格",
    "届满",
    "期满",
    "完",
)
# 拨付完成十五日内: right before the time these tell of an event, in a part before it of a deed.
_DONE = tuple(
    re.findall(
        r"\S+",
        "完成 生效 签订 受理 送达 交付 签收 开工 完工 变更 终止 解除 备案 成立 开业 启用 停用 投用 投入使用 终了 出生",
    )
)
_ENDED = lazy(r"(?P<event>[^,的\0]{1,12})\s*$")
# 30 日内无人认领的移交……: a case, nothing that is to be done by then.
_UNDONE = lazy(
    r"\s*(?!退还|返还|退回|通知|告知|公布|公示)(?:(?:仍|继续|持续)?然?有效|[\u4e00-\u9fff]{0,4}(?:无人|无法|未|没有|不能|仍|拒)[^,、]{0,12}的"
    r"|[^,、\d]{0,6}(?:不|(?<!有)无)(?!同意|予|批准|息|偿|条件|间断|积|杂|污|垃圾|异味|尘|死角|渗|超过|大于|高于|少于|合格|符合|误))"
)
# 六个月内发生二次以上事故的单位: in how long it came so often
_SO_OFTEN = lazy(
    r"\s*(?:(?:累计|连续|发生|受到|出现)[^,、\d]{0,6}?(?:\d+|[一二两三四五六七八九十]+)\s?[次起](?:及?以上|的)|(?:累计|连续)[^,、]{0,6}?(?:超过|达到?|满)\s?(?:\d|[一二两三四五六七八九十]))"
)
# 甲方在收到发票, 承诺在中标: who acts, and that he promises it, is no part of the event.
# 自查, 自行车 and 自治区 have no "from" in them; 自检验合格之日起 has one.
_SELF = r"自(?![查身动治由愿主然助]|来水|行(?!政)|检(?![查验测])|评(?![审估标定]))"
_SINCE = lazy(rf"^.+{_SELF}(?=收到|接到|受理|领取|取得|其|知道|作出|发出|交付|签|竣工|验收)")
_OF_EVENT = lazy(
    rf"^(?:(?:[甲乙双]方|采购人|供应商|中标人|[\u4e00-\u9fff]{{2,6}}(?:单位|企业|公司)|[\u4e00-\u9fff]{{0,4}}人员)(?=接到|收到|接)|(?:[^,在于自从]{{1,6}}[人方]|[^,在于自从]{{2,8}}(?=在|自)|[^,在于自从]{{2,8}}(?<![大小高低等多少])(?=于))?(?:承诺|保证)?(?:(?<![存正现潜])在|于|{_SELF}|从)|(?:承诺|保证)(?=接|收|发)|并|且|或者|在|于|{_SELF}|从|每次|当(?![年月日天班季地事场值])|由|做到|[\s、,])+"
)
_TWO_CASES = lazy(rf".*[、和及后]\s*在?{SEASON}\s*")
_ALLOWS = lazy(r"(?:具备|有|无)?条件|必要|需要|可能")  # 具备条件时应在 30 min 内切换: no event
_FREE = lazy(r"的?[扣罚]|的?由[^,]{1,8}(?:批准|审批)|(?:免费|免收|不收费?)(?:停[放车]|使用|费用)?\s*(?:$|,)")
_IS_EVENT = lazy(r"(?:退货|换货|退款|投诉|咨询|求助|举报|信访|来电|来信|失物)$")
_LATER = lazy(r"^.*前(?:或者?|、|和)")  # 投入使用前或者投入使用后 30 日内: the later of the two bounds it
# 接到报告后, 主城区范围内不超过 30 min 到达
_WHERE = lazy(r"[\u4e00-\u9fff、()]{0,20}(?:[^小]区|市|县|区域|范围内?|[城郊]区|乡镇|院内)")
_FALLS = lazy(r"\s*(?:(?:将|把|使)?[^,]{0,14})?(?:由|从)\s?\d[^,]*[升降][至到]\s?\d")
_MEANWHILE = lazy(r",\s*(?:[^,]{0,8})?(?:应当?|须|不得|不应)(?:增加|加强|保持|持续|避免|防止)")
_IS_OVER = lazy(r"(?:完毕|结束|竣工)$")  # 操作完毕应在 5 min 内复核
_THING_AND_MEETING = lazy(r"\s*[^,]{2,20}(?:室|场|厅|设备|用品|材料|席签|人员|茶水)会\s*")
_SEASON = lazy(rf"^{SEASON}(?=.)(?!气$|气?(?:开始|结束|来临|到来))")
_ACTION = lazy(r"^(?:的|将|并|且|,|\s)+")


class Unreadable:
    """A deadline that is plainly there and can't be read."""


def read_deadline(part: Part, index: int, modality: str, memory: Memory) -> Measure | Unreadable | None:
    """The deadline at `index`; `Unreadable` where it is one that can't be read; None where the quantity is no deadline."""
    quantity = part.tokens[index].quantity
    # 到场时间缩短至 20 min 以内, 食用时间应在 2 h 以内: how long it takes
    if (
        quantity is None
        or quantity.form == "around"
        or not is_time(quantity.unit)
        or _TO.search(part.text[part.start : part.tokens[index].start])
    ):
        return None
    operator, first = operator_before(part, index)
    before = _text_before(part, first)
    if _is_more(part, index, quantity, before):
        return Unreadable()
    if _AHEAD.search(before):
        condition = memory.condition or ""
        event = event_of(condition) if condition.endswith("前") else None
        return _ahead(part, index, event, operator, memory) or Unreadable()
    if quantity.after in WITHIN:
        # 投运 72 h 内, 应增加检查次数: so long, not by then
        lasts = part.modal is None and _MEANWHILE.match(part.text, part.end)
        lasts = lasts or (part.modal is None and _SO_OFTEN.match(part.text, part.tokens[index].end))
        return (None if lasts else _within(part, index, modality, before, memory)) or Unreadable()
    ahead = _before_event(part, first, before)
    if ahead is not None and (side := _SIDE.search(part.text[part.start : part.tokens[first].start])):
        is_not = side["no"] is not None or (part.modal is not None and modality in (SHALL_NOT, SHOULD_NOT))
        operator = ("le" if side["way"] == "早" else "ge") if is_not else "eq"  # 不得早于开始前 30 min
    if ahead is not None or quantity.after == "前":
        back = quantity.after == "前"
        found = _counted_back(part, index, before, memory) if back else _ahead(part, index, ahead, operator, memory)
        return found or Unreadable()
    return _unsaid_within(part, index, first, modality, memory)


def _is_more(part: Part, index: int, quantity: Quantity, before: str) -> bool:
    """季度末月 25 日前: a day of the calendar; 2 h 内从 60 ℃降至 21 ℃: what falls is bound too; 分别在 2 h 和 24 h 内: two of them."""
    is_day = quantity.unit == "d" and before.endswith("月")
    shared = respectively(part, index) if quantity.after in WITHIN else None
    return bool(is_day or _FALLS.match(part.text, part.tokens[index].end) or (shared and shared.name))


def _unsaid_within(part: Part, index: int, first: int, modality: str, memory: Memory) -> Measure | Unreadable | None:
    """5 min 响应, 接到报警后不超过 5 min: within, though 内 is not said."""
    operator = operator_before(part, index)[0]
    before = _text_before(part, first)
    if (since := counted_from(part, index)) and _NOT_LATER.match(part.text, part.tokens[first].start):
        found = _measure(part, index, event_of(since), "after", memory)  # 不迟于交付使用后 6 个月
        return (
            replace(found, property=found.property or clean_name(part.subject.removesuffix(since)))
            if found
            else Unreadable()
        )
    is_latest = bool(_AT_LATEST.search(before))
    if operator is None and (is_latest or _DONE_IN.match(part.text[part.tokens[index].end : part.end])):
        return _within(part, index, modality, before, memory) or Unreadable()
    where = clean_name(part.subject) if memory.event and memory.condition and operator == "le" else ""
    if _WHERE.fullmatch(where) and not (memory.last and memory.last.kind == "limit" and is_time(memory.last.unit)):
        found = _measure(part, index, memory.event, "after", memory)
        return replace(found, condition=where) if found else Unreadable()
    after = _after_event(part, first, before, operator, modality)
    if after is not None:
        return _measure(part, index, _event_words(after), "after", memory) or Unreadable()
    quantity = part.tokens[index].quantity
    return Unreadable() if quantity and quantity.after in ("后", "以后") else None


def _before_event(part: Part, first: int, before: str) -> str | None:
    """会议开始前 60 min: the event that the words before the number name."""
    match = _EVENT_BEFORE.search(before)
    known = match and (match["event"].strip() or before.strip("\0 ") == "会前")
    if match and known and not before.rstrip().endswith(("目前", "以前", "当前")):
        return _event_words(match["event"])
    if part.condition and part.condition.endswith("前") and not _spoken(part, first):
        return event_of(part.condition)
    return None


def _after_event(part: Part, first: int, before: str, operator: str | None, modality: str) -> str | None:
    """接到报警后不超过 5 min: the event that a comparator follows without a noun between; none is named by 最迟不超过 3 d."""
    allowed = operator == "le" or (operator == "gt" and modality in (SHALL_NOT, SHOULD_NOT))
    if allowed and _AT_LATEST.search(before):
        return ""
    if not allowed or _spoken(part, first) or _LIES.search(before) or _IS_LENGTH.search(clean_name(part.subject)):
        return None
    match = _EVENT_AFTER.search(before) or _EVENT_AFTER.search(part.condition or "")
    return match["event"] if match else None


def _within(part: Part, index: int, modality: str, before: str, memory: Memory) -> Measure | None:
    quantity = part.tokens[index].quantity
    if (
        quantity is None
        or quantity.form not in ("single", "range")
        or modality in (SHALL_NOT, SHOULD_NOT)  # 自吊销之日起 5 年内, 不得担任……: how long
        or (quantity.form == "range" and quantity.unit in ("month", "a"))  # 1 年至 3 年内不受理: from how long on
    ):
        return None
    if _UNDONE.match(part.text[part.tokens[index].end : part.end]):
        return None
    behind = part.text[part.tokens[index].end : part.end].lstrip()
    if (
        before.rstrip("\0 ").endswith(("连续", "累计", "最后"))
        or _FREE.match(behind)
        or before.startswith(("之日起", "之时起"))
    ):
        return None  # 应在连续 5 年内灌溉: how long; 停放 30 min 以内免费, 迟到 30 min 以内的扣款, 请假 1 d 以内由主管批准: a case
    match = _EVENT_AFTER.search(before)
    ahead = None if match else _EVENT_BEFORE.search(before)
    if ahead and ahead["event"].strip():
        named = _event_words(ahead["event"].strip().removesuffix("的"))
        return _ahead(part, index, named, "le", memory) if named else None  # 届满前 30 日内: at most so long before
    event = (_event_words(match["event"]) if match else None) or _event_within(part, before, memory)
    if _TWO_CASES.fullmatch(before):
        return None  # 汛期及冬季 30 min 内: two cases in one breath
    event = _LATER.sub("", event) if event else event
    memory.event = event
    memory.is_own_event = match is not None and part.modal is not None
    return _measure(part, index, event, "after", memory)


def _event_within(part: Part, before: str, memory: Memory) -> str | None:
    """The event after which the time runs: of the part's own condition, of its words, of the parts before."""
    event = event_of(part.condition) if part.condition else None
    event = event or happened_of(before, endings=_ENDINGS + _DONE)
    # 维修人员应在接到通知后 30 min 内到场, 服务人员应在 5 min 内到场: another's time runs from another event.
    is_others = memory.is_own_event and part.modal is not None and is_actor(clean_name(part.subject))
    if event is None and not is_others and not _is_other_event(part, memory.event or ""):
        event = memory.event
    if event is None and part.modal and _IS_OVER.search(part.subject):
        return _event_words(part.subject)
    stays = memory.stays or not clean_name(part.subject)
    if event is None and stays and memory.condition and memory.condition.endswith("时"):
        return event_of(memory.condition)
    return event


def _is_other_event(part: Part, event: str) -> bool:
    """接到订单后 30 min 内确认, 退货 48 h 内处理: what the words name is an event itself."""
    named = _IS_EVENT.search(clean_name(part.subject))
    return named is not None and named.group() not in event


def _ahead(part: Part, index: int, event: str | None, operator: str | None, memory: Memory) -> Measure | None:
    quantity = part.tokens[index].quantity
    if quantity is None or quantity.form not in ("single", "range") or operator in ("lt", "gt", "eq"):
        return None
    low = None if operator == "le" else quantity.low
    high = quantity.high if operator == "le" or quantity.form == "range" else None  # 会前 15 min～30 min 开机
    name = _action(part, index)
    # 流行期间每周 2 次, 消杀前 1 天张贴告示: another event is free of the condition in the midst.
    case = _case(memory) if memory.is_led or part.condition or not event else None
    return Measure("deadline", name, case, low, high, unit=quantity.unit, event=event, direction="before")


def _counted_back(part: Part, index: int, before: str, memory: Memory) -> Measure | None:
    """会议开始 60 min 前; 5日前 without an event is a day of the calendar and no deadline."""
    token = part.tokens[index]
    words = re.split(r"[在于\0]", before)[-1].rstrip().removesuffix("的")  # 任期届满的五个月前
    event = _event_words(words)
    written = part.text[token.start : token.end]
    is_day = ("日" in written and "工作日" not in written) or "月" in written
    if event is None and is_day and not (_HAN_DAYS.match(written) and not before.rstrip("\0在于 ").endswith("月")):
        return None
    return _ahead(part, index, event, None, memory)


def _measure(part: Part, index: int, event: str | None, direction: str, memory: Memory) -> Measure | None:
    quantity = part.tokens[index].quantity
    if quantity is None or quantity.form not in ("single", "range"):
        return None
    name = _action(part, index)
    if name and name.count("(") != name.count(")"):
        return None  # 应在 20 日内(现场检定在 30 日内)完成: two times, and one of them for a case
    return Measure(
        "deadline", name, _case(memory), None, quantity.high, unit=quantity.unit, event=event, direction=direction
    )


def _case(memory: Memory) -> str | None:
    """工作时间, 夏季: a condition that is no event, for that the measure names as such."""
    condition = memory.condition
    return None if condition is None or condition.endswith(("前", "后", "起", "时")) else condition


def _text_before(part: Part, first: int) -> str:
    """The words from the last number or the part's beginning to the quantity, each modal as a mark that no event reaches over."""
    words: list[str] = []
    for at in range(first - 1, -1, -1):
        token = part.tokens[at]
        if token.kind in (QUANTITY, PERIOD):
            break
        if token.kind in (TEXT, LIST, MODAL):
            words.append("\0" if token.kind == MODAL else part.text[token.start : token.end])
    return "".join(reversed(words))


def _spoken(part: Part, first: int) -> str:
    """A noun right before the comparator makes it a limit of that noun (响应时间不超过 15 min)."""
    if first == 0:
        return ""
    token = part.tokens[first - 1]
    return clean_name(part.text[token.start : token.end]) if token.kind == TEXT and not _ends_event(part, first) else ""


def _ends_event(part: Part, first: int) -> bool:
    before = _text_before(part, first)
    return bool(_EVENT_AFTER.search(before) or _EVENT_BEFORE.search(before))


# 燃气经营企业应当在三日前公告: who, and nothing that happens
_A_PARTY = lazy(r"[^,接收告送报给与向]{2,14}(?:企业|单位|公司|机构|部门)")


def _event_words(text: str) -> str | None:
    text = text.removeprefix("的")  # 十人以上的业主提出申请之日起
    if _THING_AND_MEETING.fullmatch(text):
        text = "会"  # 会议室会前 15 min, 视频设备会前 24 h
    text = _SEASON.sub("", _OF_EVENT.sub("", _SINCE.sub("", "".join(text.split()))))
    return None if not text or _A_PARTY.fullmatch(text) else text


def event_of(condition: str) -> str | None:
    """接到报修后 → 接到报修; a condition that is no event gives none."""
    if _ALLOWS.match(condition):
        return None
    for ending in ("之日起", "之时起", "时起", "之后", "以后", "之前", "后", "前", "时", "起"):
        if condition.endswith(ending):
            return _event_words(condition.removesuffix(ending))
    return None


def happened_of(words: str, *, endings: tuple[str, ...] = _ENDINGS) -> str | None:
    """值班人员接到火警, 1 min 内确认: what stands before the comma may be the event."""
    match = _ENDED.search(words) if words.rstrip().endswith(endings) else _HAPPENED.search(words)
    return _event_words(match["event"]) if match else None


def _last_words(part: Part) -> str:
    last = part.tokens[-1]
    return part.text[last.start : last.end] if last.kind == TEXT else ""


def _action(part: Part, index: int) -> str | None:
    """What has to be done by then: the words behind the time."""
    words: list[str] = []
    goes_on = False
    for token in part.tokens[index + 1 :]:
        if token.kind in (QUANTITY, PERIOD):
            goes_on = True
            break
        if token.kind in (TEXT, LIST, COMPARE):
            words.append(part.text[token.start : token.end])
    if goes_on and words and words[-1].startswith(("不", "至", "最")):
        words.pop()  # 30 min 内调集不少于 10 名: the bound has its own number
    action = _ACTION.sub("", "".join("".join(words).split()))
    action = re.split(r"[,、]" if goes_on else ",", action)[0].rstrip("、")
    action = re.sub(r"(?:并且|并|且)[于在]?$", "", action)
    if goes_on:
        action = re.split(JOINT, action)[0]  # 申请并配备 2 具: the second verb has its own number
    if not action and goes_on:
        action = _ACTION.sub("", "".join(_last_words(part).split()))  # 5 min 内、10 min 内到场: both by then
    if action in ("进行", "实施", "开展", "从", "由"):
        action = clean_name(part.subject)  # 回访应在 3 日内进行
    return action.lstrip("、") or None
