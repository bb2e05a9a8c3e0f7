"""Periods that something is done in: every so long (每日, 每半月, 每隔 15～30 min, 3 年至少……1 次)."""

from decimal import Decimal

from wolong.language.numerals import NUMBER, NUMBER_SIGNS, span_of
from wolong.language.patterns import lazy
from wolong.language.tree import Period
from wolong.language.units import TIME_PATTERN, length_of

DEED_ONCE = "一[换清扫洗消检查测修巡校试]"  # 一季一检
_COUNT_NEAR = rf"(?=[^,。;、]{{0,5}}[一二两三四五六七八九十\d]\s?[次遍回]|{DEED_ONCE})"
_COUNT_SOON = r"(?=[^,。;、]{0,8}[一二两三四五六七八九十\d]\s?[次遍回])"
# 按月装订归档; 按月支付 is how it is paid.
_NO_PAY = r"(?![^,。;]{0,6}(?:支付|结算|退还|返还|退费|补偿|赔偿|付|缴|计[费价算]|收|扣|核算|平均|比例|考勤))(?=[\u4e00-\u9fff])"
# 一周内同一菜品重复不超过 3 次
_BOUND_SOON = r"(?=[^,。;、\d]{0,14}(?:超过|多于|少于|至少)\s?[一二两三四五六七八九十\d]{1,2}\s?[次遍回])"
# 日清扫两遍, 年修剪 8 次: a period without 每.
_BARE_PERIOD = r"(?<![双每今当次节假工休作产生末首半两几本隔该首周学整近同某\d一二三四五六七八九十个])"
_DONE_TIMES = (
    r"(?=[\u4e00-\u9fff](?![率度数量期])[\u4e00-\u9fff](?:不[得应宜]?少于|不低于|不[得应]?超过|至少|应)?"
    r"[一二两三四五六七八九十\d]{1,2}\s?(?:[~-]\s?\d{1,2}\s?)?[次遍])"
)
# 月故障次数: the period is part of the name of a count.
_TIMES_NAME = r"(?=[\u4e00-\u9fff]{2,8}次数)"
_PERIODS: tuple[tuple[str, int, str], ...] = (
    ("每个?工作日", 1, "workday"),
    (rf"每半个?月|半个?月{_COUNT_NEAR}", 1, "半月"),
    (rf"每半年|半年{_COUNT_NEAR}", 1, "半年"),
    (rf"按季度?{_NO_PAY}|每一?个?季度末?|每季末?|一季度?{_COUNT_NEAR}", 1, "季度"),
    (rf"每个?自然月|每一?个?月[末底初]?|一个?月{_COUNT_NEAR}|逐月|按月{_NO_PAY}", 1, "month"),
    (rf"每一?年度?|(?:一|全)年{_COUNT_NEAR}|全年(?:累计)?(?=[^\W\d率]{{0,6}}(?:不|至少|最)[^,。;\d]{{0,3}}\d)", 1, "a"),
    (
        rf"每(?:周|个?星期)[一二三四五六日天末](?!天|日|\s?[次遍]|常|\d?[至到~]|[一二三四五六日])|每周(?![一二三四五六日]{2})|每个?星期|一周{_COUNT_NEAR}",
        1,
        "周",
    ),
    (r"每逢[单双]周|每?双周(?!期)|隔周", 2, "周"),
    (rf"[一1]周内(?:{_COUNT_SOON}|{_BOUND_SOON})", 1, "周"),
    (rf"[一1]个?月内(?:{_COUNT_SOON}|{_BOUND_SOON})", 1, "month"),
    (rf"[一1]年内(?:{_COUNT_SOON}|{_BOUND_SOON})", 1, "a"),
    (
        rf"每一?[日天]|每昼夜|每[晚夜晨早]|[一1][日天]{_COUNT_NEAR}|[一1][日天]内{_COUNT_SOON}|逐日|按日{_NO_PAY}",
        1,
        "d",
    ),
    (rf"隔[日天]{_COUNT_NEAR}", 2, "d"),
    (rf"{_BARE_PERIOD}日{_DONE_TIMES}", 1, "d"),
    (rf"{_BARE_PERIOD}周{_DONE_TIMES}", 1, "周"),
    (rf"{_BARE_PERIOD}月{_DONE_TIMES}", 1, "month"),
    (rf"{_BARE_PERIOD}年{_DONE_TIMES}", 1, "a"),
    (rf"{_BARE_PERIOD}月{_TIMES_NAME}", 1, "month"),
    (rf"{_BARE_PERIOD}年度?{_TIMES_NAME}", 1, "a"),
    ("每个?小时", 1, "h"),
    ("每分钟", 1, "min"),
    ("每旬", 1, "旬"),
    ("每个?班次|每班|每一班", 1, "shift"),
)
_PERIOD = lazy("|".join(f"(?P<p{index}>{words})" for index, (words, _, _) in enumerate(_PERIODS)))
_INTERVAL = lazy(
    rf"每(?:满|间隔|(?P<every_other>隔)(?=[一1]\s?[日天])|隔)?\s*(?P<first>{NUMBER})\s*(?:(?:{TIME_PATTERN}\s*)?(?:~|-|—|至|到)\s*(?P<second>{NUMBER})\s*)?(?P<unit>{TIME_PATTERN})(?P<half>半(?=[应须不至一清检巡]))?(?![产常])"
)
_HALVES = lazy(rf"每间?隔?(?:(?P<whole>{NUMBER})\s?个)?半个?(?P<unit>分钟|小时|天|日|(?<=个半)月)")
# 3年至少清洗1次, 半小时一次: a length of time that a count follows, where no event or bound stands before it.
_SPAN = lazy(
    rf"(?:(?:{NUMBER})\s*(?:{TIME_PATTERN}\s*)?(?:~|-|—|至|到)\s*)?(?P<value>半|{NUMBER})\s*(?P<unit>{TIME_PATTERN})(?![产常内后前以之中间])(?=[^,。;、每\d一二两三]{{0,8}}[一二两三四1-9]\s?[次遍]|{DEED_ONCE})"
)
_NO_SPAN = lazy(r"(?:提前|推迟|前|后|满|超过|于|达到?|第|每|隔|连续|不足|少|多|约|近|[-~至到±.\d])\s*$")
DAILY = lazy("日[产集]日清")
PERIOD_SIGNS = NUMBER_SIGNS | frozenset("双按每隔逐日周月年半个全")


def period_at(text: str, start: int) -> tuple[Period, int] | None:
    """A period that a frequency counts in; of an interval (每隔15～30分钟) the longer end."""
    if text[start] not in PERIOD_SIGNS:
        return None
    if DAILY.match(text, start):
        return Period(Decimal(1), "d"), start + 4
    if (match := _HALVES.match(text, start)) and (span := span_of(match["whole"] or "零")):
        return Period(span[1] + Decimal("0.5"), length_of(match["unit"])[1]), match.end()
    if match := _INTERVAL.match(text, start):
        span = span_of(match["second"] or match["first"])
        if span is not None:
            factor, unit = length_of(match["unit"].strip())
            value = span[1] + (match["every_other"] is not None and span[1] == 1)  # 每隔一天 is every second day
            value += Decimal("0.5") if match["half"] else 0
            return Period(value * factor, unit), match.end()
    if (match := _PERIOD.match(text, start)) and not text.startswith(("结束", "终了", "届满"), match.end()):
        _, count, word = _PERIODS[int((match.lastgroup or "p0")[1:])]
        factor, unit = length_of(word)
        return Period(count * factor, unit), match.end()
    return _span_at(text, start)


def _span_at(text: str, start: int) -> tuple[Period, int] | None:
    """A length of time that a count follows: 3年至少清洗1次."""
    if (match := _SPAN.match(text, start)) and not _NO_SPAN.search(text[max(0, start - 6) : start]):
        span = (Decimal(0), Decimal("0.5")) if match["value"] == "半" else span_of(match["value"])
        # 9 月……一次 is in September, 9 个月一次 every nine months; so is 三季度……一次 a part of the year.
        if span is not None and match["unit"].strip() not in ("月", "季", "季度"):
            factor, unit = length_of(match["unit"].strip())
            return Period(span[1] * factor, unit), match.end()
    return None
