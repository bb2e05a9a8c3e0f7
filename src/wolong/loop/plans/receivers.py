"""News from the duties room: plans follow."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Person
from wolong.loop.duties.signals import duties_derived
from wolong.loop.plans.actions import recompile


@receiver(duties_derived, dispatch_uid="plans.duties_derived")
def compile_anew(*, area: OfficeArea, by: Person | None, at: datetime, **_: Any) -> None:
    recompile(area=area, by=by, at=at)
