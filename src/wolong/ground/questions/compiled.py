"""Compiling the SQL of a page's queries takes Django longer than PostgreSQL needs to answer them.

A question is a function that builds a queryset from its values and from nothing else: no clock, no setting, no branch on
a value. It is compiled twice with two sets of made-up values; where the parameters differ, the true values go. Whatever
cannot be told apart so is asked in the ordinary way: slower, never wrong.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models import Model, Q, QuerySet

T = TypeVar("T", bound=Model)
Build = Callable[..., QuerySet[T, Any]]

MOST = 1024
LARGEST = 2**31 - 1
SLOT_TYPES = (int, str, date)


class Unshaped(Exception):
    """A value whose place in the SQL cannot be told."""


@dataclass
class Known:
    """A compiled question; `places` has for each parameter the number of its value, or None where it is constant."""

    rows: QuerySet[Any, Any]
    using: str
    sql: str
    params: tuple[Any, ...]
    places: tuple[int | None, ...]
    state: dict[str, Any]
    converters: dict[int, Any] = field(default_factory=dict)

    def filled(self, values: list[Any]) -> tuple[Any, ...]:
        return tuple(
            made if place is None else type(made)(values[place]) if isinstance(made, int) else values[place]
            for made, place in zip(self.params, self.places, strict=True)
        )


class Ready(SQLCompiler):
    """A compiler that has compiled already."""

    def __init__(self, known: Known, values: list[Any]) -> None:
        super().__init__(known.rows.query, connections[known.using], known.using)
        self.__dict__.update(known.state)
        self.known, self.values = known, values

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        return self.known.sql, self.known.filled(self.values)

    def get_converters(self, _expressions: Any) -> dict[int, Any]:
        return self.known.converters


_known: OrderedDict[Hashable, Known | None] = OrderedDict()


def asked(build: Build[T], *values: Any) -> list[Any]:
    """The rows of `build(*values)`; values are numbers, days, words, tuples of numbers, and `Q` of these."""
    flat: list[Any] = []
    try:
        key = (build, *(_shape(value, flat) for value in values))
    except Unshaped:
        return list(build(*values))
    try:
        known = _known[key]
    except KeyError:
        known = _known[key] = _compile(build, values)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return list(build(*values)) if known is None else _rows(known, flat)


def _shape(value: Any, flat: list[Any]) -> Hashable:
    """What of a value decides the text of the SQL; the rest goes to `flat`."""
    kind = type(value)
    if (kind is int and abs(value) <= LARGEST) or kind in (str, date, datetime):
        flat.append(value)
        return kind
    if isinstance(value, Q):
        return (value.connector, value.negated, *(_shape(child, flat) for child in value.children))
    if kind is tuple and len(value) == 2 and type(value[0]) is str and not isinstance(value[1], str):
        return (value[0], _shape(value[1], flat))
    if kind is tuple and len(value) == 2 and type(value[0]) is str:
        flat.append(str(value[1]))
        return (value[0], str)
    if kind in (tuple, list):
        return (list, *(_shape(one, flat) for one in value))
    raise Unshaped


def _made(value: Any, numbers: Iterator[int], salt: int) -> Any:
    """A value of the same shape that stands nowhere else."""
    if isinstance(value, Q):
        made = Q()
        made.connector, made.negated = value.connector, value.negated
        made.children = [
            _made(child, numbers, salt) if isinstance(child, Q) else (child[0], _made(child[1], numbers, salt))
            for child in value.children
        ]
        return made
    if isinstance(value, tuple | list):
        return [_made(one, numbers, salt) for one in value]
    number = next(numbers) + salt * 9_000
    if isinstance(value, int):
        return 12_000 + number
    if isinstance(value, datetime):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)
    # With the signs that a search by pattern changes: such a word is then not found among the parameters.
    return date(1970, 1, 1) + timedelta(days=number) if isinstance(value, date) else f"made_up%\\{number}"


def _compile(build: Build[T], values: tuple[Any, ...]) -> Known | None:
    found = []
    for salt in (0, 1):
        numbers = count()
        made = [_made(value, numbers, salt) for value in values]
        flat: list[Any] = []
        for value in made:
            _shape(value, flat)
        rows = build(*made)
        compiler = rows.query.get_compiler(using=rows.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        found.append((rows, compiler, flat, sql, tuple(params)))
    (rows, compiler, first, sql, params), (_rows_too, _compiler_too, second, sql_too, params_too) = found
    if sql != sql_too or not isinstance(compiler, SQLCompiler):
        return None
    places: list[int | None] = []
    for one, other in zip(params, params_too, strict=True):
        if type(one) is type(other) and one == other:
            places.append(None)
        elif isinstance(one, SLOT_TYPES) and one in first and second[first.index(one)] == other:
            places.append(first.index(one))
        else:
            return None
    if {place for place in places if place is not None} != set(range(len(first))):
        return None
    columns = [chosen[0] for chosen in compiler.select[0 : compiler.col_count]]
    state = {name: thing for name, thing in vars(compiler).items() if name not in ("query", "connection", "using")}
    return Known(rows, rows.db, sql, params, tuple(places), state, compiler.get_converters(columns))


def _rows(known: Known, values: list[Any]) -> list[Any]:
    built = known.rows
    query = built.query.__class__.__new__(built.query.__class__)
    query.__dict__.update(built.query.__dict__)
    query.get_compiler = lambda *_args, **_kwargs: Ready(known, values)  # type: ignore[method-assign]
    rows = built.__class__(model=built.model, query=query, using=known.using)
    for name in ("_iterable_class", "_fields", "_prefetch_related_lookups", "_known_related_objects"):
        setattr(rows, name, getattr(built, name))
    return list(rows)
