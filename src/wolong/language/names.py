"""What is measured: the words that name it, before the number or behind it."""

import re

from wolong.language.memory import Memory
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.tokens import LIST, MODAL, QUANTITY, TEXT
from wolong.language.units import is_time

JOINT = r"并(?![列联行发网排])"
AND = rf"[并而]且|{JOINT}|且"
"""What joins two deeds; 并列, 并发, 并网 are words of their own."""
_TRAILING = lazy(
    r"(?:全年|(?<=缩短|压缩|压降|降低|减少|增加|控制)到|最[高低大小长短迟晚]|分别|各自|以|各|(?<![平人月年日])均|都|一般|经常|保持|控制|维持|做到|确保|(?<![需主重必只首摘概纪])要|稳定|处于|介于|设定|设置|要求|限值|为|是|在|(?:压降|[升降])[至到]|至|不|按照?|(?<![响供反对相适])应|约|(?<!汇)总|(?<![规原准细守法])则|量(?=应$)|[\s:])+$"
)
_LEADING = lazy(
    r"^(?:原则上|且|也(?=$)|并且|并|和|与|及(?!时)|[均都各](?=[配设备安])|其中(?!心)|其(?![他余它])|将(?!军)|把(?!手)|但|而|或|之后|此后|以后(?!勤)|按(?=功率|强度|密度)|同时|的|保证|确保|保持(?!时[间长])|使(?!用)其?|控制(?![室箱柜线阀屏])|限制(?=[\u4e00-\u9fff]{2,8}时[间长])|做到|满足|另(?!外的|行)|则|设置(?=.)|邀请(?=.)|为(?![了期])|在(?![线岗用册职库位场校编外])|于|(?:冷藏|冷冻)?(?:条件|环境|状态)[下中]|[\s、,:])+"
)
VERBS = frozenset(
    re.findall(
        r"\S+",
        "长期 保存 保留 留存 存放 配备 设置 设 持续 备有 储备 保证 满足 具备 具有 有 安排 距离 距 采用 使用 配置 留 存 备 达 安装 "
        "取 平均 检测 培训 参加 组织 接受 调 调整 调节 降 升 缩短 压缩 压降 减少 增加 限制",
    )
)
SPARE = lazy(r"(?:率|满意度|覆盖面|比例|比)$")
_EACH = lazy(r"\s*[均都各](?=[配设备安])")
PROPERTY = lazy(
    r"(?:人数|次数|数量|频次|[总份点]数|[度率量值差比压温力流声速阻高宽长厚深]|[间半直][距径]|分|时间|期限|周期|间隔|面积|浓度|品种)$"
)
"""Words that end like this name something measured; 大厅 and 客梯 name a thing."""
JOINED = lazy(r"(?:以?及|和|与|或|、)\s*$")
_SHARES = lazy(rf"{SPARE.pattern}|(?:总数|浓度|含量)$")
HAS_DONE = lazy(r"(?:经验|经历|资历|工龄|履历)$")


_EACH_PLACE = lazy(r"每[处个层间栋点室]")


ITS_VALUE = "值"
"""接地电阻每年测量一次, 其值不应大于 4 Ω: of what was spoken of before."""


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
    subject = re.split(rf"(?<=[\u4e00-\u9fff]{{4}}){JOINT}(?=[\u4e00-\u9fff]{{4}})", "".join(words))[-1]
    predicate = re.split(AND, "".join(behind_modal))[-1]
    shared = any(re.search(r"(?:均|都|各)\s*$", said) for said in (subject, predicate)) or bool(_EACH.match(predicate))
    clean_subject, clean_predicate = clean_name(subject), clean_name(predicate)
    if clean_predicate and not (clean_predicate in VERBS and (clean_subject or memory.subject)):
        name, text = clean_predicate, predicate
    else:
        name, text = clean_subject, subject
    if name == "每次" and memory.deed:
        return [memory.deed]  # 每月试运行一次, 每次不少于 15 min
    if _EACH_PLACE.fullmatch(name) and memory.supplied:
        return [memory.supplied]  # 设置灭火器, 每处不少于 2 具
    if not name or name == ITS_VALUE:
        last = memory.recent or memory.subject
        return [last] if last and (last.endswith("员") or not is_actor(last)) else []
    return _split_names(name, shared=shared) if text else [name]


_PARTY = lazy(
    r"[甲乙双]方|甲乙双方|中标人|成交人|供应商|投标人|采购人|承包[人方]|服务商|物业服务人|[\u4e00-\u9fff]{2,6}(?:单位|公司|企业)"
)


_ACTOR = lazy(
    r"[^,\d]{0,20}(?:单位|公司|企业|机构|部门|机关|委员会|政府|办事处|[居业]委会|筹备组|小组|代表|经营者|提供者|使用者|服务人|负责人|(?:管理|所有|持有|使用|投标|招标|当事|责任|委托|代理|申请|承包|出租|承租|采购)人|人员|(?:管理|值班|操作|服务|保安|保洁|驾驶|监护|检验|维修)员|业主)"
)


def is_actor(name: str) -> bool:
    """Whether the name is of somebody who does something, a party or an office: no deed is named by one."""
    return is_party(name) or _ACTOR.fullmatch(name) is not None


def is_party(name: str) -> bool:
    """Whether the name is of who acts: nothing is measured of one."""
    return _PARTY.fullmatch(name) is not None


def boundary(part: Part, first: int) -> int:
    """Just behind the quantity before this one, or the part's beginning."""
    for at in range(first - 1, -1, -1):
        if part.tokens[at].kind == QUANTITY:
            return at + 1
    return 0


_AHEAD = lazy(r"(?:至少|应)?提前\s*$")


def spoken_of(part: Part, index: int) -> str:
    """小修 2 h 内、大修 8 h 内完成: the words before the number, from the last one on, or the part's subject."""
    at = boundary(part, index)
    words = (part.text[one.start : one.end] for one in part.tokens[at:index] if one.kind == TEXT)
    return clean_name(_AHEAD.sub("", "".join(words) if at else part.subject))


def clean_name(text: str) -> str:
    text = "".join(text.split()).rstrip("(").lstrip(")")
    if "," in text and ")" not in text:
        text = re.split(",(?!以及)", text)[-1]  # (大专学历, 年龄不超过 50 周岁): a bracket may hold several things
    text = _LEADING.sub("", text)
    return _TRAILING.sub("", text)


_ONE_OF_FOUR = lazy(r"[春夏秋冬]{1,2}季?")  # 春秋、夏季、冬季服装各 2 套: of which seasons


def _split_names(name: str, *, shared: bool) -> list[str]:
    """准确率、及时率均为100%: one name each; 桌、椅高度 stays one."""
    of, _, name = name.rpartition("的")
    if of and not (shared and PROPERTY.search(name)):
        return [f"{of}的{name}"]
    pieces = [piece for piece in re.split(r"、|(?<![总温中调平])和|与|及(?!时)", name) if piece]
    if (
        len(pieces) > 1
        and not any(map(_ONE_OF_FOUR.fullmatch, pieces))
        and len(min(pieces, key=len)) > 1
        and (shared or all(map(_SHARES.search, pieces)))
    ):
        return [f"{of}的{pieces[0]}", *pieces[1:]] if of else pieces
    return [f"{of}的{name}" if of else name]


def names_behind(part: Part, index: int) -> list[str]:
    """至少 2 名持证人员: the counted thing stands behind the number."""
    words = []
    for token in part.tokens[index + 1 :]:
        if token.kind != TEXT:
            break
        words.append(part.text[token.start : token.end])
    name = clean_name(JOINED.sub("", "".join(words)))
    if (thing := _of_such(part, index)) and PROPERTY.search(name):
        return [thing]
    return [name] if name else []


_SUCH = lazy(r"的(?P<thing>[\u4e00-\u9fff]{2,10})\s*(?=[,、。;(]|$)")


def _of_such(part: Part, index: int) -> str:
    """2 台功率为 50 kW 的水泵: counted is the thing, whose power is told between."""
    at = next((at for at in range(index + 1, len(part.tokens)) if part.tokens[at].kind == QUANTITY), None)
    match = (
        _SUCH.match(part.text, part.tokens[at].end) if at is not None and at <= index + _PROPERTY_AND_BOUND else None
    )
    return match["thing"] if match else ""


_PROPERTY_AND_BOUND = 3  # tokens: 功率, 不小于, 50 kW


def experience(part: Part, index: int) -> list[str]:
    """5年以上机关食堂工作经验: years are asked of what somebody has done, with or without a verb before."""
    quantity = part.tokens[index].quantity
    names = names_behind(part, index) if quantity and is_time(quantity.unit) else []
    return names if names and HAS_DONE.search(names[0]) else []
