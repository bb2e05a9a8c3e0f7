"""Units by the names that people write: short, full, or with those above: 某某中心/物业科."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from wolong.ground.people.models import Organization


class NotFound(Exception):
    """No unit, or several, and what to write instead."""


class Directory:
    """Every unit, read once; `add` puts in those that a sheet is about to make."""

    def __init__(self, units: Iterable[Organization]) -> None:
        self._by_name: dict[str, list[Organization]] = defaultdict(list)
        self._by_id: dict[int, Organization] = {}
        for unit in units:
            self.add(unit)

    @classmethod
    def of_all(cls) -> "Directory":
        return cls(Organization.objects.order_by("path"))

    def add(self, unit: Organization) -> None:
        self._by_id[unit.pk] = unit
        for name in {unit.name, unit.short_name}:
            self._by_name[name].append(unit)

    def find(self, written: str) -> Organization:
        """The one unit that these words name. Raises NotFound with a sentence."""
        *above, name = [part.strip() for part in written.replace("／", "/").split("/")]
        found = [unit for unit in self._by_name.get(name, ()) if self._lies_below(unit, above)]
        if not found:
            raise NotFound(_("没有单位“%(name)s”，请先导入单位。") % {"name": written})
        if len(found) > 1:
            raise NotFound(_("有 %(n)d 个单位叫“%(name)s”，请写成“上级/简称”。") % {"n": len(found), "name": written})
        return found[0]

    def written(self, unit: Organization) -> str:
        """How a unit is written so that `find` finds it: as short as it can be."""
        words = unit.short_name
        above = unit
        while len([one for one in self._by_name[unit.short_name] if self._lies_below(one, words.split("/")[:-1])]) > 1:
            if above.parent_id is None:
                return unit.name
            above = self._by_id[above.parent_id]
            words = f"{above.short_name}/{words}"
        return words

    def _lies_below(self, unit: Organization, above: list[str]) -> bool:
        names = self._names_above(unit)
        return all(name in level for name, level in zip(reversed(above), names, strict=False)) and len(above) <= len(
            names
        )

    def _names_above(self, unit: Organization) -> list[set[str]]:
        names = []
        while unit.parent_id is not None and unit.parent_id in self._by_id:
            unit = self._by_id[unit.parent_id]
            names.append({unit.name, unit.short_name})
        return names
