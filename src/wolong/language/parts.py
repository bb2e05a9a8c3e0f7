"""What stands between two commas: its words, its condition and the one verb that rules it."""

import re
from dataclasses import dataclass

from wolong.language.tokens import COMPARE, LIST, PERIOD, QUANTITY, TEXT, Token

ONLY_THEN = ("方可", "方能", "才可", "才能")


def is_gate(text: str, modal: Token) -> bool:
    """Whether a modal opens only what comes after something else (方可使用)."""
    return text[modal.start : modal.end] in ONLY_THEN


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two commas: `tokens` without the condition; `modal` the one verb that rules it, if any.

    A topic only names what the parts behind it bound, case by case. An exception (节假日除外) is of what the part bounds.
    A part that shares its deed with the one beside it has the tokens of both (安全阀每年、压力表每半年校验一次).
    """

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    condition: str | None = None
    modal: Token | None = None
    only_condition: bool = False
    is_topic: bool = False
    exception: str | None = None
    shares: bool = False

    @property
    def subject(self) -> str:
        """The text before the modal, or before the first number where there is no modal."""
        words = []
        for token in self.tokens:
            if token is self.modal or token.kind == QUANTITY:
                break
            if token.kind in (TEXT, LIST) or (token.kind == COMPARE and self.modal is not None):
                words.append(self.text[token.start : token.end])
        return "".join(words).strip()

    @property
    def rest(self) -> str:
        """The text behind the modal; all of it where there is no modal."""
        start = self.modal.end if self.modal else (self.tokens[0].start if self.tokens else self.end)
        words = self.text[start : self.end]
        gate = re.search("|".join(ONLY_THEN), words) if self.condition else None
        return words[gate.end() :] if gate else words

    @property
    def has_quantity(self) -> bool:
        return any(token.quantity is not None or token.period is not None for token in self.tokens)


def period_behind(part: Part, index: int) -> Token | None:
    """不少于 24 学时每年: a period right behind an amount, with nothing behind it, is the amount's own."""
    last = part.tokens[-1]
    is_next = index == len(part.tokens) - 2 and last.kind == PERIOD and part.tokens[index].kind == QUANTITY
    return last if is_next and not part.text[last.end : part.end].strip() else None
