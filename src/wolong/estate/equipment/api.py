"""Equipment over the API."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.estate.equipment.models import Equipment

router = Router(tags=["equipment"])


class EquipmentOut(Schema):
    """`area` and `system` are codes (WLS, DT); `place_id` is where it stands."""

    id: int
    code: str
    name: str
    area: str
    system: str
    kind: str
    place_id: int
    model: str
    maker: str
    importance: str
    installed_on: date | None
    inspection_due_on: date | None
    retired_on: date | None

    @staticmethod
    def resolve_area(equipment: Equipment) -> str:
        return equipment.area.code

    @staticmethod
    def resolve_system(equipment: Equipment) -> str:
        return equipment.system.code


def _equipment(request: HttpRequest) -> QuerySet[Equipment]:
    rows = Equipment.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("area", "system").order_by("pk")  # type: ignore[no-any-return]


@router.get("", response=list[EquipmentOut])
@paginate(LimitOffsetPagination)
def list_equipment(request: HttpRequest, area: str = "", system: str = "") -> QuerySet[Equipment]:
    """The equipment that the caller sees; `area` and `system` by code."""
    found = _equipment(request)
    if area:
        found = found.filter(area__code=area)
    return found.filter(system__code=system) if system else found


@router.get("{int:equipment_id}/", response=EquipmentOut)
def get_equipment(request: HttpRequest, equipment_id: int) -> Equipment:
    return get_object_or_404(_equipment(request), pk=equipment_id)
