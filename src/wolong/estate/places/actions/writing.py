"""Many rows in one statement."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection
from django.db.models import Field, Model

MANY_ROWS = 1000


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """A column of a model by its attribute's name."""
    return cast("Field[Any, Any]", model._meta.get_field(name))  # noqa: SLF001 - Django's public way in


def update_many(model: type[Model], columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Give each row of a table its own values: one UPDATE, where bulk_update's CASE grows with rows × columns.

    `columns` maps attribute names to PostgreSQL types; each of `rows` starts with the primary key.
    """
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    names = [connection.ops.quote_name(str(field_of(model, name).column)) for name in columns]
    assignments = ", ".join(f"{name} = new.{name}" for name in names)
    arrays = ", ".join(["%s::bigint[]", *(f"%s::{kind}[]" for kind in columns.values())])
    # Table and column names come from the model, never from outside.
    statement = (
        f"UPDATE {table} SET {assignments} FROM unnest({arrays}) AS new (id, {', '.join(names)}) "  # noqa: S608
        f"WHERE {table}.id = new.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def tell_planner(model: type[Model], rows: int) -> None:
    """After many rows at once the planner must know at once: else it joins for minutes as if the table were still small."""
    if rows >= MANY_ROWS:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")  # noqa: SLF001


def take_ids(model: type[Model], number: int) -> list[int]:
    """Primary keys taken beforehand, for rows that name themselves in a path."""
    if not number:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],  # noqa: SLF001
        )
        return [row[0] for row in cursor.fetchall()]
