"""The conditions of a part: seasons, events, cases, exceptions, and bounds that say when."""

import re
from dataclasses import replace

from wolong.language.leave import behind_subject_and_verb, is_leave_by_rule, who_first
from wolong.language.names import is_party
from wolong.language.parts import ONLY_THEN, Part, is_gate
from wolong.language.patterns import lazy
from wolong.language.seasons import ANY_SEASON, CLOCK, SEASON
from wolong.language.tokens import COMPARE, LIST, OPAQUE, PERIOD, QUANTITY, TEXT, Token
from wolong.language.units import TIME_PATTERN, is_time

_SEASON_FIRST = lazy(rf"^\s*(?:在|其中)?(?P<condition>{SEASON})(?![的人值前后/]|来临|到来|开始|结束|除外)")
_SEASON_BEHIND = lazy(
    rf"\s*在?(?P<condition>{SEASON}(?:前(?!\s?[\d一二两三四五六七八九十]))?)(?![的前后温或]|来临|到来|开始|结束)"
)
_SEASON_LAST = lazy(rf"(?P<condition>{SEASON})\s*(?:为|是|平均)?\s*$")
# 会议室夏季温度: the season stands between the thing and what is measured of it.
_SEASON_INSIDE = lazy(r"^[^,]*?[\u4e00-\u9fff)](?P<condition>[春夏秋冬][季天])(?=[\u4e00-\u9fff]{2,8}\s*$)")
# 满意度低于85%的应整改: the same where nothing follows 的, so that it is said when the rule holds.
_WHICH = lazy(
    r"^\s*(?P<condition>[^,]*(?:\d|不|未|无法|没有|逾期|超过|超出|达到|^\s*有)[^,]*(?<!有)的|[\u4e00-\u9fff、]{2,12}(?<![有目])的)\s*$"
)
# 玻璃胶老化的每年处理, 损坏的在 7 日内更换: a state says which ones are meant.
_STATE = r"[\u4e00-\u9fff、]{0,8}?(?:未[\u4e00-\u9fff]{1,4}|老化|损坏|丢失|缺失|破损|过期|失效|闲置|停用|空置|枯死|死亡|超标|到期|脱落|松动)"
_WHICH_FIRST = lazy(
    rf"^\s*(?!其中)(?P<condition>[^,]{{0,20}}?(?:超过|低于|高于|大于|小于|少于|多于|不足|不满|没有|^\s*无|以上|以下|以内|(?<=[日天时月年周钟hdn])内|不能|无法|未能)[^,]{{0,12}}?的|\d[^,、]{{0,6}}?[~至-]\s?\d[^,、]{{0,8}}的|{_STATE}的(?=在?每?)|(?:不?具备|有|无)条件的|条件具备的|[\u4e00-\u9fff]{{2,10}}(?<![有目后前内])的(?=(?:不得?超过|在)?\s?(?:\d+|[一二两三四五六七八九十半]+)\s?(?:个?(?:小时|工作日|月|天|日|分钟)|h|min|d)(?!\s*(?:平?均|累计|[以之]?前))))(?=\s*(?:在?每|在?(?:\d+|[一二两三四五六七八九十半]+)\s?(?:个?(?:小时|工作日|月|天|日|分钟|年)|h|min|d)|至少|不[应得少低大小高超]|应(?![急用对])|须|保[管存留](?=\s?(?:不少于|至少|\d))|(?:设置?|配备|配置|布置|布设|安装)\s*(?:不少于|至少)?\s?\d))"
)
# 50 人～100 人的会议不少于 2 名: of what size.
_OF_SIZE = lazy(
    r"^\s*(?P<condition>\d[\d.]*\s?(?:人|㎡|m2|平方米|层|台|吨|t)?(?:\s?[~至-]\s?\d[\d.]*\s?(?:人|㎡|m2|平方米|层|台|吨|t)|以[上下])"
    r"的?(?:会议|房间|场所)?)"
    r"(?=\s*(?:不少于|不低于|至少|不[得应]少于|应配|应设))"
)
# 如遇水质异常, 应…: a case that is supposed.
_IF = r"如(?=[^,的实厕]{1,8}(?:出现|发生|发现|存在|不能|无法)|[^,的实厕]{1,16}(?:尚未|仍未|仍))"
_CASE = lazy(
    rf"^\s*(?P<condition>(?:(?:[甲乙双]方|采购人|供应商|中标人|投标人)(?=如)|合同履行期间(?=如))?(?:未经(?=.*(?:同意|许可|批准|授权|允许)\s*$)|如遇|如有|如果|如需|如因|如发|{_IF}|若|一旦|遇有|遇|凡|除非|发现|当(?![日天班月年地场面值])).+?|经[^,]{{2,30}}(?:提议|同意|批准|许可|审核|审批|授权|合格|评估)|[^,]{{2,16}}?(?:出现|发生)[^,]{{0,16}}?(?:故障|异常|情况|事故|火灾|险情|泄漏|损坏|中断|渗漏|变化)[^,、]{{0,4}})\s*$"
)
# 如有损坏应立即更换: the same without a comma.
_BY_THEN = lazy(
    r"\d\s?[^\s\d,]{1,4}内|立即|及时|随时|随[叫喊]随到|马上|当[场日天]|现场|随即|第一时间"
)  # 发现渗漏 24 h 内处理 says what is to be done too
_IN_TIME = lazy(r"(?:\d|[一二两三四五六七八九十])\s?[^\s\d,]{1,4}内\s*$")  # 发现故障 10 min 内应到场: an event
_UNDONE = lazy(r"\s*(?:(?:无人|未|仍|没有|无法|不能)[\u4e00-\u9fff]{1,8}|处|部位|地段|位置|也|亦)\s*")
_CASE_FIRST = lazy(
    rf"^\s*(?P<condition>(?:如遇|如有|如果|如需|如因|如发|{_IF}|若|一旦|遇(?!见)|一经|发现|发生|出现)(?:[^,的]{{1,16}}?(?:天气|情况|现象)|[^,的]{{1,20}}?\s*$)|(?:有|具备|无)条件的|条件具备的)"
)
_ONLY_THEN = lazy("|".join(ONLY_THEN))
_IN_CASE = lazy(
    r"^\s*(?P<condition>(?:如遇|遇有|遇|逢)[^,的\d]{2,16}?(?:天气|情况|任务|活动|会议|检查|节日|节假日))(?=提前|应|须|需|每|及时|随时|立即)"
)
_IN_BRACKETS = lazy(rf"\(\s*(?P<condition>{SEASON})\s*\)")
_EXCEPT = lazy(
    r"^\s*(?P<condition>除(?![尘草锈湿臭虫雪冰霜油垢颤害])[^,]{1,40}?(?:之外|以外|(?<![室户内对海])外))(?![墙部立观围包来地场])"
)
_HAPPENS = lazy(
    r"^\s*(?:发现|确需|因故|有|属于?|情节|[^,]{2,12}(?:不(?![锈燃可同])|没有|未)[^,]+的$)|\d|无法|不能|未能|[一二两三四五六七八九十](?:日|天|个月|年|小时|个工作日)"
    r"|超过|低于|高于|不足|发生|造成|出现|逾期|期满|届满|违约|[二两三四五六七八九十]次"
)
# 违规停放的, 由保安劝离; 损坏的, 及时更换: what such a case is followed by need have no verb of its own
_SUCH = lazy(r"\s*(?!.*[是为等])(?!保持|采用|使用|选用|具有|带有|包括)[\u4e00-\u9fff]{2,10}(?<![目有性型])的\s*")
_ENDS_AS_CONDITION = lazy(r"(?:时|后|前|期间|(?:情况|条件|状态|情形|前提|环境)下|过程中|进行中|起|的|外)\s*$")
_NO_WHEN = (
    r"(?<![日午晚早晨至到于\s]\d)(?<![日午晚早晨至到于\s]\d\d)(?<![及按随误校授同小实即临平准超暂届计课学延耗历费省瞬瓦])"
    r"(?<!(?<![测评检判鉴])(?<!符合规)定)(?<!(?<![加施竣])工)(?<!最[高大低小])"
)
_WHEN = lazy(
    rf"^\s*(?P<condition>[^,]{{1,50}}?(?:{_NO_WHEN}时(?![间段刻效限常候期长差钟起]|数(?!据)|机(?![组房器械动])|速(?!断)|应急)|(?:(?<!保险)(?<!租赁)(?<!保修)(?<!质保)期间|期间(?!应?(?:至少|最长|最短|为|不[少低超])))(?:[之以]外|外(?![来部围]))?|(?:情况|条件|状态|情形|前提|环境)下|过程中))"
)
_AFTER = lazy(
    r"^\s*(?P<condition>[^,]{1,40}?(?:之后|以后|(?<![先前背然最售])后(?!备(?!用)|通道|侧)(?![勤台面门期续方果院厨视处座排轮盖])|之[日时]起))(?!的)"
)
# 湿度在 25 ℃ 时不大于 85%, 质保期自验收之日起不少于 24 个月: what is measured stands before 在 and 自.
_MEASURED_IN = lazy(
    r"^\s*(?:[\u4e00-\u9fff]{1,10}[度率值量压温声力流]在(?=[^,]{0,12}\d)|[\u4e00-\u9fff]{2,20}[期限间]自(?=[^,]+起$)|[\u4e00-\u9fff]{2,12}(?:时限|期限|有效期|时间)为(?=.)|并?(?:应当?)?(?:保存|留存|保管)至(?=.)|[^,]{2,14}?\d\s?(?:%|元)\s?在(?=[^,]+后))"
)
_IN_STATE = lazy(r"\s*在[^,]{2,40}?(?:情况|状态|情形|前提)下")
_REMARK = lazy(r"\([^()]*\)\s*$")
_MORE_EVENTS = lazy(r"(?:、|以及|和|及|或者?)[^,]{1,30}(?:之?后|以后)\s*$")
_NO_EVENT = ("以后", "之后", "然后", "此后", "今后", "随后")
_NO_PLACE = r"(?<![以目当门楼台从提柜桌窗墙屏])"
_SEASON_AT = lazy(rf"^[^,]*?[\u4e00-\u9fff]在(?P<condition>{SEASON})(?=\s*(?:每|$))")  # 绿篱在生长季节每月修剪
_OF_AGE = lazy(
    r"^[^,]*?(?P<condition>\d+\s?年(?:以[内上下]|内)|^\s*(?:超过|大于)\s?\d+\s?年的?)(?=每)"
)  # 5 年以内每年检验 1 次
_FOR = lazy(r"^[^,]{2,}?(?P<condition>(?<!相)对于[\u4e00-\u9fff\d]{2,10})\s*$")  # 间隙对于旁开门不大于 30 mm
_BEFORE_SEASON = lazy(rf"^\s*(?!重大|法定|重要|传统|国家|每)[^,]{{2,40}}?(?P<condition>{SEASON}前)\s*$")
_SEASON_TO_COME = lazy(
    rf"^\s*(?!每)[^,]{{2,40}}?(?P<condition>{SEASON}前)(?=[\u4e00-\u9fff]{{2,6}}\s*$)"
)  # 排水沟雨季前清掏 1 次
_OF_SEASON = (_SEASON_LAST, _SEASON_AT, _BEFORE_SEASON, _SEASON_TO_COME)
_BEFORE = lazy(rf"^\s*(?P<condition>[^,]{{1,40}}?{_NO_PLACE}前)(?:[还均都也]|[甲乙双]方|采购人|供应商|中标人)?\s*$")
_WHOLE = lazy(
    rf"^\s*(?P<condition>{CLOCK}|除(?![尘草锈湿臭虫雪冰霜油垢颤害]).{{1,60}}?外|.{{1,120}}?(?:{_NO_WHEN}时(?!间|段|期)候?|期间(?:[之以]?外)?|(?:情况|条件|状态|情形|前提|环境)下|过程中|进行中|之后|以后|(?<![先前背然最售])后|{_NO_PLACE}前|之[日时]起|(?<!有)的)|自[^,]{{2,30}}起)\s*$"
)


def whole_condition(text: str, *, has_modal: bool, later_modal: bool) -> str | None:
    """The condition that a part is, if it is nothing else (接到报修后, 除节假日外, 如遇水质异常)."""
    text = _REMARK.sub("", text)
    if _SO_LONG_BEFORE.search(text):
        return None  # 采暖期开始五日前: a deadline
    if later_modal and not has_modal and (weather := _WEATHER.match(text)):
        return weather["condition"].strip()
    if later_modal and not has_modal and is_leave_by_rule(text):
        return text.strip()
    whole = _WHOLE.match(text) or (None if has_modal or _BY_THEN.search(text) else _CASE.match(text))
    if (
        whole
        and (not has_modal or later_modal or _ABLE.match(text))
        and _is_condition(text, has_modal=has_modal, later_modal=later_modal)
    ):
        return whole["condition"].strip()
    return None


_ABLE = lazy(r"[^,]{0,20}?(?:能够|不能|可能)[^,]+的\s*$")  # 能够远程操作的, 每班不少于 1 人


# 气温 35 ℃以上, 应……: nobody is asked for the weather; 气温低于 5 ℃停止浇水 says what is done too.
_WEATHER = lazy(
    r"\s*(?![^,]*(?:每|不[少多超]))(?P<condition>(?:当|在|如|日)?(?:当[日天])?(?:室外|最高|最低|日最?[高低]|极端)*(?:气温|风力|降雨量|降水量|降雪量|积雪|能见度|室外(?:环境)?温度|空气质量指数|AQI)[^,]*?\d[\d.]*\s?"
    r"(?:℃|[a-z]{1,3}|[度级米]|毫米|厘米|公里)?(?:及?以[上下])?(?:\([^)]*\))?(?:的?(?:时|天气?|情况下?|大风)|(?:、|或者?|及|和|以及|且)[^,]*)?)\s*$"
)


# 风速大于 8.3 m/s 或遇雨雪天气应停止作业; 水位超过警戒线应启动水泵
_PASSES = lazy(
    r"[^,]*(?:超过|超出|低于|高于|达到)(?:警戒|设定|规定|报警|额定|允许|标准)[^,]{0,6}|[^,]*(?:大于|超过|高于|低于|达到?)\s?\d[^,]*(?:或者?|、|及|和)遇?[^,\d]{0,10}(?:天气?|雨|雪)\s*"
)


UNABLE = r"不能(?=正常|及时|按时|使用|运行|工作|启动|开启|关闭|排除|修复|解决|处理|满足|达到|确定)"
_FAILS = lazy(rf"[^,的]{{0,12}}(?:{UNABLE}|(?<!尽)可能(?!性))[^,的\d]{{2,10}}")  # 设备不能使用应在 2 h 内修复
_SO_LONG_BEFORE = lazy(rf"[\u4e00-\u9fff](?:\d+|[一二两三四五六七八九十]+)\s?个?(?<!月){TIME_PATTERN}[以之]?前\s*$")


def _is_condition(text: str, *, has_modal: bool, later_modal: bool) -> bool:
    """Whether a part that ends like a condition is one: 接到报修后 is, 应是合格的 and 每日清扫2次后 are not."""
    if re.search(r"[能是可]否", text) and not (later_modal and text.rstrip().endswith("的")):
        return False
    if _EXCEPT.fullmatch(text.rstrip()):
        return True
    if text.rstrip().endswith("的") and has_modal and _ABLE.match(text):
        return True
    if text.rstrip().endswith("的"):
        return (later_modal or bool(_HAPPENS.search(text) or _SUCH.fullmatch(text))) and not (
            has_modal and re.search(r"应[当该]?[是为]", text)
        )
    if _CASE.match(text) and not _ENDS_AS_CONDITION.search(text):
        return later_modal
    return not has_modal or text.rstrip().endswith("时")


def with_condition(part: Part) -> Part:
    """The part with its condition taken out of the tokens."""
    stop = part.modal.start if part.modal else _first_number(part)
    head = part.text[part.start : stop]
    if part.modal and (at_verb := _at_verb(part, part.modal, head)):
        return without(part, *at_verb)
    is_told = _PASSES.fullmatch(head) or _FAILS.fullmatch(head)
    is_case = part.modal and head.strip() and (is_told or _is_case(part, part.modal))
    if part.modal and (is_case or (head.strip() and is_gate(part.text, part.modal))):
        actor = _ACTOR.search(head)
        until = part.start + actor.start() if actor else part.modal.start
        return without(part, part.start, until, part.text[part.start : until].strip())
    for pattern in (_EXCEPT, _IN_CASE, _OF_SIZE, _OF_AGE, _WHICH_FIRST, _WHEN, _AFTER, _SEASON_FIRST, _IN_BRACKETS):
        reach = part.text[part.start : part.modal.start] if part.modal else part.text[part.start : part.end]
        match = pattern.search(part.text[part.start : part.end]) if pattern is _IN_BRACKETS else pattern.match(reach)
        if match and match["condition"].strip() and not _is_none(part, pattern, match["condition"]):
            more = _MORE_EVENTS.match(reach, match.end("condition")) if pattern is _AFTER and part.modal else None
            end = more.end() if more else match.end("condition")
            if within := _MEASURED_IN.match(match["condition"]):
                start = part.start + match.start("condition") + within.end() - 1
                return without(
                    part, start, part.start + end, part.text[start : part.start + end].strip().lstrip("在为")
                )
            of_event = "after" if pattern is _AFTER else "when" if pattern is _WHEN else ""
            start = match.start("condition") + who_first(match["condition"], of_event)
            return _narrowed(without(part, part.start + start, part.start + end))
    has_season = ANY_SEASON.search(head) is not None
    for pattern in (
        _WHICH,
        _SEASON_LAST,
        _SEASON_INSIDE,
        _SEASON_AT,
        _FOR,
        _BEFORE_SEASON,
        _SEASON_TO_COME,
        _BEFORE,
        _CASE_FIRST,
    ):
        match = pattern.search(head) if has_season or pattern not in _OF_SEASON else None
        if (
            match
            and (pattern not in (_BEFORE, _WHICH, _CASE_FIRST) or part.modal)
            and not (pattern is _CASE_FIRST and _IN_TIME.search(head))
            and not _is_measured(part, match["condition"])
        ):
            return without(part, part.start + match.start("condition"), part.start + match.end("condition"))
    return _season_behind(part)


def _at_verb(part: Part, modal: Token, head: str) -> tuple[int, int] | None:
    """What stands right behind the verb (应经检验合格后方可使用), or between who is meant and the verb."""
    if gate := _gate(part) or _state(part, modal):
        return modal.end, gate
    leave = None if is_gate(part.text, modal) else behind_subject_and_verb(head)
    return (part.start + leave.start("condition"), part.start + leave.end("condition")) if leave else None


def _narrowed(part: Part) -> Part:
    """空调季室内温度夏季不得低于 26 ℃: a season inside a season."""
    stop = part.modal.start if part.modal else _first_number(part)
    last = next((one for one in reversed(part.tokens) if one.end <= stop), None)
    match = _SEASON_LAST.search(part.text[last.start : last.end]) if last and last.kind == TEXT else None
    if last is None or match is None or _is_measured(part, match["condition"]):
        return part
    both = f"{part.condition}、{match['condition']}"
    return without(part, last.start + match.start("condition"), last.start + match.end("condition"), both)


_ACTOR = lazy(r"(?<=[\d日天月次%])(?:[甲乙双]方|采购人|中标人|供应商)$")  # 逾期超过 60 日乙方可解除合同
_NEXT_DEED = lazy(r"\s*(?!不|大于|小于|高于|低于|超过|[为是在])(?:[\u4e00-\u9fff]{2}|[设配派]\s*\d)")  # 60 分以下应整改


def _is_case(part: Part, modal: Token) -> bool:
    """低于 80 分应提交方案: a bound right before the modal says when, for the words behind it say what."""
    before = [token for token in part.tokens if token.end <= modal.start and part.text[token.start : token.end].strip()]
    if len(before) == 1 and before[0].quantity is not None:
        sizes = before[0].quantity.after in ("以上", "以下") or before[0].quantity.form == "range"
        return sizes and _NEXT_DEED.match(part.text, modal.end) is not None
    if len(before) < 2 or not part.text[modal.end : part.end].strip():
        return False
    words = part.text[before[-1].start : before[-1].end]
    if len(before) > 2 and (_UNDONE.fullmatch(words) or is_party(words.strip())):
        before.pop()  # 超过 3 d 无人领取应上报
    last = before[-1]
    if last.quantity is None or (last.quantity.unit or "").startswith("次"):
        return False
    behind = next((one for one in part.tokens if one.start >= modal.end), None)
    if behind is None or behind.kind in (COMPARE, QUANTITY):
        return False
    if part.text[before[-2].start : before[-2].end] in ("至少", "最少"):
        return False  # 至少一人应持证: so many of them
    is_reached = before[-2].kind == COMPARE or part.text[: last.start].rstrip().endswith("满")
    return (is_reached and last.quantity.after is None) or last.quantity.after in ("以上", "以下")


def _is_measured(part: Part, condition: str) -> bool:
    """工作时间不应大于 8 h: a time that a bound follows is what is measured, not when."""
    if condition.endswith(("时间", "时段")) and re.search(
        rf"{re.escape(condition)}\s?[为是:]", part.text[part.start : part.end]
    ):
        return True
    behind = [token for token in part.tokens if token.start >= (part.modal.end if part.modal else _first_number(part))]
    if part.modal and part.text[part.text.find(condition, part.start) + len(condition) : part.modal.start].strip():
        return False  # 非工作时间机器间的温度不得低于 5 ℃
    amount = next((one.quantity for one in behind if one.quantity), None)
    # 非工作时间不应少于 1 人 is not about the time
    is_time_bound = behind[:1] and behind[0].kind == COMPARE and (amount is None or is_time(amount.unit))
    return condition.endswith("时间") and bool(is_time_bound)


def _gate(part: Part) -> int | None:
    """应经检验合格后方可使用: where the words that gate the action end."""
    if part.modal is None:
        return None
    match = _ONLY_THEN.search(part.text[part.modal.end : part.end])
    return part.modal.end + match.start() if match and match.start() else None


def _state(part: Part, modal: Token) -> int | None:
    """应在门窗关闭 2 h 以上的情况下测量: where the words end that say in which state."""
    match = _IN_STATE.match(part.text[modal.end : part.end])
    return modal.end + match.end() if match else None


def _season_behind(part: Part) -> Part:
    """应夏季不低于26 ℃, 应在汛期前: a season right behind the modal."""
    if part.modal is None:
        return part
    match = _SEASON_BEHIND.match(part.text[part.modal.end : part.end])
    if match is None:
        number = next(
            (one.start for one in part.tokens if one.kind == QUANTITY and one.start > part.modal.end), part.start
        )
        match = _SEASON_LAST.search(part.text[part.modal.end : number]) if number > part.modal.end else None
    if match is None:
        return part
    return without(part, part.modal.end + match.start("condition"), part.modal.end + match.end("condition"))


# 每两年更换一次或失效时更换: what is done in any case stands before 或. 22 时 is a time of the day.
_NO_CASE = lazy(r"每[^,]*[次遍](?:或|、)|^\s*\d{1,2}\s?时$")


def _is_none(part: Part, pattern: re.Pattern[str], condition: str) -> bool:
    """门后 is a place, 以后 no event, 剪后高度 a name; 工作时间不应大于 8 h is about the time."""
    if condition.count("(") != condition.count(")") or _ASKS.search(condition) or _STORED.match(part.text, part.start):
        return True
    if pattern is not _AFTER:
        of_it = pattern is _WHEN and _LONG_BEFORE.match(part.text, part.start)  # 组织单位整改并落实整改期间的防火措施
        return bool(of_it) or _is_measured(part, condition) or bool(_NO_CASE.search(condition))
    bare = "".join(condition.split())
    until = part.text.find(condition, part.start) + len(condition)
    if part.modal is None and any(
        one.kind == COMPARE and one.word in ("ge", "le") and one.end <= until for one in part.tokens
    ):
        return True  # 保存期限不少于保质期满后 6 个月: from when it is counted
    if _WAIT.fullmatch(bare) or _BY_DAY.search(bare):
        return True  # 5 min～10 min 后关闭: so long to wait; 并在十日内办理手续后解散: by when
    if _UNTIL.match(part.text, part.text.find(condition, part.start) + len(condition)):
        return True  # 烹饪后至食用前的存放时间: a length of time; 烹饪后超过 2 h 食用的热菜: which one
    short = len(bare) < 3 and part.modal is None and bare[0] not in "会雨雪餐饭班课事宴灾震战接"
    return short or bare in _NO_EVENT or bare.endswith(("楼后", "门后", "身后", "柜后", "屏后"))


_LONG_BEFORE = lazy(r"[^,]*?[\u4e00-\u9fff](?:并|、)[^,]*?(?<!在)[\u4e00-\u9fff]期间的")
# 在 0 ℃～8 ℃条件下冷藏 48 h: how warm is asked for, as how long is.
_STORED = lazy(
    r"[并且]?在[^,的]{1,16}(?:℃|°C|度)(?:以[上下])?(?:冷藏|冷冻)?的?(?:温度)?(?:条件|环境)下(?:冷藏|冷冻|保温|保存|贮存|储存|存放)[^,的]*(?:,(?!.*的)|$|[。;])"
)
_ASKS = lazy(r"\d[^,]*(?:需[在要经]|要求)")  # 超过 2 h 需在 60 ℃以上的条件下保存
_BY_DAY = lazy(r"[并在于][\d一二两三四五六七八九十]+(?:个?工作日|个?小时|个?月|[日天年]|分钟)[以之]?内")
_WAIT = lazy(r"[\d.~-]+[A-Za-z\u4e00-\u9fff]{1,3}(?:[~-][\d.]+[A-Za-z\u4e00-\u9fff]{1,3})?[之以]?后")
_UNTIL = lazy(r"\s*(?:[至到](?=[\u4e00-\u9fff])|(?:超过|不足|满)[^,]{1,16}的[\u4e00-\u9fff])")


def _first_number(part: Part) -> int:
    for token in part.tokens:
        if token.kind not in (TEXT, LIST):
            return token.start
    return part.end


_EACH_TIME = lazy(r"[前后]\s*$")


def _is_each_time(part: Part, condition: str) -> bool:
    counted = any(one.kind == QUANTITY for one in part.tokens)
    return part.modal is not None and not counted and _EACH_TIME.search(condition) is not None


def without(part: Part, start: int, end: int, condition: str | None = None) -> Part:
    """The part with the words from `start` to `end` taken out as its condition; what they hold of numbers goes with them."""
    tokens: list[Token] = []
    for token in part.tokens:
        if token.end <= start or token.start >= end:
            tokens.append(token)
            continue
        if token.kind == OPAQUE:
            tokens.append(token)  # a date that the condition names is still a number that nobody read
        if token.kind == PERIOD and part.modal is None and not any(one.kind == QUANTITY for one in part.tokens):
            tokens.append(token)  # 每日班前检查 is done each day, before the shift
        elif token.kind == PERIOD and _is_each_time(part, part.text[start:end]):
            tokens.append(token)  # 每日上岗前应晨检
        if token.kind != TEXT:
            continue
        if token.start < start:
            tokens.append(replace(token, end=start))
        if token.end > end:
            tokens.append(replace(token, start=end))
    return replace(part, tokens=tuple(tokens), condition=condition or part.text[start:end].strip())
