"""A condition that is one bound (楼层不高于 8 层时) as the span that it opens, so that two of them can be laid side by side."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from wolong.language.comparators import AFTER
from wolong.language.folding import fold
from wolong.language.patterns import lazy
from wolong.language.tokens import COMPARE, QUANTITY, TEXT, Token, tokenise
from wolong.language.units import dimension, sized

_AROUND = lazy(r"^[在当若如的]|(?:在|为|的|时|的时候|的情况下)$")
# 除……外 and 未超过 turn the bound round.
_TURNED = lazy(r"^除|[未不没无]有?$")


@dataclass(frozen=True, slots=True)
class Span:
    """All on one side of an edge, in the first unit of its dimension."""

    words: str
    dimension: str
    operator: str
    edge: Decimal

    @property
    def side(self) -> tuple[str, str, bool]:
        """Of two spans of one side the one covers the other."""
        return self.words, self.dimension, self.operator in ("ge", "gt")

    @property
    def extent(self) -> tuple[Decimal, bool]:
        """Greater where it covers more."""
        return (-self.edge if self.side[2] else self.edge), self.operator in ("ge", "le")

    def covers(self, other: "Span") -> bool:
        return self.side == other.side and self.extent >= other.extent


@lru_cache(maxsize=4096)
def span_of(condition: str) -> Span | None:
    """The span of a condition that holds exactly one bound with a unit; None where it holds anything else."""
    text = fold(condition)
    tokens = [one for one in tokenise(text) if one.kind != TEXT or text[one.start : one.end].strip()]
    at = next((place for place, one in enumerate(tokens) if one.kind == QUANTITY), len(tokens))
    quantity = tokens[at].quantity if at < len(tokens) else None
    if quantity is None or quantity.unit is None or quantity.form != "single":
        return None
    first, operator = at, AFTER.get(quantity.after or "", "eq")
    if quantity.after is None and at and tokens[at - 1].kind == COMPARE:
        first, operator = at - 1, tokens[at - 1].word
    if operator == "eq" or any(one.kind != TEXT for one in [*tokens[:first], *tokens[at + 1 :]]):
        return None
    before, after = _words(text, tokens[:first]), _words(text, tokens[at + 1 :])
    if _TURNED.search(before):
        return None
    return Span(before + after, dimension(quantity.unit), operator, sized(quantity.low, quantity.unit))


def _words(text: str, tokens: list[Token]) -> str:
    return _AROUND.sub("", "".join("".join(text[one.start : one.end] for one in tokens).split()))
