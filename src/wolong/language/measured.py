"""What a value is measured of, and which words name nothing."""

import re
from dataclasses import replace
from typing import NamedTuple

from wolong.language.comparators import done_at_least, operator_before
from wolong.language.memory import Memory
from wolong.language.modals import MODALS
from wolong.language.names import (
    JOINED,
    PROPERTY,
    VERBS,
    boundary,
    clean_name,
    experience,
    is_actor,
    is_party,
    names_behind,
    property_names,
)
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.quantities import Quantity
from wolong.language.seasons import ANY_SEASON
from wolong.language.tokens import COMPARE, LIST, MODAL, QUANTITY, TEXT
from wolong.language.tree import Measure
from wolong.language.units import dimension, is_counted, is_time

SUPPLIED = frozenset("盘名人个台套只具把支辆部盏瓶桶张件组块箱顶双副根面条床份座盆卷包袋盒间")
_WANTS = lazy(r"(?:订立|签订|享受|享有|邀请|选择|选取|选聘|抽取|派出|选派|抽调|具有|具备|拥有|(?<!没)有)$")
_SUPPLIES = lazy(
    r"(?:保证|确保|供应|有|设|设有|配备|配置|(?<![分搭装])配|安排|储备|备有|备足|提供|派驻|派|指派|指定|增设|安装|设置|设立|布置|保持|留有|留出|预留|选用|使用|采用)$"
)
# What the reader takes for a name and is none: better unread.
_NO_NAME = lazy(
    r"放宽$|^(?:缩短|压缩|压降|降低?|升|调整?|避免|防止|严防|杜绝)$|^(?:允许(?!偏差|误差|值|[应温载荷])|提倡|鼓励|倡导|建议|由|按(?![钮键摩])|以|向|对(?!讲|外|流|[^,]{1,10}的)|将|把|经|每人$|[×)\]]|[的得])|不少于|不低于|不大于|不高于|不小于|不超过|超过|少于|低于|高于|(?<![之总])[和及或与、]$|或累计|(?:标准|价格|费用)为|(?<![先])[后前的]$|^[每值末约内外时者等需要须用]$"
)
# 在 8 ℃以下冷藏, 在 0 ℃～8 ℃条件下冷藏 48 h 以上
_STORED_AT = lazy(
    r"\s*(?:(?:冷藏|冷冻)?的?(?:温度)?(?:条件|环境)下)?(?P<stored>(?:冷藏|冷冻|保温|保存|贮存|储存|存放|运输){1,2})(?:$|\s*(?=[\d不至]))"
)
# 在 0 ℃～8 ℃专用冰箱内保存 48 h
_STORED_IN = lazy(
    r"\s*的?(?P<stored>(?:专用)?的?(?:冰[箱柜]|冷[藏冻]?[箱柜库]|冷[藏冻](?:设备|设施|冰箱|冰柜)))[内中里]"
)
# 浸泡入消毒液中 5 min 以上, 由专柜冷藏保存 48 h
_HOW_KEPT = lazy(r"(?P<soaked>浸泡|浸没)[^,]{0,30}中\s*$|由[^,]{2,10}?(?P<kept>(?:冷藏|保存|存放|保管|留存){1,2})\s*$")
_LASTS = lazy(r"(?:保持|持续|维持)\s*$")
_NO_TIMES = ("℃", "ratio", "length", "mass", "pressure", "voltage", "power", "density")
_IS_TIME = lazy(r"(?:时间|时长|时限|期限|周期)$")
_NO_TIME = lazy(r"(?:温|温度|湿度|照度|噪声|浓度|电阻|压力|电压|电流|高度|厚度|宽度|满意度|率|比例)$")
_TOGETHER = lazy(r"^(?:以上)?(?:人员|单数)?(?:共同|同时|一起|负责(?!人))?")
_EMPTY = frozenset({"进行", "完成", "执行", "实施", "开展", "组成", "担任", "操作"})
# 室内 2.5 m、室外 4.5 m: of which of them, not what.
_VARIANT = lazy(r"室[内外]|市区|高速|[单双][列排]|[春夏秋冬][季天]|白天|夜间|平时|[以之]后")
# 应有 1.5 m 以上、浅色、易清洗的墙裙; 选用不低于 10 A 带保护门的插座
_OWNED = lazy(r"\s*的|\s*(?:(?:、|用|由)[^,]{1,40}|带[^,的]{1,10})的(?P<what>[\u4e00-\u9fff]{2,8})\s*$")
_COMPOSED = lazy(r"(?<=[\u4e00-\u9fff]{2})组成$")
_AT_LEAST = lazy(r"\s*(?:[且并]?[^,]{0,4}(?:至少|最少)[^,]*|其中)\s*")
_DEED = lazy(r"(?!满足|保证|达到)[\u4e00-\u9fff][\u4e00-\u9fff](?<![度率量径距高宽长厚重压温积])")
_PLACE = lazy(r"[\u4e00-\u9fff]{1,10}(?:内|外|区域|地段|路段)(?<!以内|以外)")
_NAMES_A_PLACE = lazy(
    r"(?:部位|末梢|场所|区域|地段|路段)$|^[男女]性?$|的[\u4e00-\u9fff]{0,6}(?:建筑|场所|工程|房间|设备|电梯|锅炉|系统)$"
)
# 身高男性不低于 1.70 m, 女性……: of whom behind what is measured
_MEN = lazy(r"(?P<what>身高|体重|年龄)[男女]性?$")
_UNITS_OF_PLACES = ("lx", "℃", "dB(A)")
_CHANGE = lazy(r"(?:升|变化|波动)$")
_OTHER = lazy(
    r"(?:其他|其余)[\u4e00-\u9fff]{1,6}(?<!时间)|(?:特殊|偏远|边远|偏僻|远郊|郊区|农村|山区|城区|市区)(?:地区|区域|站点|地段|路段)"
)
# 一般故障 4 h 内修复, 重大故障不得超过 2 d; 情况复杂的不得超过 3 d has no name of its own
_OF_WORK = lazy(r"(?:[\u4e00-\u9fff]{0,4}(?:故障|维修|投诉|报修|工单|问题|事项|项目|区域|地段|楼层)|[急大中小]修)?")
_ENDS_WORK = lazy(r"(?:修复|修好|修完|处理|办结|办理|完成|排除|解决|答复|回复|恢复|完毕)$")
_WHAT = lazy(
    r"(?:[\u4e00-\u9fff]{2}(?:时间|时限|间隔|期限)|温度|湿度|照度|车速|速度|高度|厚度|浓度|噪声|面积|距离|间距|电阻|余氯|菌落总数|身高|体重|年龄|载重|宽度|长度|流量|压力|风速|水温)$"
)


def names_of(part: Part, index: int, first: int, memory: Memory) -> list[str]:
    """What the value at `index` is measured of; 其中持证的不少于 4 人 is about those who hold it."""
    done = _how_kept(part, index) or experience(part, index)
    done = done or _at_least_so_many(part, index) or _done_by_so_many(part, index, first, memory)
    quantity = part.tokens[index].quantity
    behind = names_behind(part, index) if quantity and is_counted(quantity.unit) and _says_nothing(part, first) else []
    names = done or _named_by_verb(part, index, first) or behind or _of_case(part, first, quantity, memory)
    names = names or property_names(part, first, memory)
    if quantity and quantity.unit in SUPPLIED and operator_before(part, index)[0] == "ge":
        names = [name.removesuffix("的") for name in names]
    names = names or names_behind(part, index)
    if names and (apart := _APART.match(part.text, part.tokens[index].end)) and not names[0].endswith(apart["what"]):
        names = [f"{names[0]}{apart['what']}"]  # 与墙面保持 0.5 m 以上距离
    if quantity and names and dimension(quantity.unit) in _NO_TIMES and _IS_TIME.search(names[0]):
        return [""]  # no time is measured in ℃
    if not (quantity and is_time(quantity.unit) and names):
        return names
    if is_actor(names[0]) and (kept := _VERB_LAST.search(part.text[part.start : part.tokens[first].start])):
        return [kept.group()]  # 发现遗失物品, 服务人员应登记并保存不少于 3 个月: they do not last
    if not _NO_TIME.search(names[0]):
        return names
    # 温度不低于 100 ℃, 并保持 10 min: no temperature lasts
    lasts = _LASTS.search(part.text[part.start : part.tokens[first].start])
    return [lasts.group().strip() if lasts else ""]


def _how_kept(part: Part, index: int) -> list[str]:
    """在 8 ℃以下冷藏, 浸泡入消毒液中 5 min: measured are the warmth and the time of what is done, by its verb."""
    quantity = part.tokens[index].quantity
    if quantity is None:
        return []
    if quantity.unit == "℃" and (stored := stored_at(part.text[part.tokens[index].end : part.end])):
        return [stored]
    kept = _HOW_KEPT.search(part.text[part.start : part.tokens[index].start]) if is_time(quantity.unit) else None
    return [kept["soaked"] or kept["kept"]] if kept else []


def stored_at(behind: str) -> str:
    """What is so warm, by the words behind the degrees: the storing (℃以下冷藏), or what it is stored in (℃专用冰箱内)."""
    match = _STORED_AT.match(behind) or _STORED_IN.match(behind)
    return match["stored"] if match else ""


_APART = lazy(r"\s*的?(?:安全|净|水平)?(?P<what>距离|间距)(?:$|[,。;、])")
_VERB_LAST = lazy(rf"(?:{'|'.join(sorted(VERBS, key=len, reverse=True))})(?=\s*$)")
_PEOPLE = lazy(r"[\u4e00-\u9fff]{0,6}(?:人员|员工)")


def _of_case(part: Part, first: int, quantity: Quantity | None, memory: Memory) -> list[str]:
    """50 人以上的不少于 3 名: of what was counted before; 维保人员作业时不得少于 2 人: of those of whom the case tells."""
    if quantity is None or not part.condition or not is_counted(quantity.unit) or not _says_nothing(part, first):
        return []
    if quantity.unit in ("人", "名") and part.condition.endswith("时"):
        people = _PEOPLE.match(part.condition)
        return [people.group() if people else part.condition.removesuffix("时")]
    again = memory.last is not None and memory.last.unit == quantity.unit and part.condition[0].isdigit()
    return [memory.last.property] if again and memory.last and memory.last.property else []


def _says_nothing(part: Part, first: int) -> bool:
    """每班不应少于 2 名值班人员: no word before the comparator says what is counted."""
    begin = boundary(part, first)
    words = "".join(part.text[one.start : one.end] for one in part.tokens[begin:first] if one.kind in (TEXT, LIST))
    # 2 台终端和 1 台复印机: the words between belong to the number before.
    return (
        not clean_name(words) or words.rstrip().endswith("范围内") or (begin > 0 and JOINED.search(words) is not None)
    )


def _named_by_verb(part: Part, index: int, first: int) -> list[str]:
    """至少浸泡 30 min, 100 ℃并保持 10 min are measured by their verb; 具有5年以上经验, 邀请2名代表 by what the verb wants."""
    token = part.tokens[index - 1] if index else None
    words = part.text[token.start : token.end].strip() if token and token.kind == TEXT else ""
    if words not in VERBS and first < index - 1 and done_at_least(part, index - 1, words):
        return [words]
    before = part.text[part.start : part.tokens[first].start].rstrip()
    quantity = part.tokens[index].quantity
    lasts = _LASTS.search(before)
    if lasts and quantity and is_time(quantity.unit) and any(one.kind == QUANTITY for one in part.tokens[:first]):
        return [lasts.group()]
    owned = _OWNED.match(part.text, part.tokens[index].end, part.end)  # 保存 180 d 以上的记录, 设置 0.9 m 的护栏
    supplied = _SUPPLIES.search(before) or _SUPPLIES.fullmatch(words)
    counted = quantity is not None and is_counted(quantity.unit)
    wanted = (
        _WANTS.search(before) or ((owned or counted) and _is_deed(part, first)) or (supplied and (owned or counted))
    )
    return ([owned["what"]] if owned and owned["what"] else names_behind(part, index)) if wanted else []


def _is_deed(part: Part, first: int) -> bool:
    """应接受不少于 8 学时的教育: a verb stands right behind the modal; 应高度不低于 is about the height."""
    if first == 0:
        return False
    words = part.text[part.tokens[first - 1].start : part.tokens[first - 1].end].strip()
    is_first = first > 1 and part.tokens[first - 2].kind in (MODAL, QUANTITY)
    return (
        words in VERBS - {"满足", "保证"}
        or words.endswith(("进行", "开展", "组织", "接受"))
        or (is_first and _DEED.fullmatch(words) is not None)
    )


def _at_least_so_many(part: Part, index: int) -> list[str]:
    """且至少一人应持有电工证: counted are those who do what stands behind the verb."""
    end = part.tokens[index].end
    if part.modal is None or end > part.modal.start or part.text[end : part.modal.start].strip():
        return []
    if not _AT_LEAST.fullmatch(part.text[part.start : part.tokens[index].start]):
        return []
    name = clean_name(part.rest)
    return [name] if name else []


def _done_by_so_many(part: Part, index: int, first: int, memory: Memory) -> list[str]:
    """由不少于 2 人共同完成: counted are those who do it."""
    quantity = part.tokens[index].quantity
    by_them = part.text[part.start : part.tokens[first].start].rstrip().endswith(("由", "经"))
    if quantity is None or quantity.unit not in ("人", "名") or not by_them:
        return []
    names = [_COMPOSED.sub("", _TOGETHER.sub("", behind)) for behind in names_behind(part, index)]
    subject = clean_name(part.subject.partition("由")[0]) or memory.subject
    return [one for one in (subject if name in _EMPTY else name for name in names) if one]


class Share(NamedTuple):
    """What one of several values is of, in which case and unit, and where the first of them is."""

    name: str
    condition: str | None = None
    unit: str | None = None
    first: int = -1


_UNKNOWN = Share("")


def respectively(part: Part, index: int) -> Share | None:
    """响应、到场时间分别不超过 10 min、30 min: each value has its name; 昼间和夜间噪声分别不大于 60 dB 和 50 dB: or its case."""
    said = part.text.find("分别", part.start, part.end)
    if said < 0 or part.tokens[index].start < said:
        values = _in_turn(part, index)
        until = min(one.start for one in part.tokens if one.kind in (MODAL, COMPARE, QUANTITY))
    else:
        values = [at for at, one in enumerate(part.tokens) if one.kind == QUANTITY and one.start > said]
        until = min(said, part.modal.start) if part.modal else said
    if len(values) < 2:
        return None
    names = [clean_name(name) for name in _EACH_NAME.split(part.text[part.start : until])]
    if len(names) != len(values):
        return _UNKNOWN
    at = values.index(index)
    quantity = part.tokens[values[-1]].quantity
    unit = quantity.unit if quantity else None  # 分别不大于 0.08、0.09 和 0.20 mg/m³
    seasons = [ANY_SEASON.match(name) for name in names]
    when, last = seasons[at], seasons[-1]
    if when and last and all(seasons):
        return Share(names[-1][last.end() :], when.group(), unit, values[0])
    what = _WHAT.search(names[-1])
    if what and not any(map(PROPERTY.search, names[:-1])):
        names = [f"{name}{what.group()}" for name in names[:-1]] + names[-1:]  # 会议室和办公室照度
    return Share(names[at], None, unit, values[0])


_EACH_NAME = lazy(r"、|(?<![总温中调平])和|与|及(?!时)")
_OR_THE_NEXT = lazy(r"[\s、]*(?:和|与|及|以及|或者?)?\s*")


def _in_turn(part: Part, index: int) -> list[int]:
    """及时率和合格率应达到 98%和 99%: the values that stand side by side, of one kind."""
    values = [at for at, one in enumerate(part.tokens) if one.kind == QUANTITY]
    place = values.index(index)
    first = last = place
    while first > 0 and _are_beside(part, values[first - 1], values[first]):
        first -= 1
    while last + 1 < len(values) and _are_beside(part, values[last], values[last + 1]):
        last += 1
    return values[first : last + 1]


def _are_beside(part: Part, at: int, behind: int) -> bool:
    one, other = part.tokens[at], part.tokens[behind]
    is_joint = one.end < other.start and _OR_THE_NEXT.fullmatch(part.text, one.end, other.start) is not None
    if not (is_joint and one.quantity and other.quantity) or other.quantity.after == "以下":
        return False  # 18 周岁以上、50 周岁以下: a band
    return one.quantity.unit is None or dimension(one.quantity.unit) == dimension(other.quantity.unit)


def is_no_name(name: str) -> bool:
    if (
        not re.search(r"\w", name)
        or name.endswith(("—", "~"))  # 冷冻—18 ℃以下: below zero, or a dash behind the name
        or name in MODALS
        or name.count("(") != name.count(")")
        or re.search(r"\)[^(]*[或每,][^(]*\(", name)
        or is_party(name)
        or _VARIANT.fullmatch(name)
    ):
        return True  # 每 2 年(对于使用不超过 15 年的)或者每年(……)
    return not name.endswith(("率", "比", "比例")) and _NO_NAME.search(name) is not None


def of_other(measure: Measure, last: Measure | None) -> Measure:
    """市区 30 min 内到达, 其他地区不超过 1 h: what is measured of the others was said before."""
    name = measure.property or ""
    if last is None or dimension(last.unit) != dimension(measure.unit):
        return measure
    what = _WHAT.search(_MEN.sub(r"\g<what>", last.property or ""))
    if (
        last.kind == "limit"
        and what
        and (measure.unit in _UNITS_OF_PLACES or _NAMES_A_PLACE.search(name))
        and not (PROPERTY.search(name) or _CHANGE.search(name))
    ):
        return replace(measure, property=f"{name}{what.group()}")  # 办公室照度不低于 300 lx, 走廊不低于 100 lx
    if last.kind == "limit" and last.property and _PLACE.fullmatch(name) and PROPERTY.search(last.property):
        # 院内的车速不超过 15 km/h, 车库内不超过 5 km/h
        return replace(measure, property=last.property.rpartition("的")[2], condition=name)
    ends = last.kind == "deadline" and _ENDS_WORK.search(last.property or "") and _OF_WORK.fullmatch(name)
    if not (_OTHER.fullmatch(name) or ends):
        return measure
    if last.kind == "deadline":
        case = measure.property or measure.condition
        return replace(last, low=measure.low, high=measure.high, unit=measure.unit, condition=case)
    return replace(measure, property=f"{measure.property}{what.group()}") if what else measure
