"""Units: every way of writing one, its one canonical name, and how units of one dimension convert."""

import re
import unicodedata
from decimal import Decimal

from wolong.language.patterns import lazy

# canonical name: the other ways of writing it (after folding)
_NAMES: dict[str, tuple[str, ...]] = {
    "min": ("分钟",),
    "h": ("小时", "钟头"),
    "s": ("秒钟", "秒"),
    "ms": ("毫秒",),
    "workday": ("个工作日", "工作日"),
    "d": ("自然日", "日历日", "日历天", "天", "日"),
    "month": ("个月", "月"),
    "a": ("周年", "年"),
    "shift": ("班",),
    "μm": ("微米", "um"),
    "mm": ("毫米",),
    "cm": ("厘米", "公分"),
    "km": ("千米", "公里"),
    "m": ("米",),
    "m2": ("平方米", "平米", "㎡", "m²", "平方"),
    "m3": ("立方米", "m³", "立方"),
    "cm3": ("立方厘米",),
    "cm2": ("平方厘米",),
    "mg": ("毫克", "㎎"),
    "μg": ("微克", "ug"),
    "kg": ("千克", "公斤", "㎏"),
    "g": ("克",),
    "t": ("吨",),
    "mL": ("毫升", "ml"),
    "L": ("升",),
    "℃": ("摄氏度", "°C"),
    "°": (),
    "%": ("%", "%RH"),
    "百分点": ("个百分点",),
    "′": (),
    "″": (),
    "%LEL": (),
    "‰": (),
    "lx": ("勒克斯", "Lx", "LX", "lux"),
    "dB(A)": ("分贝", "dB"),
    "Pa": ("帕",),
    "kPa": ("千帕",),
    "MPa": ("兆帕",),
    "V": ("伏特", "伏"),
    "kV": ("千伏",),
    "mV": ("毫伏",),
    "A": ("安培",),
    "mA": ("毫安",),
    "Ω": ("欧姆", "欧"),
    "kΩ": ("千欧",),
    "MΩ": ("兆欧",),
    "W": ("瓦特", "瓦"),
    "kW": ("千瓦",),
    "kVA": (),
    "kWh": ("千瓦时", "kW·h"),
    "kgce": ("千克标准煤",),
    "tce": ("吨标准煤",),
    "Hz": ("赫兹", "赫"),
    "lm": ("流明",),
    "NTU": (),
    "CFU": (),
    "ppm": (),
    "N": (),
    "次": ("遍", "回", "趟"),
    "学时": ("个学时",),
    "课时": ("个课时",),
    "批次": ("个批次",),
}
# Counted things: the word is the unit. Order does not matter, longer ones win.
_COUNTED = re.findall(
    r"\S+",
    "光泽单位 周岁 人次 班次 人 名 盆 元 个 台 套 只 处 份 本 块 张 把 辆 棵 株 组 层 级 声 倍 点 岁 件 间 部 支 具 瓶 桶 项 户 位 段 座 扇 "
    "道 门 条 批 度 分 圈 路 头 页 字 桌 盒 袋 箱 根 面 片 副 双 盏 床 顶 顿 餐 起 例 宗 家 种 枚 粒 束 架 幅 杯 碗 包 卷 册 篇 栋 筐 场次",
)
# 一周 is seven days and 一季度 three months: lengths without a unit of their own.
_LENGTHS: dict[str, tuple[int, str]] = {
    "星期": (7, "d"),
    "周": (7, "d"),
    "旬": (10, "d"),
    "季度": (3, "month"),
    "季": (3, "month"),  # 每季, 次/季; 两季 are seasons
    "半月": (15, "d"),
    "半年": (6, "month"),
}
# The days of a month and a year: the usual ones, by which frequencies are compared, and the most that 0 to 11 months
# in a row have, by which a gap is judged (a quarter is never 93 days).
USUAL_DAYS = {"month": Decimal(30), "a": Decimal(365)}
MOST_DAYS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
TIME_UNITS = frozenset({"ms", "s", "min", "h", "d", "workday", "month", "a", "shift"})

# What needs an instrument: a fixed gauge may show the first kind to whoever looks, the second nobody sees.
_GAUGED = frozenset({"℃", "Pa", "kPa", "MPa", "mV", "V", "kV", "mA", "A", "W", "kW", "kVA", "Hz"})
_UNSEEN = frozenset({"lx", "dB(A)", "Ω", "kΩ", "MΩ", "lm", "N", "CFU", "NTU", "ppm", "%LEL"})
_DISSOLVED = frozenset({"μg", "mg", "g"})

_CANONICAL: dict[str, str] = {name: name for name in _NAMES}
_CANONICAL |= {other: name for name, others in _NAMES.items() for other in others}
_CANONICAL |= {word: word for word in _COUNTED}


def _alternatives(words: list[str]) -> str:
    """Longer ones first; single signs as one set, which is compiled and matched faster than so many branches."""
    longer = sorted((word for word in words if len(word) > 1), key=len, reverse=True)
    single = "".join(sorted({word for word in words if len(word) == 1}))
    return "|".join([*map(re.escape, longer), f"[{re.escape(single)}]"])


_HAN_ATOM = _alternatives([word for word in [*_CANONICAL, *_LENGTHS] if not word.isascii() and word != "季"])
_LATIN_ATOM = r"dB\s?\(A\)|kW·h|[A-Za-zμΩ][A-Za-z0-9μΩ]*"
_ATOM = rf"(?:{_LATIN_ATOM}|{_HAN_ATOM})"
_GROUP = rf"(?:\({_ATOM}(?:·{_ATOM})*\)|{_ATOM})"
_BELOW = rf"(?:{_GROUP}|[皿人床车桌班日季])"
# 20 毫克每立方米, 60 千瓦时每平方米每年; 24 学时每年 and 水位高于 2 米每小时巡查 1 次 have a period.
_NO_TIME = r"(?<!小时|分钟)(?<![秒天日月年周次遍回趟人名班])(?<![\d\s][hsda])"
_SAID_EACH = r"每(?:毫升|升(?![高降温])|立方米|平方米|平米|㎡|千克|公斤|千瓦时|秒钟?|米|m[23]|m?L|kg|s(?![A-Za-z]))"
_SAID_OF = r"每(?:[人餐床台张份处层间户车桌件]|次(?!性))"
_SAID_TIME = rf"(?:{_SAID_OF}|每(?:小时|分钟|[年月日天]|h|min|d|a)(?![A-Za-z]))"
_SAID_ENDS = r"(?=以[上下内]|[\s,、。;:)~-]|[至到时]|$)"
_SAID = (
    rf"{_NO_TIME}(?:(?:{_SAID_EACH})+(?:{_SAID_TIME}+{_SAID_ENDS})?|(?:{_SAID_OF})+{_SAID_TIME}*{_SAID_ENDS}"
    rf"|(?<![元个台只件份张辆株盆])(?<!学时|课时){_SAID_TIME}+{_SAID_ENDS})|(?:{_SAID_OF})+{_SAID_ENDS}"
)
_LATIN = rf"(?:{_LATIN_ATOM})(?:·(?:{_LATIN_ATOM}|℃))"
# 个 stands before a counted time (3个工作日); a unit is one atom, or several Latin ones (N·m), and what it is divided by.
# All that follows the stroke divides: 2.5 元/㎡·月 is of a square metre and a month.
UNIT_PATTERN = (
    rf"(?:个\s*(?=工作日|月|小时|自然日|日历日|季度|星期|班))?"
    rf"(?:{_LATIN}*|\({_LATIN}+\)|{_HAN_ATOM}|%LEL|%(?:\s?RH)?|‰|℃|°C?|Ω)"
    rf"(?:(?:\s?/\s?(?:1?\d{{2}}\s?(?=[ckd]?m[23]|m?L)|\d{{1,2}}\s?(?=个?月|年|天|日|周|h))?{_BELOW})+"
    rf"(?:\s?·\s?(?:{_ATOM}|[皿床车桌季])|\.(?=[年月日天ad](?!\w)).)*|{_SAID})?"
)
TIMES = "次"
TIME_PATTERN = (
    r"(?:个\s*)?(?!周岁)(?:分钟|小时|钟头|秒钟|毫秒|秒|工作日|自然日|日历[日天]|季度|星期|半年|半月"
    r"|天|日|周|月|年|班|旬|workday|min|month|ms|[hsda](?![A-Za-z]))"
)


_DIVIDES = lazy("[/每]")
_PARTS = lazy("[()·.]")


def canonical(unit: str) -> str:
    """The one name of a unit; an unknown one as written (NFKC)."""
    unit = unit.replace(" ", "")
    if unit in _CANONICAL:
        return _CANONICAL[unit]
    above, *below = _DIVIDES.split(unit)
    if below:
        parts = [_CANONICAL.get(part, part) for part in _PARTS.split("·".join(below)) if part]
        above = above[1:-1] if above.startswith("(") else above
        return f"{canonical(above)}/{parts[0] if len(parts) == 1 else '(' + '·'.join(parts) + ')'}"
    return unicodedata.normalize("NFKC", unit)


def length_of(unit: str) -> tuple[Decimal, str]:
    """How many of which canonical unit one of this unit is: 周 is 7 d, 季度 3 month."""
    unit = unit.replace(" ", "").removeprefix("个") if unit.replace(" ", "") != "个" else "个"
    if unit in _LENGTHS:
        factor, name = _LENGTHS[unit]
        return Decimal(factor), name
    return Decimal(1), canonical(unit)


def is_time(unit: str | None) -> bool:
    """Whether a canonical unit is a length of time."""
    return unit in TIME_UNITS


def is_gauged(unit: str | None) -> bool:
    """Whether only an instrument tells, though one that may hang on the wall (℃, kPa, V)."""
    return (unit or "").partition("/")[0] in _GAUGED and not is_unseen(unit)


def is_unseen(unit: str | None) -> bool:
    """Whether only an instrument that is brought along tells (lx, dB(A), mg/m³, Ω, W/m²)."""
    above, _, below = (unit or "").partition("/")
    is_density = above in _DISSOLVED and below in ("m3", "L", "mL", "kg", "m2")
    return above in _UNSEEN or is_density or bool(below and above in _GAUGED)


def is_counted(unit: str | None) -> bool:
    """Whether a unit counts things (名, 台, 只)."""
    return unit in _COUNTED


# canonical name: its dimension and how many of the dimension's first unit it is
SIZES: dict[str, tuple[str, Decimal]] = {
    "ms": ("time", Decimal("0.001")),
    "s": ("time", Decimal(1)),
    "min": ("time", Decimal(60)),
    "h": ("time", Decimal(3600)),
    "d": ("time", Decimal(86400)),
    "μm": ("length", Decimal("0.000001")),
    "mm": ("length", Decimal("0.001")),
    "cm": ("length", Decimal("0.01")),
    "m": ("length", Decimal(1)),
    "km": ("length", Decimal(1000)),
    "cm2": ("area", Decimal("0.0001")),
    "m2": ("area", Decimal(1)),
    "mL": ("volume", Decimal("0.001")),
    "L": ("volume", Decimal(1)),
    "m3": ("volume", Decimal(1000)),
    "μg": ("mass", Decimal("0.000001")),
    "mg": ("mass", Decimal("0.001")),
    "g": ("mass", Decimal(1)),
    "kg": ("mass", Decimal(1000)),
    "t": ("mass", Decimal(1000000)),
    "μg/m3": ("density", Decimal("0.001")),
    "mg/m3": ("density", Decimal(1)),
    "g/m3": ("density", Decimal(1000)),
    "Pa": ("pressure", Decimal(1)),
    "kPa": ("pressure", Decimal(1000)),
    "MPa": ("pressure", Decimal(1000000)),
    "mV": ("voltage", Decimal("0.001")),
    "V": ("voltage", Decimal(1)),
    "kV": ("voltage", Decimal(1000)),
    "mA": ("current", Decimal("0.001")),
    "A": ("current", Decimal(1)),
    "Ω": ("resistance", Decimal(1)),
    "kΩ": ("resistance", Decimal(1000)),
    "MΩ": ("resistance", Decimal(1000000)),
    "W": ("power", Decimal(1)),
    "kW": ("power", Decimal(1000)),
    "%": ("ratio", Decimal("0.01")),
    "‰": ("ratio", Decimal("0.001")),
    "month": ("calendar", Decimal(1)),
    "a": ("calendar", Decimal(12)),
}


def dimension(unit: str | None) -> str:
    """What may be compared with what: the dimension of a unit, or the unit itself where no table knows it."""
    if unit is None:
        return "ratio"
    return SIZES[unit][0] if unit in SIZES else unit


def converted(value: Decimal, unit: str, into: str) -> Decimal | None:
    """The value in another unit of its dimension, exactly; None where no table knows both or it would have to be rounded."""
    if unit == into or (is_counted(unit) and is_counted(into)):
        return value
    if unit not in SIZES or into not in SIZES or dimension(unit) != dimension(into):
        return None
    found = value * SIZES[unit][1] / SIZES[into][1]
    return found if found * SIZES[into][1] == value * SIZES[unit][1] else None


def sized(value: Decimal, unit: str | None) -> Decimal:
    """The value in the first unit of its dimension; 0.1 % and 0.001 are equal, 15 min is less than 0.5 h."""
    return value * SIZES[unit][1] if unit in SIZES else value


def in_days(value: Decimal, unit: str) -> Decimal | None:
    """So many min, h or d in days. Months and years have no one length; a working day and a shift are the calendar's and the rota's affair."""
    return sized(value, unit) / SIZES["d"][1] if dimension(unit) == "time" else None


def usual_days(value: Decimal, unit: str) -> Decimal | None:
    """In days, with months and years as they usually are."""
    return value * USUAL_DAYS[unit] if unit in USUAL_DAYS else in_days(value, unit)


def most_days(months: Decimal) -> Decimal:
    """The days of so many months at the longest: half of one is fifteen days wherever it lies, and of four years in a row one at most is a leap year."""
    whole, part = divmod(months, 1)
    years, rest = divmod(int(whole), 12)
    return years * 365 + (years + 3) // 4 + MOST_DAYS[rest] + part * 30
