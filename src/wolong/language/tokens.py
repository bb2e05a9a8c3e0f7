"""The words of a sentence: modals, comparators, quantities, periods, separators, and the text between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wolong.language.modals import FIRST_SIGNS, MODAL_PATTERN, modal_at
from wolong.language.patterns import lazy
from wolong.language.periods import PERIOD_SIGNS, period_at
from wolong.language.quantities import QUANTITY_SIGNS, Quantity, quantity_at
from wolong.language.tree import Period
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
    "ge": "年满 未低于 未少于 未小于 不小于 不低于 不少于 不短于 不早于 大于等于 等于或大于 等于或高于 大于或等于 "
    "大于或者等于 高于或等于 高于或者等于 不小于或等于 不小于或者等于 不低于或等于 不少于或等于 不低於 至少 最少 达到 ≥ >=",
    "le": "允许达到 未超过 未大于 未高于 未超出 不大于 不高于 不超过 不多于 不超出 不长于 不晚于 不迟于 小于等于 "
    "等于或小于 等于或低于 小于或等于 小于或者等于 低于或等于 低于或者等于 不大于或等于 不大于或者等于 不高于或等于 不超过或等于 至多 最多 ≤ <=",
    "gt": "大于 高于 超过 多于 长于 超出 晚于 迟于 >",
    "lt": "小于 低于 少于 短于 早于 不足 不满 未满 不到 <",
    "eq": "等于 =",
}.items():
    _COMPARATORS |= dict.fromkeys(_words.split(), _operator)

RATIO = "ratio"
_BREAKS = ",;。!?:"


_LONGEST_LIST = 80  # signs
_TO_ALL = lazy(rf"[对将把](?![^{_BREAKS}]*(?:进行|开展|检查|清[洗扫]|消毒))[^{_BREAKS}\d]*$")
_COMPARE = lazy(
    "|".join(re.escape(word) for word in sorted(_COMPARATORS, key=len, reverse=True)) + r"|(?<!到)达(?=\s*\d)|(?<=应)达"
)


# (每半年不得少于一次): a modal inside brackets opens no requirement, and turns the bound all the same.
_RULED_INSIDE = lazy(r"不[得应宜](?:(?P<least>少于|低于|小于|短于)|超过|大于|高于|多于|长于)")
# Most characters begin nothing; the reader leaps from one that may to the next, and asks only the matchers that it can begin.
_COMPARE_SIGNS = frozenset(word[0] for word in _COMPARATORS) | {"达"}
_FIRST = lazy(
    "["
    + re.escape(
        "".join(FIRST_SIGNS | _COMPARE_SIGNS | PERIOD_SIGNS | QUANTITY_SIGNS)
        + _BREAKS
        + '、()自近前季《“"第附表图式注示按符依执满见本条次`]'
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


# 不少于 12 人(其中女性不少于 2 人): says no less than behind a comma
_OF_WHICH = lazy(r"\((?=其中(?!心)[^()]*[\d一二两三四五六七八九十][^()]*\)\s*(?:[,。;]|$))")


def _known(text: str) -> Iterator[Token]:
    at, depth = 0, 0
    opened = False
    while match := _FIRST.search(text, at):
        at = match.start()
        sign = text[at]
        if (sign == "(" and not depth and _OF_WHICH.match(text, at)) or (sign == ")" and opened):
            opened = not opened
            at += 1
            yield Token(BREAK, at - 1, at, ",")
            continue
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
    if sign in _BREAKS and not inside and not (sign == "," and (_in_number(text, at) or _goes_on(text, at))):
        return Token(BREAK, at, at + 1, sign)
    if sign == "、":
        return Token(TEXT if inside else LIST, at, at + 1, sign)
    if match := NAMES.match(text, at):
        return Token(TEXT, at, match.end())
    if match := OPAQUES.match(text, at):
        return _opaque(text, at, match.end())
    if sign == "每" and (match := RATIOS.match(text, at)):
        return Token(OPAQUE, at, match.end(), RATIO)
    if found := period_at(text, at):
        return Token(PERIOD, at, found[1], text[at : found[1]], period=found[0])
    if compared := _compared_at(text, at, inside=inside):
        return compared
    modality, end = modal_at(text, at)
    if end > at:
        return Token(MODAL, at, end, modality) if modality and not inside else Token(TEXT, at, end)
    if found_quantity := quantity_at(text, at):
        return Token(QUANTITY, at, found_quantity[1], quantity=found_quantity[0])
    return None


def _opaque(text: str, start: int, end: int) -> Token:
    """每50户宜配备1名: a ratio whose modal asks for it is one up to the modal."""
    modal = MODAL_PATTERN.search(text, start, end) if text[start] == "每" else None
    if modal is None or modal.lastgroup != "modal":
        return Token(OPAQUE, start, end)
    return Token(OPAQUE, start, modal.start(), RATIO)


def _compared_at(text: str, at: int, *, inside: bool) -> Token | None:
    if inside and (match := _RULED_INSIDE.match(text, at)):
        return Token(COMPARE, at, match.end(), "ge" if match["least"] else "le")
    if text[at] in _COMPARE_SIGNS and (match := _COMPARE.match(text, at)):
        return Token(COMPARE, at, match.end(), _COMPARATORS.get(match.group(), "ge"))
    return None


def _goes_on(text: str, at: int) -> bool:
    """应对常水位、枯水位, 以及蓄水量进行一次检测: a list that ends behind the comma."""
    return text.startswith("以及", at + 1) and _TO_ALL.search(text, max(0, at - _LONGEST_LIST), at) is not None


def _in_number(text: str, at: int) -> bool:
    return (
        0 < at < len(text) - 3
        and text[at - 1].isdigit()
        and text[at + 1 : at + 4].isdigit()
        and not text[at + 4 : at + 5].isdigit()
    )
