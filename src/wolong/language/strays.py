"""Values that look like bounds and are none: cases, fines, shares of other values."""

import re

from wolong.language.comparators import AFTER
from wolong.language.modals import MAY, SHALL, SHALL_NOT, modal_at
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.quantities import Quantity
from wolong.language.tokens import COMPARE, TEXT
from wolong.language.units import is_time

# 累计制水量达到 5 t 时更换: when, not what.
_OF_A_CASE = lazy(r"\s*(?:时(?![间段])|的[\u4e00-\u9fff]{1,6}期间|[为是](?:不?合格|优|良|中|差|满分|一般|不?达标))")
_GRADE = lazy(r"[一二三四五]")
_CALLED = lazy(r"(?:热线|电话|手机|号码|编号|型号|代码|账号|邮编|版本号?)[应须是为:\s]*$")
_NO_NOUN = lazy(r"\s*(?:[以之至到和或及与、,。;)的时且并者]|左右|上下|合格|达标|$)")
GOES_ON = lazy(r"\s*(?!并[保持在]|且|以?备查|待查|[存备]档)[\u4e00-\u9fff]{2,}")
_FINES = lazy(r"罚款|处以|(?<![一各管清])处\s*(?=\d)|违约金|赔偿(?!限额)|扣[除减款罚]")
_KEEPS_BACK = lazy(r"(?:扣[除减罚]|核减|扣缴)[^,\d]*(?:费|款|金|价)")  # 可扣除当月服务费 5%～10%
_TARIFF = lazy(r"\s*按\s?\d[^,]{0,6}计")  # 不满 1 小时按 1 小时计
_ROUNDED = lazy(r"不[满足]\s?\d[^,]{0,4}按\s*$")
_OF_EVENT = lazy(r"的[^,]*(?:之[日时]起|后)[^,]{1,10}内")  # 收到十人以上的业主提出的申请之日起六十日内
_OR_ELSE = lazy(
    r"\s*(?:[\u4e00-\u9fff]{1,6})?或者?\s?(?:\d+|[一二两三四五六七八九十]+)\s?[名人个台次]"
)  # 数量为七名或者九名: one or the other
_FROM_WHEN = lazy(r"\s*之[日时]起")  # 自年满 16 周岁之日起: the event itself
_MONEY_OF = lazy(
    r"\s*的?[\u4e00-\u9fff]{0,6}(?:租金|收入额?|工资|费用?|水费|电费|金额|货款)\s*$"
)  # 不得超过 1 个月租金
# 三名仲裁员或者一名仲裁员: the other of the two
_ALTERNATIVE = lazy(r"(?:\d|[一二两三四五六七八九十])\s?[名人个台][\u4e00-\u9fff]{0,6}或者?\s*$")
_POINTS = lazy(r"[总满]分(?:值)?[为是]|[记计]\s?\d+\s?分")
_TAKEN = lazy(r"[扣加减]\s?\d+(?:\.\d+)?\s?分(?!钟)")
_TIMES_WHAT = lazy(r"\s*的?[\u4e00-\u9fff]{0,4}(?:压力|电流|电压|荷载|载荷|载重|流量|速度|转速|功率)")
_SHARE_OF = lazy(r"[^,\d]{2,12}的\s?\d[\d.]*\s?%")
_COMPARED = lazy(
    r"(?:较|比|同比|环比|相比)[^,]*(?:下降|降低|减少|压缩|增长|提高|上升|增加|节约)(?:(?:应|须)?不?(?:低于|少于|小于|高于|大于|超过))?$"
)
_FOLLOWS = lazy(
    r",\s*(?:每[^,]{0,6})?(?:扣|罚|视为|按(?![钮键压摩])|终止|取消|不予|支付|全额|(?:[甲乙双]方|采购人|招标人|委托方)?(?:有权|不再|将|即))"
)
# 作业中断超过 30 min, 再次进入前, 应……: a case, and another one behind it.
# 温度超过 60 ℃, 湿度超过 90 %, 应……: two cases, or one of both
_RULED_LATER = lazy(
    r",(?:[^,]{2,30}[前后时的],[^,]{0,12}|[^,]{2,12}(?:超过|大于|高于|低于|小于|少于|不足)\s?\d[^,]{1,8},)(?:应(?![急用])|须|不得)"
)
_THEN = lazy(r",\s*(?P<word>由)?")
_IS_SET = lazy(r"(?:控制|保持|限制|维持)在")  # 危害率控制在 5%以下, 不得使用剧毒农药
_SUCH = lazy(r"\s*的[\u4e00-\u9fff]{2,}")
_USES = lazy(r"\s*(?!有|存在|出现|留有|产生|设置)[\u4e00-\u9fff]{2,}")
_RULING = (SHALL, SHALL_NOT, MAY)


def is_stray(part: Part, index: int, operator: str | None, first: int) -> bool:
    """Whether the quantity at `index`, ruled by `operator` from token `first` on, bounds nothing."""
    quantity = part.tokens[index].quantity
    if quantity is None or _is_unknown(part, index, quantity) or _is_fine(part, quantity):
        return True
    if is_relative(part, index, quantity) or _is_case(part, quantity, operator):
        return True
    behind = part.text[part.tokens[index].end : part.end]
    if quantity.unit == "级" and _GRADE.match(part.text, part.tokens[index].start):
        return True  # 耐火等级不应低于二级: one of few, and the first is the highest
    if quantity.unit == "个" and _SHARE_OF.match(behind):
        return True  # 不超过一个制热周期的 20%
    if (
        _TARIFF.match(behind)
        or _OR_ELSE.match(behind)
        or _ALTERNATIVE.search(part.text[part.start : part.tokens[index].start])
        or _FROM_WHEN.match(behind)
        or (is_time(quantity.unit) and _MONEY_OF.match(behind))
        or (quantity.after in AFTER and _OF_EVENT.match(behind))
        or _ROUNDED.search(part.text[part.start : part.tokens[index].start])
    ):
        return True
    # 超过 30 日无人认领: a case, and what follows from it
    goes_on = part.modal is None and GOES_ON.match(behind) is not None
    follows = operator in ("gt", "lt") and (goes_on or _forbids_such(part, index))
    return follows or _OF_A_CASE.match(behind) is not None or (operator is None and _beside_thing(part, first))


def _forbids_such(part: Part, index: int) -> bool:
    """禁止占用宽度小于 3 m 的人行道: which of them must not be used; 不应有大于 3 mm 的裂纹 is how large they may be."""
    modal, token = part.modal, part.tokens[index]
    if modal is None or modal.word != SHALL_NOT or token.start < modal.end:
        return False
    is_noun = _SUCH.match(part.text, token.end) is not None
    return is_noun and _USES.match(part.text, modal.end) is not None


def _is_case(part: Part, quantity: Quantity, operator: str | None) -> bool:
    """评分低于 85 分, 扣除……: what follows from the bound stands behind the comma."""
    strays = operator in ("gt", "lt") or quantity.after in AFTER
    if quantity.unit == "分" and part.modal is None:
        # 得分低于 75 分, ……; 80～89 分付 95%: nobody asks for a poor score, and what follows has its own number
        pays = any(one.quantity is not None and one.quantity.unit in ("%", "元") for one in part.tokens)
        if pays or (strays and part.text.startswith(",", part.end)):
            return True
    if operator in ("ge", "le") and quantity.after is None:
        return False  # 漏打率不超过 1%, 每漏打一次扣……: what is asked, before what it costs
    if part.modal is not None:
        return False
    later = operator in ("gt", "lt") and _RULED_LATER.match(part.text, part.end)
    return bool(later or _FOLLOWS.match(part.text, part.end) or (strays and _rules_on(part)))


def _rules_on(part: Part) -> bool:
    """低于 85%, 应……: a modal right behind the comma says what follows from it."""
    then = _THEN.match(part.text, part.end)
    if _IS_SET.search(part.text[part.start : part.end]):
        return False
    return then is not None and (bool(then["word"]) or modal_at(part.text, then.end())[0] in _RULING)


def _is_unknown(part: Part, index: int, quantity: Quantity) -> bool:
    """不小于 16 目防虫网: a unit that no table knows, run into what follows. 热线为 12345: a number that is dialled."""
    end = part.tokens[index].end
    if quantity.unit is None and _CALLED.search(part.text[part.start : part.tokens[index].start]):
        return True
    return (
        quantity.unit is None
        and quantity.after is None
        and part.text[end : end + 1] > "\u4e00"
        and not _NO_NOUN.match(part.text, end)
    )


def _is_fine(part: Part, quantity: Quantity) -> bool:
    """处 50 元以上 200 元以下罚款: what a failure costs, and how it is scored, bounds nothing."""
    words = part.text[part.start : part.end]
    if quantity.unit == "分" and (_POINTS.search(words) or _TAKEN.search(words)):
        return True  # 评价总分为 100 分, 每起扣 2 分
    is_share = quantity.unit in ("%", "‰") and _KEEPS_BACK.search(part.text[part.start : part.end])
    return bool(is_share or (quantity.unit == "元" and _FINES.search(part.text[part.start : part.end])))


def _beside_thing(part: Part, first: int) -> bool:
    """低于路牙 3～5 cm: so much lower than a thing; 至少 and 达到 may stand before any words."""
    if first < 2 or part.tokens[first - 1].kind != TEXT or part.tokens[first - 2].kind != COMPARE:
        return False
    comparator = part.tokens[first - 2]
    return part.text[comparator.start : comparator.end] not in ("至少", "最少", "达到", "达")


def is_relative(part: Part, index: int, quantity: Quantity) -> bool:
    """本底值+5 dB, 草高的1/3: a bound that rests on another value."""
    token = part.tokens[index]
    before = part.text[part.start : token.start].rstrip()
    written = part.text[token.start : token.end]
    if quantity.unit is None and re.search(r"\d\s?/\s?\d|分之", written):
        return not re.search(r"(?:系数|比|比例)[^\d]{0,6}$", before)
    if quantity.unit == "倍" and _TIMES_WHAT.match(part.text, token.end):
        return True  # 1.5 倍工作压力
    if before.endswith("的") or _COMPARED.search(before) or (quantity.unit is None and before.endswith("之")):
        return True
    return (
        written.startswith("+")
        and bool(re.search(r"[\u4e00-\u9fff]$", before))
        and not before.endswith(("于", "过", "为", "到", "在", "差"))
    )
