"""Which columns a person wants to see: the address says it, so a link, a saved view and a sheet show the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from wolong.ground.pages.generic.columns import Column

PARAMETER = "columns"


@dataclass(frozen=True)
class Choice:
    """The columns of a list as the address asks for them, in the list's own order.

    `fixed` names the row and always stays. Names that the list doesn't know choose nothing; nothing chosen is everything.
    """

    columns: Sequence[Column]
    asked: Collection[str]

    @classmethod
    def of(cls, columns: Sequence[Column], params: QueryDict) -> Choice:
        known = {column.key for column in columns}
        return cls(columns, known.intersection(name for one in params.getlist(PARAMETER) for name in one.split(",")))

    @property
    def fixed(self) -> Column | None:
        by_kind = {column.kind: column for column in reversed(self.columns) if not column.sheet_only}
        return by_kind.get("link") or by_kind.get("text")

    @property
    def chosen(self) -> list[Column]:
        if not self.asked:
            return list(self.columns)
        return [column for column in self.columns if column is self.fixed or column.key in self.asked]

    @property
    def is_everything(self) -> bool:
        return len(self.chosen) == len(self.columns)

    @property
    def offered(self) -> list[tuple[Column, bool]]:
        """What the menu offers, each with whether it is shown; empty where there is nothing to choose between."""
        chosen = self.chosen
        offered = [(column, column in chosen) for column in self.columns if column is not self.fixed]
        return offered if len(offered) > 1 else []

    @property
    def value(self) -> str:
        """The choice as the address carries it: `severity,title`; empty for everything."""
        return "" if self.is_everything else ",".join(column.key for column in self.chosen)
