"""Which deviation holds for a duty, and which hold in some days."""

from datetime import date, timedelta

from django.db.models import QuerySet

from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.rules.deviating import DAYS_OF_WARNING
from wolong.loop.duties.states import DeviationState


def deviation_at(duty: Duty, *, on: date) -> Deviation | None:
    """The deviation that holds for a duty on a day: from the same text, at the same object, by the same doer."""
    held = Deviation.objects.on(on).at(
        area_id=duty.area_id, place_id=duty.place_id, equipment_id=duty.equipment_id, doer_id=duty.doer_id,
        fingerprint=duty.fingerprint,
    )  # fmt: skip
    return held.order_by("pk").first()


def deviations_within(*, first: date, last: date) -> QuerySet[Deviation]:
    """Those that held on any of these days, both counted."""
    return Deviation.objects.filter(valid__startswith__lte=last, valid__endswith__gt=first)


def deviations_ending(*, on: date) -> QuerySet[Deviation]:
    """Those in force whose last day is near."""
    held = Deviation.objects.on(on).filter(state=DeviationState.APPROVED)
    near = held.filter(until_on__lte=on + timedelta(days=DAYS_OF_WARNING))
    return near.select_related("duty__requirement__clause", "asked_by", "decided_by")
