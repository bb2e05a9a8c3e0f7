"""When anything below changes, the duties of the areas concerned are derived anew, in the same transaction."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from wolong.estate.contracts.signals import lines_changed
from wolong.estate.equipment.signals import equipment_changed
from wolong.estate.places.models import OfficeArea
from wolong.estate.places.signals import places_changed
from wolong.ground.people.models import Person
from wolong.loop.duties.actions import derive
from wolong.norms.standards.models import Edition
from wolong.norms.standards.signals import edition_abolished, edition_in_force


@receiver([edition_in_force, edition_abolished], dispatch_uid="duties.edition_changed")
def derive_where_adopted(edition: Edition, by: Person | None, at: datetime, **_: Any) -> None:
    for area in OfficeArea.objects.filter(adoptions__standard=edition.standard_id):
        derive(area=area, by=by, at=at, on=_day(at))


@receiver([places_changed, equipment_changed, lines_changed], dispatch_uid="duties.estate_changed")
def derive_area(area: OfficeArea, by: Person | None, at: datetime, **_: Any) -> None:
    derive(area=area, by=by, at=at, on=_day(at))


def _day(at: datetime) -> date:
    return timezone.localdate(at)
