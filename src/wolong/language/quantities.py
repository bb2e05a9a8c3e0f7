"""Quantities: a number or a range with its unit (24～26 ℃, 20±2 ℃, 九成, 一个半小时)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from wolong.language.numerals import ARABIC_NUMBER, HAN_NUMBER, NUMBER, NUMBER_SIGNS, number_value, span_of
from wolong.language.patterns import lazy
from wolong.language.periods import period_at
from wolong.language.units import TIME_PATTERN, UNIT_PATTERN, converted, is_time, length_of

WITHIN = ("内", "以内", "之内")
"""What stands behind a number that is not to be passed."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value or a range with its unit; `after` is the word right behind it (以上, 以内, 前 …)."""

    low: Decimal
    high: Decimal
    unit: str | None
    form: str  # single | range | tolerance | around | mixed, of two units that do not convert or of no number (百百)
    after: str | None = None


_NO_NUMBER = Quantity(Decimal(0), Decimal(0), None, "mixed")
# 在—18 ℃以下: a dash typed for a minus
_MINUS = r"(?<=[在为于达到过是])—\s?(?=\d[\d.]*\s?(?:℃|°C|摄氏度))"
_SIGNED = rf"(?:[-+]|{_MINUS}|零下\s?|负\s?(?=\d))?(?:{NUMBER})"
_UNIT = rf"(?:\s*(?:{UNIT_PATTERN}))"
_QUANTITY = lazy(
    rf"(?P<open>\(\s*(?=[^()]{{1,16}}\)\s?(?:℃|%|°C|[A-Za-zμΩ]|毫|厘|米|度|分贝|帕|兆帕)))?(?P<pm>±\s*)?(?P<first>{_SIGNED})(?P<unit>{_UNIT})?"
    rf"(?:\s*(?P<link>~|-|—|至|到|±)\s*(?P<second>(?:[-+]|(?<=[~至到])—(?=\d[\d.]*\s?(?:℃|°C|摄氏度)))?(?:{NUMBER}))(?P<unit2>{_UNIT})?)?"
    rf"(?(open)\s*\)(?P<shared>{_UNIT}))"
)
# 25帧/s, 不少于6样: a unit that no table knows, as written.
_ODD_UNIT = lazy(
    r"\s*(?P<unit>[\u4e00-\u9fff]{1,2}/(?:[A-Za-z]+\d?|[\u4e00-\u9fff]{1,2})|[\u4e00-\u9fff](?=[\s,、。;)]|$)|目(?=的?(?:防|筛|不锈钢|金属|钢|铁|网)))"
)
# 10 滴/min～20 滴/min: the same unit twice.
_ODD_RANGE = lazy(
    rf"(?P<low>{NUMBER})\s*(?P<unit>[\u4e00-\u9fff]{{1,2}}/(?:[A-Za-z]+\d?|[\u4e00-\u9fff]{{1,2}}))\s*[~-]\s*(?P<high>{NUMBER})\s*(?P=unit)"
)
_HOURS = 24
_NO_UNIT = "余多许内外后前起止号点时的者级等左右上下"
_BELOW_ZERO = lazy(r"^(?:零下|负|—)\s?")
_HALF = lazy(
    rf"(?P<whole>\d+|{HAN_NUMBER})?个?半个?(?P<unit>分钟|小时|钟头|工作日|月|年|天|日)"
    rf"|(?P<first>\d+|{HAN_NUMBER})\s?个?(?P<long>小时|钟头|年|天)半(?=[以之]?[内前后]|左右|[的应须不,、。;)]|$)"
    rf"|(?P<minutes>\d+|{HAN_NUMBER})\s?分半钟"
)
# 1小时30分钟: one length of time.
_COMPOUND = lazy(r"(?P<hours>\d+)\s?(?:个?小时|h)\s?(?P<minutes>\d+)\s?(?:分钟?|min)(?![A-Za-z])")
_PERCENT = lazy(rf"百分之(?P<low>{HAN_NUMBER}|\d+(?:\.\d+)?)(?:\s*(?:~|-|至|到)\s*百分之(?P<high>{HAN_NUMBER}|\d+))?")
_TENTHS = lazy(
    r"(?:(?P<from>[一二两三四五六七八九])(?:成?[至到~-])?)?(?P<tenth>[一二两三四五六七八九])成(?P<half>半|[一二三四五六七八九](?!次))?(?![分立果员功为本品套交长])"
)
_OR_SO = lazy(
    r"(?P<first>[一二两三四五六七八])、(?P<second>[二三四五六七八九])"
    r"(?P<unit>个?(?:小时|工作日|月(?=[以之]?[内前后]))|个月|分钟|天|日(?=[以之]?[内前后])|年(?!级)|周|名|人(?!次)|[次遍](?=[,、。;)以]|$))"
)
_GIVE_OR_TAKE = lazy(
    rf"(?P<middle>{ARABIC_NUMBER})(?P<unit>{_UNIT})?\s?\(\s?±\s?(?P<width>{ARABIC_NUMBER})(?P<of>{_UNIT})?\s?\)(?P<unit2>{_UNIT})?"
)
_PARTS = lazy(rf"(?P<below>{HAN_NUMBER})分之(?P<above>{HAN_NUMBER})")
_AFTER = lazy(
    r"\s*(?:\(含[^()]{0,6}\)\s*(?=以))?"
    r"(?P<after>及?以上|及?以下|以内|之内|内(?!部|容)|之间|左右|上下|起(?=\s*(?:[,、。;]|$))|[之以]?前(?!后)|以后|之?后|后)"
    r"(?:\s*\(含[^()]{0,6}\))?"
)
_OPEN = lazy(r"\s*\((?:不含|含|包含)[^()]{0,6}\)(?!\s*以)")
_HAN_ALONE = lazy(r"^[零〇一二两三四五六七八九十百千万亿廿卅点]+$")
QUANTITY_SIGNS = NUMBER_SIGNS | frozenset("±+-—负半个(")


def quantity_at(text: str, start: int) -> tuple[Quantity, int] | None:
    """A number with what belongs to it, if one begins here."""
    if text[start] not in QUANTITY_SIGNS:
        return None
    special = next(filter(None, (of_form(text, start) for of_form in _SPECIAL_FORMS)), None)
    if special is not None:
        quantity, end = special
    else:
        plain = _plain_at(text, start)
        if plain is None:
            return None
        quantity, end = plain
    after = _AFTER.match(text, end)
    if remark := _OPEN.match(text, end):
        end = remark.end()  # 25 m²～50 m²(不含)
    if after and (quantity.unit is not None or after["after"] not in ("内", "前", "后", "起")):
        word = after["after"].removeprefix("及").removeprefix("之").replace("以前", "前").replace("起", "以上")
        quantity = Quantity(quantity.low, quantity.high, quantity.unit, quantity.form, word)
        end = after.end()
    return quantity, end


def _compound_at(text: str, start: int) -> tuple[Quantity, int] | None:
    match = _COMPOUND.match(text, start)
    if match is None:
        return None
    hours, minutes = number_value(match["hours"]), number_value(match["minutes"])
    if hours is None or minutes is None:
        return _NO_NUMBER, match.end()
    total = hours * 60 + minutes
    return Quantity(total, total, "min", "single"), match.end()


def _odd_range_at(text: str, start: int) -> tuple[Quantity, int] | None:
    match = _ODD_RANGE.match(text, start)
    low, high = (number_value(match["low"]), number_value(match["high"])) if match else (None, None)
    if match is None or low is None or high is None:
        return None
    return Quantity(low, high, match["unit"], "range"), match.end()


def _special_at(text: str, start: int) -> tuple[Quantity, int] | None:
    """百分之九十五, 九成, 半小时, 一个半小时, 三天半, 三分之一."""
    if match := _PERCENT.match(text, start):
        low = number_value(match["low"])
        high = number_value(match["high"]) if match["high"] else low
        if low is None or high is None:
            return _NO_NUMBER, match.end()
        return Quantity(low, high, "%", "range" if match["high"] else "single"), match.end()
    if match := _TENTHS.match(text, start):
        return _tenths(match), match.end()
    if match := _HALF.match(text, start):
        written = match["whole"] or match["first"] or match["minutes"]
        whole = number_value(written) if written else Decimal(0)
        _, unit = length_of(match["unit"] or match["long"] or "分钟")
        if whole is not None:
            value = whole + Decimal("0.5")
            if unit == "a":
                value, unit = value * 12, "month"
            return Quantity(value, value, unit, "single"), match.end()
    if match := _PARTS.match(text, start):
        above, below = number_value(match["above"]), number_value(match["below"])
        if above is not None and below:
            return Quantity(above / below, above / below, None, "single"), match.end()
    return None


def _or_so_at(text: str, start: int) -> tuple[Quantity, int] | None:
    """三、四次, 三、五天: about so many."""
    match = _OR_SO.match(text, start) if text.startswith("、", start + 1) else None
    span = span_of(match["first"] + match["second"]) if match else None
    if match is None or span is None or text[:start].endswith(("周", "期", "月")):
        return None
    factor, unit = length_of(match["unit"].strip())
    return Quantity(span[0] * factor, span[1] * factor, unit, "range"), match.end()


def _give_or_take_at(text: str, start: int) -> tuple[Quantity, int] | None:
    """500(±10%) lx, 20 ℃(±2 ℃)."""
    match = _GIVE_OR_TAKE.match(text, start) if "(±" in text or "( ±" in text else None
    middle, width = (number_value(match["middle"]), number_value(match["width"])) if match else (None, None)
    if match is None or middle is None or width is None or not (match["unit"] or match["unit2"]):
        return None
    unit = length_of((match["unit"] or match["unit2"]).strip())[1]
    of_width = length_of(match["of"].strip())[1] if match["of"] else unit
    return _about(middle, unit, width, of_width), match.end()


def _tenths(match: re.Match[str]) -> Quantity:
    """九成, 九成半, 七至八成."""
    more = match["half"]
    digit = Decimal(5) if more == "半" else (number_value(more) if more else None) or Decimal(0)
    high = (number_value(match["tenth"]) or Decimal(0)) * 10 + digit
    low = number_value(match["from"]) if match["from"] else None
    return Quantity(high, high, "%", "single") if low is None else Quantity(low * 10, high, "%", "range")


def _plain_at(text: str, start: int) -> tuple[Quantity, int] | None:
    match = _QUANTITY.match(text, start)
    if match is None:
        return None
    end = match.end()
    first, link, second = _BELOW_ZERO.sub("-", match["first"]), match["link"], match["second"]
    unit_text = match["shared"] or match["unit2"] or match["unit"]
    is_apart = link in ("至", "到") or (link == "—" and not _FROM_TO.fullmatch(text, start, match.end("second")))
    if is_apart and second and not unit_text:
        link = second = None
        end = match.end("unit") if match["unit"] else match.end("first")
    if first == "一" and text[start - 1 : start] in _ONE_WORD:
        return None
    # A Chinese numeral counts only with a unit behind it: 一般, 三方, 万一 are words.
    if _HAN_ALONE.match(first) and not unit_text:
        return None
    if unit_text and _HAN_ALONE.match(first) and _word_not_count(text, match, unit_text):
        return None
    torn = (None if second else _TORN_RANGE.match(text, end)) or (_torn_unit(text, end) if unit_text else None)
    span, last = span_of(first.lstrip("+-")), span_of((second or first).lstrip("+-—"))
    # 1/2 层高: a part of something else, whose name begins like a unit
    is_part = unit_text and "/" in first and not _IN_PARTS.fullmatch(unit_text)
    if span is None or last is None or is_part or torn:
        return _NO_NUMBER, torn.end() if torn else end
    low, high = span[0], last[1]
    link = "~" if not link and low < high else link  # 两三天
    low = -low if first.startswith("-") else low
    high = -high if second and second.startswith(("-", "—")) else high
    unit: str | None = None
    odd = None if unit_text else _ODD_UNIT.match(text, end)
    odd = None if odd and link and "/" not in odd["unit"] else odd
    is_point = odd is not None and odd["unit"] == "点" and low > _HOURS  # 不超过 200 点, of a bus
    if odd and (is_point or odd["unit"][0] not in _NO_UNIT) and not _HAN_ALONE.match(first):
        unit, end = odd["unit"], odd.end()
    if unit_text:
        factor, unit = length_of(unit_text.strip())
        first_factor = length_of(match["unit"].strip())[0] if match["unit"] and match["unit2"] else factor
        low, high = low * first_factor, high * factor
    first_unit = length_of(match["unit"].strip())[1] if unit and match["unit"] and match["unit2"] else None
    return _shaped((low, first_unit), (high, unit), match["pm"], link), end


def _torn_unit(text: str, end: int) -> re.Match[str] | None:
    """3 人/班·岗, 2 小时每轮: what a unit is divided by and no table knows; 2 人每班 has a period of its own."""
    match = _TORN_UNIT.match(text, end)
    return match if match and not (text[end] == "每" and period_at(text, end)) else None


def _about(middle: Decimal, unit: str, width: Decimal, of_width: str) -> Quantity:
    """50 mm±0.5 mm; 220 V±7% is so much of the value itself."""
    width_in_unit = middle * width / 100 if of_width == "%" and unit != "%" else converted(width, of_width, unit)
    if width_in_unit is None:
        return Quantity(middle, middle, unit, "mixed")
    return Quantity(middle - width_in_unit, middle + width_in_unit, unit, "tolerance")


def _of_two_units(low: Decimal, first: str, high: Decimal, unit: str) -> Quantity:
    """5 cm～1 m in the second's unit, 10 min～1 h in the first's, since a sixth of an hour is not exact."""
    as_second, as_first = converted(low, first, unit), converted(high, unit, first)
    if as_second is not None:
        return Quantity(as_second, high, unit, "range")
    if as_first is not None:
        return Quantity(low, as_first, first, "range")
    return Quantity(low, high, unit, "mixed")


def _shaped(
    first: tuple[Decimal, str | None], second: tuple[Decimal, str | None], plus_minus: str | None, link: str | None
) -> Quantity:
    """The two values with their units; the first has none of its own where one unit stands for both."""
    (low, first_unit), (high, unit) = first, second
    if first_unit and unit:
        return (_about if link == "±" else _of_two_units)(low, first_unit, high, unit)
    if plus_minus:
        return Quantity(-low, low, unit, "around")
    if link == "±":
        return Quantity(low - high, low + high, unit, "tolerance")
    if link:
        return Quantity(low, high, unit, "range")
    return Quantity(low, low, unit, "single")


_ONE_WORD = frozenset("统唯专同单逐划")  # 统一组织: no group is counted
_WORDS_AFTER_HAN = lazy(
    r"次性|面|层|级|分(?!钟)|回|度|点|道|位|条|路|根|头|片|段|户|门|部|项|件|顿|起|例|宗|家|种|枚|粒|束|架|幅|杯|碗|包|卷|册|篇|栋|趟|筐|场|月(?![以之]?内)|日(?![以之]?内)|年(?![以之]?内)|班(?!次)"
)
_IN_PARTS = lazy(rf"\s?(?:元|{TIME_PATTERN})")
_FROM_TO = lazy(r"(?!(?:19|20)\d\d)\d+(?:\.\d+)?—\d+(?:\.\d+)?")  # pH值 6.5—8.5
# -25 ℃——18 ℃: whether the last is below zero nobody can say.
_TORN_RANGE = lazy(r"\s?[~—]{1,2}\s?[-+—]?\d[\d.]*\s?(?:[℃%]|[A-Za-z]{1,4}\d?)?")
_TORN_UNIT = lazy(r"(?:·\s?[\u4e00-\u9fffA-Za-z]{1,3}|(?:每[\u4e00-\u9fff]{1,2}?)+)(?=[\s,、。;)]|$)")
_BACK = lazy(r"\s?[日天年][以之]?前(?!后)")
_DAYS = lazy(r"(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九十百]{2,})日")
_FROM = lazy(r"\s?(?:起\s*(?=[,、。;]|$)|以[上下])")  # 六种起
_COUNT_AFTER_HAN = lazy(r"(?:次(?!性|序|要|日(?!常))|遍|件套)")


def _word_not_count(text: str, match: re.Match[str], unit: str) -> bool:
    """一次性, 一层, 十分, 三面: a Chinese numeral before a noun that need not count."""
    if match["second"] or _FROM.match(text, match.end()):
        return False
    tail = text[match.end("first") :].lstrip()
    if _is_length_of_time(text, match, unit):
        return False
    if _COUNT_AFTER_HAN.match(tail):
        return False
    if unit.strip() in ("次", "遍", "回", "趟"):
        return True
    return bool(_WORDS_AFTER_HAN.match(tail)) and not re.search(
        r"(?:于|过|少|多|到|≤|≥|第|每|近|为|满|休息|公告|公示|持续|运行|保存|留存|存档|保管|保留[\u4e00-\u9fff]{0,8}|有效期|期限|[任租工用务同]期|质保期?|保修期?)\s*$",
        text[: match.start()],
    )


def _is_length_of_time(text: str, match: re.Match[str], unit: str) -> bool:
    """采暖期开始五日前, 工作前一日, 公告六十日: lengths, no days of a month."""
    before = text[: match.start()].rstrip()
    if is_time(length_of(unit.strip())[1]) and before.endswith("前"):
        return True
    if _BACK.match(text, match.end("first")):
        return re.search(r"[\u4e00-\u9fff](?<![月第每])$", before) is not None
    return _DAYS.match(text, match.start()) is not None and not before.endswith(("月", "第", "〇"))


_SPECIAL_FORMS = (_compound_at, _odd_range_at, _or_so_at, _give_or_take_at, _special_at)
