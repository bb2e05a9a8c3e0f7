"""Lifecycles as tables: which verb leads from which states to which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise


class Refused(Exception):
    """An action does not happen, and why, in one sentence that the person who asked can read."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)


@dataclass(frozen=True, slots=True)
class Move:
    """From any of `sources` to `target`."""

    sources: tuple[str, ...]
    target: str


class Lifecycle(Mapping[str, Move]):
    """The moves of one kind of thing, by verb; a read-only mapping."""

    def __init__(self, **moves: Move) -> None:
        self._moves = moves

    def __getitem__(self, verb: str) -> Move:
        return self._moves[verb]

    def __iter__(self) -> Iterator[str]:
        return iter(self._moves)

    def __len__(self) -> int:
        return len(self._moves)

    def allows(self, verb: str, state: str) -> bool:
        return state in self._moves[verb].sources

    def step(self, verb: str, state: str, *, sentence: str | Promise) -> str:
        """The state that `verb` leads to; refuses with `sentence` where it is not allowed from `state`."""
        if not self.allows(verb, state):
            raise Refused(sentence)
        return self._moves[verb].target
