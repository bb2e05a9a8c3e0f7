"""Several figures by one question: what stands behind the lines of the menu costs every page one answer, not one each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Value

from wolong.ground.questions.compiled import Build, asked


@dataclass(frozen=True, eq=False)
class Counting:
    """How many rows `build(*values)` has; what such a builder may do, `compiled` says."""

    build: Build[Any]
    values: tuple[Any, ...]


class _RowsOf(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def sizes(asked_for: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """One question for how many rows each queryset has: pairs of its number and its size, none where a table is empty.

    Each is counted on its own, so that a few open rows are found by their index among many closed ones.
    """
    rows = [
        QuerySet(one.model)
        .order_by()
        .annotate(part=Value(number), figure=_RowsOf(one.values("pk")))
        .values_list("part", "figure")[:1]
        for number, one in enumerate(asked_for)
    ]
    return rows[0].union(*rows[1:], all=True)


def counted(countings: Sequence[Counting], most: int) -> list[int]:
    """The figure of each, `most` where there are as many or more: nobody waits until fifty thousand rows are counted."""
    parts = tuple((one.build, len(one.values)) for one in countings)
    found = dict(asked(_together(parts, most), *(value for one in countings for value in one.values))) if parts else {}
    return [found.get(number, 0) for number in range(len(parts))]


@cache
def _together(parts: tuple[tuple[Build[Any], int], ...], most: int) -> Build[Any]:
    """One builder for the same parts, so that they are compiled once."""

    def build(*values: Any) -> QuerySet[Any, Any]:
        rows, at = [], 0
        for of_one, taken in parts:
            rows.append(of_one(*values[at : at + taken]).order_by()[:most])
            at += taken
        return sizes(rows)

    return build
