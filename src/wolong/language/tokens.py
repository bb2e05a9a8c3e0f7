"""The words of a sentence: modals, comparators, quantities, periods, separators, and the text between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wolong.language.modals import FIRST_SIGNS, modal_at
from wolong.language.numerals import ARABIC_NUMBER, HAN_NUMBER, number_value
from wolong.language.tree import Period
from wolong.language.units import TIME_PATTERN, UNIT_PATTERN, length_of
from wolong.language.unmeasured import NAMES, OPAQUES, RATIOS

TEXT, MODAL, COMPARE, QUANTITY, PERIOD, BREAK, LIST, OPAQUE = (
    "text",
    "modal",
    "compare",
    "quantity",
    "period",
    "break",
    "list",
    "opaque",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value or a range with its unit; `after` is the word right behind it (以上, 以内, 前 …)."""

    low: Decimal
    high: Decimal
    unit: str | None
    form: str  # single | range | tolerance | around
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the folded sentence. `word` is a modality, an operator or a connective, depending on the kind."""

    kind: str
    start: int
    end: int
    word: str = ""
    quantity: Quantity | None = None
    period: Period | None = None


_COMPARATORS: dict[str, str] = {}
for _operator, _words in {
    "ge": "年满 不小于 不低于 不少于 不短于 不早于 大于等于 大于或等于 高于或等于 不低於 至少 最少 达到 应达 ≥ >=",
    "le": "不大于 不高于 不超过 不多于 不超出 不长于 不晚于 不迟于 小于等于 小于或等于 低于或等于 至多 最多 ≤ <=",
    "gt": "大于 高于 超过 多于 长于 超出 晚于 迟于 >",
    "lt": "小于 低于 少于 短于 早于 不足 不满 未满 不到 <",
    "eq": "等于 =",
}.items():
    _COMPARATORS |= dict.fromkeys(_words.split(), _operator)
del _COMPARATORS["应达"]

_NUMBER = rf"(?:{ARABIC_NUMBER})(?:\s?/\s?\d+(?!\d*\s?[A-Za-z]))?(?:\s?[万亿千百](?!分))?|{HAN_NUMBER}"
_SIGNED = rf"(?:[-+]|零下\s?|负\s?(?=\d))?(?:{_NUMBER})"
_UNIT = rf"(?:\s*(?:{UNIT_PATTERN}))"
_QUANTITY = re.compile(
    rf"(?P<open>\(\s*(?=[^()]{{1,16}}\)\s?(?:℃|%|°C|[A-Za-zμΩ]|毫|厘|米|度|分贝|帕|兆帕)))?(?P<pm>±\s*)?(?P<first>{_SIGNED})(?P<unit>{_UNIT})?"
    rf"(?:\s*(?P<link>~|-|—|至|到|±)\s*(?P<second>[-+]?(?:{_NUMBER}))(?P<unit2>{_UNIT})?)?"
    rf"(?(open)\s*\)(?P<shared>{_UNIT}))"
)
# 25帧/s, 不少于6样: a unit that no table knows, as written.
_ODD_UNIT = re.compile(
    r"\s*(?P<unit>[\u4e00-\u9fff]{1,2}/(?:[A-Za-z]+\d?|[\u4e00-\u9fff]{1,2})|[\u4e00-\u9fff](?=[\s,、。;)]|$))"
)
_NO_UNIT = "余多许内外后前起止号点时的者级等左右上下"
_BELOW_ZERO = re.compile(r"^(?:零下|负)\s?")
_HALF = re.compile(
    rf"(?:(?P<whole>\d+|{HAN_NUMBER})?个?半个?(?P<unit>小时|钟头|工作日|月|年|天|日)|(?P<n2>{HAN_NUMBER})天半)"
)
# 1小时30分钟: one length of time.
_COMPOUND = re.compile(r"(?P<hours>\d+)\s?(?:个?小时|h)\s?(?P<minutes>\d+)\s?(?:分钟?|min)(?![A-Za-z])")
_PERCENT = re.compile(
    rf"百分之(?P<low>{HAN_NUMBER}|\d+(?:\.\d+)?)(?:\s*(?:~|-|至|到)\s*百分之(?P<high>{HAN_NUMBER}|\d+))?"
)
_TENTHS = re.compile(
    r"(?P<tenth>[一二两三四五六七八九])成(?P<half>半|[一二三四五六七八九](?!次))?(?![分立果员功为本品套交长])"
)
_PARTS = re.compile(rf"(?P<below>{HAN_NUMBER})分之(?P<above>{HAN_NUMBER})")
_AFTER = re.compile(
    r"\s*(?P<after>及?以上|及?以下|以内|之内|内(?!部|容)|之间|左右|上下|起(?=\s*(?:[,、。;]|$))|之?前(?!后)|以后|之?后|后)"
)
_COUNT_NEAR = r"(?=[^,。;、]{0,5}[一二两三四五六七八九十\d]\s?[次遍回])"
_COUNT_SOON = r"(?=[^,。;、]{0,8}[一二两三四五六七八九十\d]\s?[次遍回])"
# 日清扫两遍, 年修剪 8 次: a period without 每.
_BARE_PERIOD = r"(?<![每今当次节假工休作产生末首半两几本隔该首周学整近同某\d一二三四五六七八九十个])"
_DONE_TIMES = r"(?=[\u4e00-\u9fff](?![率度数量期])[\u4e00-\u9fff](?:不少于|不低于|至少|应)?[一二两三四五六七八九十\d]{1,2}\s?[次遍])"
_PERIODS: tuple[tuple[str, int, str], ...] = (
    ("每个?工作日", 1, "workday"),
    (rf"每半个?月|半个?月{_COUNT_NEAR}", 15, "d"),
    (rf"每半年|半年{_COUNT_NEAR}", 6, "month"),
    (rf"每个?季度末?|每季末?|一季度?{_COUNT_NEAR}", 3, "month"),
    (rf"每个?自然月|每个?月[末底]?|一个?月{_COUNT_NEAR}|逐月", 1, "month"),
    (rf"每年度?|(?:一|全)年{_COUNT_NEAR}", 1, "a"),
    (rf"每(?:周|个?星期)[一二三四五六日天末](?!\s?[次遍]|常|\d?[至到~])|每周|每个?星期|一周{_COUNT_NEAR}", 7, "d"),
    (rf"[一1]周内{_COUNT_SOON}", 7, "d"),
    (rf"[一1]个?月内{_COUNT_SOON}", 1, "month"),
    (rf"[一1]年内{_COUNT_SOON}", 1, "a"),
    (rf"每日|每天|每昼夜|每[晚夜晨早]|[一1][日天]{_COUNT_NEAR}|[一1][日天]内{_COUNT_SOON}|逐日", 1, "d"),
    (rf"隔[日天]{_COUNT_NEAR}", 2, "d"),
    (rf"{_BARE_PERIOD}日{_DONE_TIMES}", 1, "d"),
    (rf"{_BARE_PERIOD}周{_DONE_TIMES}", 7, "d"),
    (rf"{_BARE_PERIOD}月{_DONE_TIMES}", 1, "month"),
    (rf"{_BARE_PERIOD}年{_DONE_TIMES}", 1, "a"),
    ("每个?小时", 1, "h"),
    ("每分钟", 1, "min"),
    ("每旬", 10, "d"),
    ("每个?班次|每班|每一班", 1, "shift"),
)
_PERIOD = re.compile("|".join(f"(?P<p{index}>{words})" for index, (words, _, _) in enumerate(_PERIODS)))
_INTERVAL = re.compile(
    rf"每间?隔?\s*(?P<first>{_NUMBER})\s*(?:(?:{TIME_PATTERN}\s*)?(?:~|-|—|至|到)\s*(?P<second>{_NUMBER})\s*)?(?P<unit>{TIME_PATTERN})(?![产常])"
)
_HALVES = re.compile("每间?隔?半个?(?P<unit>小时|天|日)")
# 3年至少清洗1次, 半小时一次: a length of time that a count follows, where no event or bound stands before it.
_SPAN = re.compile(
    rf"(?:(?:{_NUMBER})\s*(?:~|-|—|至|到)\s*)?(?P<value>半|{_NUMBER})\s*(?P<unit>{TIME_PATTERN})(?![产常内后前以之中间])(?=[^,。;、每\d一二两三]{{0,8}}[一二两三四1-9]\s?[次遍])"
)
_NO_SPAN = re.compile(r"(?:提前|推迟|前|后|满|超过|于|达到?|第|每|隔|连续|不足|少|多|约|近|[-~至到±.\d])\s*$")
_DAILY = re.compile("日产日清")
RATIO = "ratio"
_BREAKS = ",;。!?:"
_HAN_ALONE = re.compile(r"^[零〇一二两三四五六七八九十百千万亿点]+$")


def _quantity_at(text: str, start: int) -> tuple[Quantity, int] | None:
    """A number with what belongs to it, if one begins here."""
    if text[start] not in _QUANTITY_SIGNS:
        return None
    special = _compound_at(text, start) or _special_at(text, start)
    if special is not None:
        quantity, end = special
    else:
        plain = _plain_at(text, start)
        if plain is None:
            return None
        quantity, end = plain
    after = _AFTER.match(text, end)
    if after and (quantity.unit is not None or after["after"] not in ("内", "前", "后", "起")):
        word = after["after"].removeprefix("及").removeprefix("之").replace("起", "以上")
        quantity = Quantity(quantity.low, quantity.high, quantity.unit, quantity.form, word)
        end = after.end()
    return quantity, end


def _compound_at(text: str, start: int) -> tuple[Quantity, int] | None:
    match = _COMPOUND.match(text, start)
    if match is None:
        return None
    total = Decimal(match["hours"]) * 60 + Decimal(match["minutes"])
    return Quantity(total, total, "min", "single"), match.end()


def _special_at(text: str, start: int) -> tuple[Quantity, int] | None:
    """百分之九十五, 九成, 半小时, 一个半小时, 三分之一."""
    if match := _PERCENT.match(text, start):
        low = number_value(match["low"])
        high = number_value(match["high"]) if match["high"] else low
        if low is not None and high is not None:
            return Quantity(low, high, "%", "range" if match["high"] else "single"), match.end()
    if match := _TENTHS.match(text, start):
        tenth = number_value(match["tenth"])
        if tenth is not None:
            more = match["half"]
            digit = number_value(more) if more and more != "半" else None
            value = tenth * 10 + (Decimal(5) if more == "半" else digit or Decimal(0))
            return Quantity(value, value, "%", "single"), match.end()
    if (match := _HALF.match(text, start)) and not match["n2"]:
        whole = number_value(match["whole"]) if match["whole"] else Decimal(0)
        _, unit = length_of(match["unit"])
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


def _plain_at(text: str, start: int) -> tuple[Quantity, int] | None:
    match = _QUANTITY.match(text, start)
    if match is None:
        return None
    end = match.end()
    first, link, second = _BELOW_ZERO.sub("-", match["first"]), match["link"], match["second"]
    unit_text = match["shared"] or match["unit2"] or match["unit"]
    if link in ("—", "至", "到") and second and not unit_text:
        link = second = None
        end = match.end("unit") if match["unit"] else match.end("first")
    # A Chinese numeral counts only with a unit behind it: 一般, 三方, 万一 are words.
    if _HAN_ALONE.match(first) and not unit_text:
        return None
    if unit_text and _HAN_ALONE.match(first) and _word_not_count(text, match, unit_text):
        return None
    low = number_value(first.lstrip("+-"))
    high = number_value(second.lstrip("+-")) if second else low
    if low is None or high is None:
        return None
    low = -low if first.startswith("-") else low
    high = -high if second and second.startswith("-") else high
    unit: str | None = None
    odd = None if unit_text or link else _ODD_UNIT.match(text, end)
    if odd and odd["unit"][0] not in _NO_UNIT and not _HAN_ALONE.match(first):
        unit, end = odd["unit"], odd.end()
    if unit_text:
        factor, unit = length_of(unit_text.strip())
        first_factor = length_of(match["unit"].strip())[0] if match["unit"] and match["unit2"] else factor
        low, high = low * first_factor, high * factor
        if match["unit"] and match["unit2"] and link != "±":
            low = _same_unit(low, match["unit"].strip(), unit)
    return _shaped(low, high, unit, match["pm"], link), end


def _same_unit(low: Decimal, written: str, unit: str) -> Decimal:
    """5 cm～1 m: the first value in the second's unit, where tables know both."""
    from_unit = length_of(written)[1]
    if from_unit == unit:
        return low
    sizes = {"mm": 1, "cm": 10, "m": 1000, "min": 60, "h": 3600, "s": 1}
    if from_unit in sizes and unit in sizes:
        return low * sizes[from_unit] / sizes[unit]
    return low


def _shaped(low: Decimal, high: Decimal, unit: str | None, plus_minus: str | None, link: str | None) -> Quantity:
    if plus_minus:
        return Quantity(-low, low, unit, "around")
    if link == "±":
        return Quantity(low - high, low + high, unit, "tolerance")
    if link:
        return Quantity(low, high, unit, "range")
    return Quantity(low, low, unit, "single")


_WORDS_AFTER_HAN = re.compile(
    r"次性|面|层|级|分|回|度|点|道|位|条|路|根|头|片|段|户|门|部|项|件|顿|起|例|宗|家|种|枚|粒|束|架|幅|杯|碗|包|卷|册|篇|栋|趟|筐|场|月(?!内)|日(?!内)|年(?!内)|班(?!次)"
)
_FROM = re.compile(r"\s?(?:起\s*(?=[,、。;]|$)|以[上下])")  # 六种起
_COUNT_AFTER_HAN = re.compile(r"(?:次(?!性|序|要|日)|遍|件套)")


def _word_not_count(text: str, match: re.Match[str], unit: str) -> bool:
    """一次性, 一层, 十分, 三面: a Chinese numeral before a noun that need not count."""
    if match["second"] or _FROM.match(text, match.end()):
        return False
    tail = text[match.end("first") :].lstrip()
    if _COUNT_AFTER_HAN.match(tail):
        return False
    if unit.strip() in ("次", "遍", "回"):
        return True
    return bool(_WORDS_AFTER_HAN.match(tail)) and not re.search(
        r"(?:于|过|少|多|到|≤|≥|第|每|近|为|满)\s*$", text[: match.start()]
    )


def _period_at(text: str, start: int) -> tuple[Period, int] | None:
    """A period that a frequency counts in; of an interval (每隔15～30分钟) the longer end."""
    if text[start] not in _PERIOD_SIGNS:
        return None
    if _DAILY.match(text, start):
        return Period(Decimal(1), "d"), start + 4
    if match := _INTERVAL.match(text, start):
        value = number_value(match["second"] or match["first"])
        if value is not None:
            factor, unit = length_of(match["unit"].strip())
            return Period(value * factor, unit), match.end()
    if match := _HALVES.match(text, start):
        return Period(Decimal("0.5"), length_of(match["unit"])[1]), match.end()
    if (match := _PERIOD.match(text, start)) and not text.startswith(("结束", "终了", "届满"), match.end()):
        _, count, unit = _PERIODS[int((match.lastgroup or "p0")[1:])]
        return Period(Decimal(count), unit), match.end()
    return _span_at(text, start)


def period_at(text: str, start: int) -> Period | None:
    """The period that begins here, if one does."""
    found = _period_at(text, start)
    return found[0] if found else None


def _span_at(text: str, start: int) -> tuple[Period, int] | None:
    """A length of time that a count follows: 3年至少清洗1次."""
    if (match := _SPAN.match(text, start)) and not _NO_SPAN.search(text[max(0, start - 6) : start]):
        value = Decimal("0.5") if match["value"] == "半" else number_value(match["value"])
        if value is not None:
            factor, unit = length_of(match["unit"].strip())
            return Period(value * factor, unit), match.end()
    return None


_COMPARE = re.compile(
    "|".join(re.escape(word) for word in sorted(_COMPARATORS, key=len, reverse=True)) + r"|(?<!到)达(?=\s*\d)|(?<=应)达"
)


# Most characters begin nothing; the reader leaps from one that may to the next, and asks only the matchers that it can begin.
_NUMBER_SIGNS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
_PERIOD_SIGNS = _NUMBER_SIGNS | frozenset("每隔逐日周月年半个全")
_QUANTITY_SIGNS = _NUMBER_SIGNS | frozenset("±+-负半个(")
_COMPARE_SIGNS = frozenset(word[0] for word in _COMPARATORS) | {"达"}
_FIRST = re.compile(
    "["
    + re.escape(
        "".join(FIRST_SIGNS | _COMPARE_SIGNS | _PERIOD_SIGNS | _QUANTITY_SIGNS)
        + _BREAKS
        + "、()自《第附表图式注示按符依执满见本条次"
    )
    + "A-Za-z]"
)


def tokenise(text: str) -> list[Token]:
    """The tokens of a folded sentence, without gaps: what is no known form is text."""
    tokens: list[Token] = []
    plain = 0
    for token in _known(text):
        if token.start > plain:
            tokens.append(Token(TEXT, plain, token.start))
        tokens.append(token)
        plain = token.end
    if plain < len(text):
        tokens.append(Token(TEXT, plain, len(text)))
    return _joined(tokens)


def _joined(tokens: list[Token]) -> list[Token]:
    """Neighbouring text tokens as one."""
    joined: list[Token] = []
    for token in tokens:
        if token.kind == TEXT and joined and joined[-1].kind == TEXT:
            joined[-1] = Token(TEXT, joined[-1].start, token.end)
        else:
            joined.append(token)
    return joined


def _known(text: str) -> Iterator[Token]:
    at, depth = 0, 0
    while match := _FIRST.search(text, at):
        at = match.start()
        sign = text[at]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        token = _token_at(text, at, inside=depth > 0)
        if token is None:
            at += 1
            continue
        if sign == "(":
            depth -= 1  # (26±1)℃ ends its own bracket
        yield token
        at = token.end


def _token_at(text: str, at: int, *, inside: bool) -> Token | None:  # noqa: PLR0911 - one return a kind of token
    sign = text[at]
    if sign in _BREAKS and not inside and not (sign == "," and _in_number(text, at)):
        return Token(BREAK, at, at + 1, sign)
    if sign == "、":
        return Token(TEXT if inside else LIST, at, at + 1, sign)
    if match := NAMES.match(text, at):
        return Token(TEXT, at, match.end())
    if match := OPAQUES.match(text, at):
        return Token(OPAQUE, at, match.end())
    if sign == "每" and (match := RATIOS.match(text, at)):
        return Token(OPAQUE, at, match.end(), RATIO)
    if found := _period_at(text, at):
        return Token(PERIOD, at, found[1], text[at : found[1]], period=found[0])
    if sign in _COMPARE_SIGNS and (match := _COMPARE.match(text, at)):
        return Token(COMPARE, at, match.end(), _COMPARATORS.get(match.group(), "ge"))
    modality, end = modal_at(text, at)
    if end > at:
        return Token(MODAL, at, end, modality) if modality and not inside else Token(TEXT, at, end)
    if found_quantity := _quantity_at(text, at):
        return Token(QUANTITY, at, found_quantity[1], quantity=found_quantity[0])
    return None


def _in_number(text: str, at: int) -> bool:
    return (
        0 < at < len(text) - 3
        and text[at - 1].isdigit()
        and text[at + 1 : at + 4].isdigit()
        and not text[at + 4 : at + 5].isdigit()
    )
