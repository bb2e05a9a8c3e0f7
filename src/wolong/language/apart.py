"""Which parts without a modal ask for something of their own, apart from the modal that they stand beside."""

from wolong.language.drafts import Draft
from wolong.language.modals import CAN, CANNOT, MAY, NEED_NOT, NEGATIVE, SHALL, SHALL_NOT, SHOULD, SHOULD_NOT
from wolong.language.names import JOINT, clean_name
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.quantities import WITHIN
from wolong.language.tokens import COMPARE, PERIOD, QUANTITY, TEXT
from wolong.language.units import TIME_PATTERN

_TIME_ALONE = lazy(
    rf"(?:\d|[一二两三四五六七八九十半百])\s*(?:[^\s\d%‰℃]{{1,5}}\s*(?:以|之)?内|个?{TIME_PATTERN}(?:以|之)?前)\s*$|前\s*(?:\d[\d.]*|[一二两三四五六七八九十半]+)个?\s*{TIME_PATTERN}\s*$"
)
_IS_KEPT = lazy(r"(?:控制|限制|限定)在")  # 解冻时间控制在 4 h 以内, 解冻后不得……
_AHEAD_OF = lazy(
    r"[\u4e00-\u9fff]前\s?[\d半一二两三四五六七八九十][^,]*[\u4e00-\u9fff]{2}$"
)  # 禁止开窗, 下班前 30 min 关闭空调
_IS_RATE = lazy(r"[^,\d]{2,}率(?:为|达到?)?\s?\d[\d.]*\s?%")
_IS_SET = lazy(r"[^,\d]{3,}(?:(?<![不分视列称作成划])为|控制在)\s?\d")  # 不得少于 20 d, 公告期限为 1 个工作日
_MOST = lazy(r"限[速高重载]\s?\d")  # 照度不宜低于 50 lx, 车辆限速 5 km/h
# 贮存不得超过 1 年, 联单保留 3 年
_STORES = lazy(r"(?:保[存留管]|留存|存档)[\u4e00-\u9fff]{0,10}\s?[\d一二两三四五六七八九十]")
_SENDS = lazy(r"^\s*并(?:派|指派|安排)\s?[\d一二两三四五六七八九十]")  # 宽度不得小于 5 m, 并派 1 人监护
_JOINS = lazy(rf"\s*(?:{JOINT}|且)")  # 宜使用前 30 min 启动, 并在使用结束前 15 min 关闭
_EACH_TIME = lazy(r"\s*每次(?![^,]*期限)")  # 可施肥 2 次, 每次 10 g/m2; 可以续期, 每次期限为 1 年 is set
_BEGINS = lazy(
    r"\s*(?:开启|关闭|打开|完成|做好|检查|清洁|清扫|清理|布置|准备|调试|通知|报告|巡视|摆放|通风|由[^,]+(?:进行|检验|检测|完成))"
)

_NO_DEED = lazy(
    r"的[\u4e00-\u9fff]{0,6}$|除外$|^\s*(?:超[出过限]|逾期|违)"
)  # 安装有管道的侧面, 净距不宜……: of which thing; 超限自动断电

# 不得掺杂使假, 对质量安全负责, 接受监督: nobody forbids these.
_DUTY = lazy(
    r"接受[^,]*(?:监督|检查|管理|指导|培训|教育)|服从[^,]*(?:管理|指挥|安排|调度)|(?:佩[戴带]|穿戴|戴好|系好)"
    r"|对[^,]*负责$|(?:因此|由此)[^,]*由[^,]+承担"
)


def is_time_alone(part: Part) -> bool:
    """有效期届满前 30 日内, 应当……: by when, before the verb."""
    text = part.text[part.start : part.end]
    return part.modal is None and _TIME_ALONE.search(text) is not None and _IS_KEPT.search(text) is None


def stands_alone(part: Part, draft: Draft, opener: str, *, ruled: bool, follows: bool) -> bool:
    """A bound without a modal is its own `shall` before any modal, beside one that measures nothing or permits, and where it
    follows one that is."""
    if not part.has_quantity:
        return False
    if not ruled:
        # 投入使用后 30 d 内，应……: the time alone belongs to what follows.
        return not _TIME_ALONE.search(part.text[part.start : part.end]) or _has_own_verb(part, draft)
    if opener == MAY and _EACH_TIME.match(part.text, part.start):
        return False
    if opener in (MAY, NEED_NOT, CAN, CANNOT):
        return True
    if opener == SHALL or (
        opener == SHOULD and (_is_next_frequency(part, draft) or _JOINS.match(part.text, part.start))
    ):
        return False
    band = opener in NEGATIVE and _is_band(part)
    return follows or (opener != SHALL and not draft.measures) or band or _asks_for_another(part)


def is_free_of_ban(part: Part, draft: Draft) -> bool:
    """检查人员不得少于 2 人, 佩戴标志: the ban is of the bound alone, and what follows is asked for, as a plain duty always is."""
    if part.modal or part.condition or draft.modality not in (SHALL_NOT, SHOULD_NOT):
        return False
    words = part.text[part.start : part.end].strip()
    is_bound = bool(draft.measures) and not draft.predicates
    return (is_bound and _NO_DEED.search(words) is None) or _DUTY.match(words) is not None


def _has_own_verb(part: Part, draft: Draft) -> bool:
    """会前 30 min, 开启空调, 室温宜……: what is to be done by then is said before the modal."""
    at = draft.parts.index(part) + 1
    following = draft.parts[at] if at < len(draft.parts) else part
    is_plain = not (following.modal or following.only_condition or following.has_quantity)
    return is_plain and _BEGINS.match(following.text, following.start) is not None


def _is_next_frequency(part: Part, draft: Draft) -> bool:
    """宜每周清洁一次, 每年更换一次: recommended like the one before."""
    last = draft.measures[-1] if draft.measures else None
    starts = bool(part.tokens) and part.tokens[0].kind == PERIOD
    # 宜在休眠期施肥, 每年不少于 1 次
    is_bare = not any(one.kind == TEXT for one in part.tokens)
    return starts and (last.kind == "frequency" if last is not None else is_bare)


def _is_band(part: Part) -> bool:
    """不应超过 ±2 ℃, 相对湿度 45%～60%: within, and forbidden is what lies without."""
    return any(one.quantity is not None and one.quantity.form == "range" for one in part.tokens[1:])


def _asks_for_another(part: Part) -> bool:
    """宜 7～12 ℃, 温差不低于 5 ℃; 不应少于 6 人, 每月训练 2 次: another thing, with its own words and its own bound."""
    text = part.text[part.start : part.end]
    speaks = any(one.kind in (COMPARE, PERIOD) or (one.quantity and one.quantity.after) for one in part.tokens)
    speaks = speaks or any(bound.search(text) for bound in (_STORES, _MOST, _SENDS, _IS_SET, _AHEAD_OF))
    speaks = speaks or _IS_RATE.fullmatch(text) is not None
    last = next((one.start for one in reversed(part.tokens) if one.kind in (COMPARE, QUANTITY)), part.start)
    words = "".join(part.text[one.start : one.end] for one in part.tokens if one.kind == TEXT and one.end <= last)
    is_own = clean_name(words) or any(one.quantity and one.quantity.after in WITHIN for one in part.tokens)
    return bool(is_own) and speaks
