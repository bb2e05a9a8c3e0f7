"""When something below happened, equipment does this."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils.translation import gettext as _

from wolong.estate.equipment.actions import set_up_systems
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import Place
from wolong.estate.places.signals import place_retired
from wolong.ground.lifecycle import Refused


@receiver(post_migrate, dispatch_uid="equipment.systems")
def set_up(sender: Any, **_kwargs: Any) -> None:
    if sender.name == "wolong.estate.equipment":
        set_up_systems()


@receiver(place_retired, dispatch_uid="equipment.place_retired")
def keep_a_place_with_equipment(sender: type[Place], *, place: Place, at: datetime, **_kwargs: Any) -> None:
    del sender, at
    if Equipment.objects.filter(area=place.area).at(place.path).in_use().exists():
        raise Refused(_("这里还有在用的设备，请先移走或停用设备。"))
