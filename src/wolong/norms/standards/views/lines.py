"""Clauses as lines of the text and of the contents, by value, so that each is drawn once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from wolong.ground.pages.pieces import piece
from wolong.norms.standards.models import Clause


@dataclass(frozen=True)
class Line:
    """A clause as a line of the text or of the contents, by value: what a piece of the page is drawn from."""

    pk: int
    number: str
    title: str
    level: int
    text: str = ""
    to_verify: bool = False
    failures: int = 0
    is_here: bool = False

    @property
    def depth(self) -> int:
        return min(self.level, 4)

    @classmethod
    def heading(cls, clause: Clause, failures: Mapping[str, int], *, is_here: bool = False) -> "Line":
        count = failures.get(clause.number, 0)
        return cls(clause.pk, clause.number, clause.title, clause.level, failures=count, is_here=is_here)

    @classmethod
    def of(cls, clause: Any) -> "Line":
        return cls(clause.pk, clause.number, clause.title, clause.level, clause.text, bool(clause.to_verify))


def contents(request: HttpRequest, lines: list[Line], *, whole: bool = False) -> SafeString:
    """The contents at the left; `whole` where the clauses stand on the same page."""
    has_failures = any(line.failures for line in lines)
    return piece("standards/_contents.html", request, contents=tuple(lines), whole=whole, has_failures=has_failures)
