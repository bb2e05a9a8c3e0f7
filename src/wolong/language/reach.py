"""What later parts of a sentence go on from: the condition, the event, the subject, and how far each of them reaches."""

from wolong.language.deadlines import event_of, happened_of
from wolong.language.deeds import is_place
from wolong.language.drafts import Draft
from wolong.language.memory import Memory
from wolong.language.modals import SHALL_NOT
from wolong.language.names import ITS_VALUE, PROPERTY, clean_name, names_behind, spoken_of
from wolong.language.parts import Part, is_gate
from wolong.language.patterns import lazy
from wolong.language.seasons import ANY_SEASON
from wolong.language.tokens import COMPARE, TEXT, Token
from wolong.language.units import is_time, length_of

_AMONG = lazy(r"\s*其中")  # 不少于 12 人, 其中夜班 3 人, 节假日 6 人
QUARTER, _MONTHS = length_of("季度")
_JOINED = lazy(r"\s*(?:并|且|同时|每次|相邻|间隔|一般|通常|原则上)")
_BARE = 2  # signs of a property without its thing: 半径, 照度
_NEW_CASE = lazy(r"\s*(?:发现|若|如遇|如果|如有|如确|如需|遇有|一旦|出现)")
_RATE = lazy(
    r"(?:成活|存活|保存|完好|合格|及时|覆盖|持证|到位|到岗|在岗|打卡|返修|通过|更换|流动|流失|满意|办结|投诉|达标|优良)率$|满意度$"
)
_HAPPENS = lazy(r"^(?:遇|如|若)|超过|达到|低于|高于|大于|小于|不[足满到]|未[满到]|发生|发现|出现|损坏|故障|异常")
_DONE = lazy(r"\s*在?(?P<event>[\u4e00-\u9fff]{2,12}?)(?:之|以)?后\s*(?:(?:立即|及时|马上|迅速).*)?")
_NO_RATE = ("频率", "功率", "效率", "速率", "倍率")
_BECAUSE = lazy(r"(?<=[\u4e00-\u9fff]{2})由于.*$")  # 用人单位由于生产需要
_OWN_EVENT = lazy(r"\s*在?[^,\d]{2,12}后\s?(?:\d|[一二两三四五六七八九十])")
_MEASURED_FROM = lazy(r"(?P<what>[\u4e00-\u9fff]{2,10}?)[自从由].+(?:算起|起算|起计)")  # 隔板高度自台面算起
_BY_SHARE = lazy(r"(?P<what>[\u4e00-\u9fff]{2,12}?)按照?.{2,24}的$")  # 用房按照总面积的千分之二配置, 但不低于……
# ……的, 或者从事同类业务的竞业限制期限, 不得超过 2 年
_NAMED_LAST = lazy(r"的(?P<what>[\u4e00-\u9fff]{2,8}(?:时间|期限|周期|浓度|温度|湿度|高度|厚度|宽度|面积|比例))$")
_FROM_THEN_ON = lazy(r"\s*(?:此后|其后|之后|以后)(?!的)")  # 竣工后一年时应检查, 此后每五年一次
_SETS_UP = lazy(
    r"(?:按照?[^,]{0,10}|在[^,]{0,10}[内处上中旁])?(?:设置|配备|配置|设|安装|放置|摆放|备有)(?P<what>[\u4e00-\u9fff]{2,10})"
)
_BUT = lazy(r"\s*但是?(?:最[长多高大]|[不应须每])")  # 需外购的可延长, 但最长不得超过 3 d: of the same case
_LENGTHENED = lazy(r"(?:适当)?(?P<what>(?:延[长期时]|顺延|推迟|宽限|放宽)[\u4e00-\u9fff]{0,4})")
_SUPPLY_VERBS = ("配备", "配置", "配足", "安排", "派驻", "设置")
_STAGE = lazy(r"经[^,]+(?:审核|审批|批准|同意|审定|确认|核准|核实|评估|评审|论证|公示)后")
_SORT = lazy(r"属于?|情[况节]|涉及")  # 属于急修的应在 10 min 内到达: after the same event
_NEVER = lazy(r"\s*(?:严禁|禁止)")
_RUNS = lazy(r"(?:运行|运转|工作)时$")  # of all that is bound of the plant
_NOT_DONE = lazy(r"不|未|无法|没有")
_HOST = lazy(r"^(?P<host>[\u4e00-\u9fff]{2,12}?)(?:实行|执行|采用|设有|实施)")


def remember(part: Part, memory: Memory, draft: Draft, *, loose: bool, begun: bool) -> None:
    """What later parts go on from. A condition that comes behind what is already said holds for its own part only."""
    memory.used = set()
    _let_go(part, memory)
    if part.modal is not None:
        memory.is_other_case = False
        if part.subject and memory.condition is None:
            memory.event = None
    if _NEW_CASE.match(part.text[part.start : part.end]):
        memory.is_other_case = part.modal is None and part.condition is None
    if _is_apart(part, memory):
        memory.condition = None
    if part.condition:
        _remember_condition(part, part.condition, memory, draft, leads=not loose, begun=begun)
    if not (part.modal or part.condition or part.has_quantity) and (
        happened := happened_of(part.text[part.start : part.end])
    ):
        memory.event = happened
    if part.modal is not None and (done := _DONE.fullmatch(part.rest)):
        memory.event = clean_name(done["event"])  # 应在接报后, 立即组织抢修
    speaks = part.modal or part.condition or part.has_quantity
    memory.is_open = part.only_condition or (memory.is_open and not speaks)
    memory.is_fresh = part.only_condition
    memory.has_spoken = memory.has_spoken or not (part.only_condition or _only_names(part))
    memory.has_said = memory.has_said or not (part.only_condition or memory.condition)
    if supplied := _SETS_UP.fullmatch(part.rest.strip()):
        memory.supplied = memory.recent = supplied["what"]  # 应配备保安, 不少于 5 名
    _remember_subject(part, memory)
    if part.modal is not None and (lengthened := _LENGTHENED.fullmatch(part.rest.strip())):
        memory.recent = lengthened["what"]


def _only_names(part: Part) -> bool:
    """走道净宽, 长度不大于 40 m 时, ……: what is measured in each case says nothing yet."""
    speaks = part.modal or part.condition or part.has_quantity
    return not speaks and PROPERTY.search(part.text[part.start : part.end].rstrip()) is not None


def _let_go(part: Part, memory: Memory) -> None:
    """What was of the last verb alone holds no longer."""
    if memory.passing:
        memory.condition, memory.held, memory.passing = memory.held, None, False
    if memory.is_stage and not part.only_condition:
        memory.is_stage, memory.passing = False, True


def _remember_condition(part: Part, condition: str, memory: Memory, draft: Draft, *, leads: bool, begun: bool) -> None:
    changes = not part.subject if part.modal else _is_season(condition)
    says = part.has_quantity or _is_season(condition)
    if part.only_condition and begun and _STAGE.fullmatch(condition):
        memory.is_stage, memory.held = True, memory.condition
    memory.is_variant = memory.has_said and says and changes and not part.only_condition
    memory.is_led = part.only_condition
    memory.is_late = part.only_condition and memory.has_spoken
    memory.is_inline = not part.only_condition and bool(part.modal or part.has_quantity)
    memory.stays = part.only_condition or not _HAPPENS.search(condition)
    memory.is_of_deed = condition.endswith("时") and not (
        part.only_condition or (part.subject and _RUNS.search(condition))
    )
    memory.takes_turns = _is_season(condition) and _is_season(memory.condition)
    before = None if _is_season(memory.condition) else memory.condition
    begins = part.text.find(condition, part.start)
    is_within = before is not None and _joins(part, condition, memory, draft, begun=begun)
    if before is not None and is_within:
        first = memory.begins
        # 发生火灾后, 未经批准, 不得……: as written, where nothing stands between the two
        is_next = first + len(before) + 1 >= begins
        memory.condition = part.text[first : begins + len(condition)] if is_next else f"{before}、{condition}"
        begins = first if is_next else begins
    else:
        memory.condition = condition
    memory.begins = begins
    # 经甲方审定后执行, 更改须……: what is a statement of its own says nothing of the modal's.
    leads = part.only_condition or (leads and bool(part.modal or memory.lent or part.has_quantity))
    if leads and not begun and not memory.is_other_case:
        is_new = is_within or memory.has_measured or (part.modal and not draft.is_led)
        draft.condition = memory.condition if is_new else draft.condition or memory.condition
        draft.is_led = draft.is_led or part.only_condition
    _remember_event(part, condition, memory)


def _joins(part: Part, condition: str, memory: Memory, draft: Draft, *, begun: bool) -> bool:
    """Whether a condition holds within the one before: 设备运行时, 超过 40 ℃ 时应停机; each of two seasons stands alone."""
    if part.only_condition:
        return memory.is_fresh or (memory.is_open and not begun)
    return part.modal is not None and draft.is_led and memory.is_fresh and not (begun or _is_season(condition))


def _is_apart(part: Part, memory: Memory) -> bool:
    """Whether what held for the words before does not hold for these."""
    if _NEW_CASE.match(part.text[part.start : part.end]) or _FROM_THEN_ON.match(part.text, part.start):
        return True  # another case
    if part.condition or _BUT.match(part.text, part.start):
        return False
    if _is_over(part, memory) or _is_after_its_own(part, memory):
        return True
    goes_its_way = _speaks_of_another(part) or (_is_regular(part) and (part.modal is not None or _is_of_its_own(part)))
    is_done = memory.is_late and not memory.is_fresh and goes_its_way
    which = memory.condition or ""
    if (
        which.endswith("的")
        and not is_done
        and not which.startswith("有")
        and part.subject
        and (part.modal or _is_of_its_own(part))
    ):
        return not memory.is_led  # 到期的应报废, 照度应……: those alone
    # 每日巡视, 接到报警后, 人员应……, 记录保存期……: of what comes right behind it. 无人时应关灯, 走廊照度不应……: then alone;
    # 作业时应设警戒区, 半径……: of the area.
    if is_done or (memory.is_of_deed and (_speaks_of_another(part) or (_is_regular(part) and _is_of_its_own(part)))):
        return True
    # 阻力超过 2 倍时应更换, 每季度清洗: what is done in any case.
    return not memory.stays and (_is_regular(part) or _is_of_another(part, memory))


def _speaks_of_another(part: Part) -> bool:
    return part.modal is not None and len(clean_name(part.subject)) > _BARE


def _is_of_its_own(part: Part) -> bool:
    """夜间每 2 h 巡逻一次, 巡更记录保存 6 个月: another thing with a bound; 重点部位每小时一次 is of what was said."""
    is_done = any(token.kind == TEXT for token in part.tokens[1:])
    subject = spoken_of(part, 0)
    goes_on = _JOINED.match(part.text, part.start) is not None
    return part.has_quantity and bool(subject) and not goes_on and (is_done or not is_place(subject))


def _is_after_its_own(part: Part, memory: Memory) -> bool:
    """不能通知的, 应告知, 抢修人员应在接到报修后 1 h 内到场: somebody else, after an event of his own."""
    which = memory.condition or ""
    speaks = part.modal is not None and bool(part.subject) and not memory.is_fresh
    return speaks and which.endswith("的") and _OWN_EVENT.match(part.rest) is not None


def _is_over(part: Part, memory: Memory) -> bool:
    """夏季……, 冬季……, 相对湿度……: another thing; 应每月 1 次, 夏季应每周 1 次, 鼠密度……: the season changed what was said."""
    if (memory.takes_turns or memory.is_variant) and (part.subject or (memory.takes_turns and part.modal)):
        return True
    lasts = _is_season(memory.condition) or (memory.condition or "").endswith(("期间", "以上", "下"))
    if lasts and memory.is_inline and part.subject and (part.modal or _is_of_its_own(part)):
        return True  # 夜间巡逻每 2 h 一次, 录像保存时间不得少于 90 天
    is_leave = (memory.condition or "").startswith("经") and memory.is_inline and not memory.is_led
    # 必要时可以越级上报, 不得迟报
    is_need = memory.condition == "必要时" and memory.is_inline and part.modal and part.modal.word == SHALL_NOT
    # 经考核合格可续签, 续签不超过两次: with leave or without
    if (
        is_leave
        or is_need
        or ((memory.condition or "").startswith("未经") and not memory.is_fresh)
        or ((memory.is_late or (memory.is_inline and not memory.is_led)) and _NEVER.match(part.text, part.start))
    ):
        return True  # 未经允许不得进入, 进入须登记: what is forbidden without leave; 到期的应报废, 严禁使用……: what is in any case
    if memory.condition and not memory.is_fresh and _is_rate(part, memory.condition):
        return True
    runs = _RUNS.search(memory.condition or "") and not memory.is_led
    if runs and _is_regular(part) and _is_of_its_own(part):
        return True  # 运行时振动速度应小于 4.5 mm/s, 液位开关每月校验 1 次
    outlasts = "全年" in part.text[part.start : part.end] or any(map(_outlasts, part.tokens))
    return _is_season(memory.condition) and outlasts


def _remember_event(part: Part, condition: str, memory: Memory) -> None:
    if condition.endswith(("后", "起", "前")):
        memory.event = None if condition.endswith("前") else event_of(condition)
        memory.passing = not part.only_condition
    elif condition.endswith("时") or (condition.endswith("的") and _is_new_case(part, condition)):
        is_event = condition.endswith("的") and not _NOT_DONE.search(condition)
        memory.event = happened_of(condition.removesuffix("的")) if is_event else None
    if part.modal is None and not part.only_condition and condition.startswith("在") and condition.endswith("下"):
        memory.passing = True  # 在冷藏条件下存放 48 h: of this verb alone
    if part.modal and (_is_gated(part) or part.text.find(condition, part.modal.end, part.end) >= 0):
        memory.passing = True  # 应在工作时间内接待来访, 合格方可上岗: of this verb alone


def _is_new_case(part: Part, condition: str) -> bool:
    """不能处置的应……: no time of it runs from the event before."""
    return part.only_condition or (part.modal is not None and not _SORT.match(condition))


def _is_gated(part: Part) -> bool:
    return part.modal is not None and is_gate(part.text, part.modal)


def _is_regular(part: Part) -> bool:
    """阻力超过 2 倍时应更换, 每季度清洗一次: what is done again and again does not wait for the case before."""
    return any(token.period is not None for token in part.tokens)


def _is_of_another(part: Part, memory: Memory) -> bool:
    """磨损达到 10% 时应更换, 偏差不超过 2 mm: another thing does not wait for the value before; a time without a verb may."""
    amounts = [token.quantity.unit for token in part.tokens if token.quantity is not None]
    compared = any(token.kind == COMPARE for token in part.tokens)
    is_value = any(sign.isdigit() for sign in memory.condition or "") or bool(_NEW_CASE.match(memory.condition or ""))
    is_bound = compared and not any(map(is_time, amounts))
    goes_on = _JOINED.match(part.text, part.start) is not None
    return is_value and not goes_on and bool(part.subject) and (is_bound or part.modal is not None)


def _outlasts(token: Token) -> bool:
    """夏季灭蚊每周 2 次, 灭鼠每季度 1 次: no season holds a quarter of a year."""
    period = token.period
    return period is not None and (period.unit == "a" or (period.unit == "month" and period.value >= QUARTER))


def _is_rate(part: Part, condition: str) -> bool:
    """冬季应防寒, 成活率不低于 95%; 接到投诉后应答复, 满意率不低于 90%: a share of all is of no season and no case."""
    name = clean_name(part.subject)
    return _RATE.search(name) is not None or (
        not _is_season(condition) and name.endswith("率") and name[-2:] not in _NO_RATE
    )


def _is_season(condition: str | None) -> bool:
    return condition is not None and ANY_SEASON.fullmatch(condition) is not None


def _subject_of(part: Part) -> str:
    """What a part speaks of; nothing where it only names an event, or the value of what was spoken of before."""
    subject = clean_name(part.subject)
    host = _HOST.match(subject) if part.modal is None else None
    subject = _BECAUSE.sub("", host["host"] if host else subject)
    if subject == ITS_VALUE or subject.endswith(("前", "后", "之日起", "之时起")):
        return ""
    if part.modal is None and subject in _SUPPLY_VERBS and part.has_quantity:
        counted = next((at for at, one in enumerate(part.tokens) if one.quantity), 0)
        return next(iter(names_behind(part, counted)), "")  # 配备不少于 6 名监控员, 每班 2 人
    return subject


def _is_host(part: Part) -> bool:
    """监控室实行 24 h 值班, 每班不得少于 2 人: who has what the next part counts."""
    return not part.has_quantity and _HOST.match(clean_name(part.subject)) is not None


def _remember_subject(part: Part, memory: Memory) -> None:
    subject = _subject_of(part)
    if (part.modal is not None and subject) or (
        part.modal is None and subject and not part.only_condition and not memory.subject
    ):
        memory.subject, memory.recent = subject, ""
    elif part.is_topic or (part.modal is None and subject and (_is_host(part) or part.text.startswith(":", part.end))):
        memory.subject, memory.recent = subject, ""  # 图像分辨率: ≥ 1080 P
    elif part.modal is None and (measured := _MEASURED_FROM.fullmatch(subject)):
        memory.recent = measured["what"]
    elif part.modal is None and (by := _BY_SHARE.match(subject)):
        memory.recent = by["what"]
    elif part.modal is None and not part.has_quantity and (named := _NAMED_LAST.search(subject)):
        memory.recent = named["what"]
    elif part.modal is None and subject and part.has_quantity and not _AMONG.match(part.text, part.start):
        memory.recent = subject
