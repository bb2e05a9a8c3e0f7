"""When anything below changes, the duties of the areas concerned are derived anew, in the same transaction; news of deviations
reaches those concerned."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from wolong.estate.contracts.signals import lines_changed
from wolong.estate.equipment.signals import equipment_changed
from wolong.estate.places.models import OfficeArea
from wolong.estate.places.signals import places_changed
from wolong.ground.people.models import Person
from wolong.loop.duties import messages
from wolong.loop.duties.actions import derive
from wolong.loop.duties.models import Deviation
from wolong.loop.duties.signals import deviation_asked, deviation_decided, deviation_ended
from wolong.norms.standards.models import Edition
from wolong.norms.standards.signals import edition_abolished, edition_in_force


@receiver([edition_in_force, edition_abolished], dispatch_uid="duties.edition_changed")
def derive_where_adopted(edition: Edition, by: Person | None, at: datetime, **_: Any) -> None:
    for area in OfficeArea.objects.filter(adoptions__standard=edition.standard_id):
        derive(area=area, by=by, at=at, on=_day(at))


@receiver([places_changed, equipment_changed, lines_changed], dispatch_uid="duties.estate_changed")
def derive_area(area: OfficeArea, by: Person | None, at: datetime, **_: Any) -> None:
    derive(area=area, by=by, at=at, on=_day(at))


@receiver(deviation_asked, dispatch_uid="duties.deviation_asked")
def tell_who_decides(deviation: Deviation, at: datetime, **_: Any) -> None:
    messages.asked(deviation, at)


@receiver(deviation_decided, dispatch_uid="duties.deviation_decided")
def tell_who_asked(deviation: Deviation, at: datetime, **_: Any) -> None:
    messages.decided(deviation, at)


@receiver(deviation_ended, dispatch_uid="duties.deviation_ended")
def tell_that_it_ended(deviation: Deviation, at: datetime, **_: Any) -> None:
    messages.ended(deviation, at)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
