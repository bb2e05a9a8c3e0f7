"""What a selector means among the equipment of an area."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wolong.estate.equipment.models import Equipment
from wolong.estate.equipment.rules import years_in_use
from wolong.estate.places.models import OfficeArea
from wolong.estate.places.queries import Selectors, as_selectors
from wolong.language.selectors import expand, matches

EQUIPMENT = "设备"


@dataclass(slots=True)
class Register:
    """The equipment of an area in use, read once, so that hundreds of selectors cost no further query."""

    rows: list[tuple[int, str, str, dict[str, Any]]]
    by_word: dict[str, list[tuple[int, str, str, dict[str, Any]]]] = field(init=False)
    order: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.by_word = defaultdict(list)
        self.order = {}
        for turn, row in enumerate(self.rows):
            self.by_word[row[1]].append(row)
            self.by_word[row[2]].append(row)
            self.order[row[0]] = turn

    def matching(self, selectors: Selectors) -> list[int]:
        """The pieces that any of the selectors means: 设备/电梯 (a system), 设备/电梯/客梯, 设备/客梯 (a kind)."""
        found: set[int] = set()
        for selector in as_selectors(selectors):
            if selector.kind != EQUIPMENT:
                continue
            for one in expand(selector):
                candidates = self.by_word.get(one.path[0], ()) if one.path else self.rows
                found.update(
                    pk
                    for pk, system, kind, facts in candidates
                    if matches(one, EQUIPMENT, (system, kind), facts) or matches(one, EQUIPMENT, (kind,), facts)
                )
        return sorted(found, key=self.order.__getitem__)


def register(area: OfficeArea, *, on: date | None = None) -> Register:
    """The area's equipment in use with what a filter may ask: 使用年限 (needs `on`), 重要度, 系统, 楼层, 位置, 名称, 编码."""
    rows = (
        Equipment.objects.filter(area=area)
        .in_use()
        .order_by("place__walk_order", "code")
        .values_list(
            "pk",
            "system__name",
            "kind",
            "importance",
            "installed_on",
            "place__floor_number",
            "place__kind",
            "name",
            "code",
        )
    )
    return Register(
        [
            (
                pk,
                system,
                kind,
                {
                    "使用年限": years_in_use(installed_on, on) if on else None,
                    "重要度": importance,
                    "系统": system,
                    "楼层": floor,
                    "位置": place_kind,
                    "名称": name,
                    "编码": code,
                },
            )
            for pk, system, kind, importance, installed_on, floor, place_kind, name, code in rows
        ]
    )


def matching(area: OfficeArea, selectors: Selectors, *, on: date | None = None) -> list[int]:
    """The pieces of equipment of the area that the selectors mean, in walking order."""
    return register(area, on=on).matching(selectors)
