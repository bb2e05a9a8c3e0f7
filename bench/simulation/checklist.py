"""The paper checklist: what is due, in the order of the walk, until the hours are used up. Pure.

`fixed` begins at the first line every month: what a centre does today. `rotating` goes on where the last month stopped: what a
careful centre could do with paper alone. Both ask the planner's own rule what is due, of what they themselves have seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Checklist:
    """Lines in walking order; `is_rotating` remembers the line to go on with."""

    lines: Sequence[str]
    is_rotating: bool = False
    last_seen: dict[str, int] = field(default_factory=dict)
    _begin: int = 0

    def walk(
        self, month: int, *, within: float, minutes: Callable[[str], float], is_due: Callable[[str], bool]
    ) -> list[str]:
        """The lines walked in a month (counted from 1) within so many minutes."""
        order = [*self.lines[self._begin :], *self.lines[: self._begin]] if self.is_rotating else list(self.lines)
        walked: list[str] = []
        left = within
        for line in order:
            if not is_due(line):
                continue
            if minutes(line) > left:
                break
            left -= minutes(line)
            walked.append(line)
        for line in walked:
            self.last_seen[line] = month
        if walked and self.is_rotating:
            self._begin = (self.lines.index(walked[-1]) + 1) % len(self.lines)
        return walked
