"""A whole sheet of places at once: all of it or nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wolong.estate.places.actions.tree import lock_area, plant
from wolong.estate.places.actions.writing import tell_planner
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.rules.rows import PLACE_FACTS, Comparison, KnownPlace, PlaceRow, compare_places
from wolong.estate.places.signals import places_changed
from wolong.estate.places.states import Level
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Organization, Person

PLACES = "places"


def compare_with_places(area: OfficeArea, rows: Sequence[PlaceRow]) -> Comparison[PlaceRow]:
    """What the rows would do to the area as it stands now; three queries, whatever their number."""
    codes = {row.code for row in rows}
    units = {row.user_unit for row in rows if row.user_unit}
    return compare_places(rows, _known(area, codes), area_code=area.code, units=_units(units).keys())


@transaction.atomic
def import_places(
    *, area: OfficeArea, rows: Sequence[PlaceRow], sha256: str = "", by: Person, at: datetime
) -> Comparison[PlaceRow]:
    """All rows of a sheet become places of the area, or none does; a second time changes nothing.

    One entry in the ledger with the counts and the file's hash; announces `places_changed` once, unless nothing changed.
    Refuses when any row has a fault.
    """
    lock_area(area)
    comparison = compare_with_places(area, rows)
    write_places(area=area, comparison=comparison, sha256=sha256, by=by, at=at)
    return comparison


@transaction.atomic
def write_places(*, area: OfficeArea, comparison: Comparison[PlaceRow], sha256: str, by: Person, at: datetime) -> None:
    """Write what a comparison found; see `import_places`."""
    if comparison.faults:
        raise Refused(_("表中有 %(count)d 处错误，没有导入。") % {"count": len(comparison.faults)})
    if not comparison.new and not comparison.changed:
        return
    touched = [*comparison.new, *(change.row for change in comparison.changed)]
    units = _units({row.user_unit for row in touched if row.user_unit})
    root = Place.objects.get(area=area, level=Level.AREA)
    fresh = {row.code: _place(area, row, units) for row in comparison.new}
    parents = {place.code: place for place in Place.objects.filter(area=area).only("code", "level")} | fresh
    for row in comparison.new:
        fresh[row.code].parent = parents[row.parent_code] if row.parent_code else root
    changed: dict[int, dict[str, Any]] = {}
    for change in comparison.changed:
        values: dict[str, Any] = {
            name: getattr(change.row, name)
            for column, name in PLACE_FACTS.items()
            if column in change.differences and name != "user_unit"
        }
        if "使用单位" in change.differences:
            values["user_unit_id"] = units.get(change.row.user_unit)
        if "上级编码" in change.differences:
            values["parent"] = parents[change.row.parent_code] if change.row.parent_code else root
        changed[change.pk] = values
    plant(area, new=fresh.values(), changed=changed)
    tell_planner(Place, len(touched))
    counts = comparison.counts
    sentence = _("导入场所：新增 %(new)d，修改 %(changed)d，不变 %(unchanged)d") % counts
    write_entry(
        verb="import_places", sentence=sentence, subject=area, by=by, at=at, payload={**counts, "sha256": sha256}
    )
    places_changed.send(sender=Place, area=area, by=by, at=at)


def _known(area: OfficeArea, codes: Collection[str]) -> dict[str, KnownPlace]:
    """Every place of the area, and those of other areas that bear one of the codes."""
    rows = (
        Place.objects.filter(Q(area=area) | Q(code__in=codes))
        .exclude(area=area, level=Level.AREA)
        .order_by()
        .values_list(
            "pk", "area_id", "retired_on", "level", "code", "parent__code", "floor_number", "name", "kind", "area_m2",
            "is_no_photo", "is_not_public", "user_unit__name",
        )
    )  # fmt: skip
    known = {}
    for pk, area_id, retired, level, code, parent, floor, name, kind, size, no_photo, not_public, unit in rows:
        facts = {
            "name": name,
            "kind": kind,
            "floor_number": floor,
            "area_m2": size,
            "user_unit": unit or "",
            "is_no_photo": no_photo,
            "is_not_public": not_public,
        }
        known[code] = KnownPlace(pk, area_id == area.pk, retired is not None, level, parent or "", facts)
    return known


def _units(names: Collection[str]) -> dict[str, int]:
    return dict(Organization.objects.filter(name__in=names).values_list("name", "pk")) if names else {}


def _place(area: OfficeArea, row: PlaceRow, units: dict[str, int]) -> Place:
    return Place(
        area=area,
        level=row.level,
        kind=row.kind,
        code=row.code,
        name=row.name,
        floor_number=row.floor_number,
        area_m2=row.area_m2,
        user_unit_id=units.get(row.user_unit),
        is_no_photo=row.is_no_photo,
        is_not_public=row.is_not_public,
    )
