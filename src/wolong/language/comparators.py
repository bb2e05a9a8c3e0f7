"""The comparators (不超过, 至少, 以上): which one rules a value."""

import re
from decimal import Decimal

from wolong.language.names import VERBS
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.tokens import COMPARE, LIST, MODAL, PERIOD, TEXT

FLIPPED = {"gt": "le", "lt": "ge"}
AFTER = {"以上": "ge", "以下": "le"}
# 应避免连续工作超过 4 h, 应无直径超过 2 cm 的污渍: the bound is on what must not be.
SHUNS = lazy(
    r"(?:(?:避免|防止|严防|杜绝|限制|勿使?)(?P<what>[^,、的]{0,12})|(?<![有经毒害公])无(?P<size>直径|面积|长度|宽度|深度|高度|厚度)?)$"
)
# 不少于产品保质期满后 6 个月: from when it is counted.
_COUNTED_FROM = lazy(r"[\u4e00-\u9fff、]{2,14}(?<![先前背])后的?")
_FILLER = lazy(r"^[\s为是在约至]*$")


Bounds = tuple[Decimal | None, Decimal | None, bool, bool]


def bounds_by(operator: str, low: Decimal, high: Decimal) -> Bounds:
    """Low and high of what an operator allows, and whether each is open; KeyError for what is no operator."""
    table: dict[str, Bounds] = {
        "ge": (low, None, False, False),
        "gt": (low, None, True, False),
        "le": (None, high, False, False),
        "lt": (None, high, False, True),
        "eq": (low, high, False, False),
        "in": (low, high, False, False),
    }
    return table[operator]


def operator_before(part: Part, index: int) -> tuple[str | None, int]:
    """The comparator that rules the quantity at `index`, and the index of the first token that belongs to it."""
    at = index - 1
    first = index
    if counted_from(part, index):
        at = next(place for place in range(at, -1, -1) if part.tokens[place].kind == COMPARE)
    while at >= 0:
        token = part.tokens[at]
        if token.kind == COMPARE:
            return token.word, at
        words = part.text[token.start : token.end].strip()
        if (
            token.kind == TEXT
            and (_FILLER.match(words) or _stands_between(part, at, words) or done_at_least(part, at, words))
        ) or token.kind in (MODAL, PERIOD):
            first = at if token.kind == MODAL else first
        else:
            break
        at -= 1
    return None, first


def counted_from(part: Part, index: int) -> str | None:
    """保存期限不少于产品保质期满后 6 个月: from when the time of the quantity at `index` is counted."""
    ahead = next((one for one in reversed(part.tokens[:index]) if one.kind not in (TEXT, LIST)), None)
    words = part.text[ahead.end : part.tokens[index].start].strip() if ahead and ahead.kind == COMPARE else ""
    return words.removesuffix("的") if _COUNTED_FROM.fullmatch(words) else None


def _stands_between(part: Part, at: int, words: str) -> bool:
    return words in VERBS and _at_least(part, at)


def _at_least(part: Part, at: int) -> bool:
    """至少配备 2 名: the verb stands between the comparator and its number."""
    ahead = at - 2 if at > 1 and part.tokens[at - 1].kind == MODAL else at - 1  # 至少应有三把
    return ahead >= 0 and part.tokens[ahead].kind == COMPARE


def done_at_least(part: Part, at: int, words: str) -> bool:
    """至少浸泡 30 min: 至少 may stand before any verb; the other comparators stand right before their number."""
    if words.endswith(("前", "后")) or not _at_least(part, at) or not re.fullmatch(r"[\u4e00-\u9fff]{2,12}", words):
        return False
    before = part.tokens[at - 1]
    return part.text[before.start : before.end] in ("至少", "最少")
