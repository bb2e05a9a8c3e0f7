"""Equipment over the API."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.estate.equipment.models import Equipment
from wolong.ground.exchange.api import Paging, reads
from wolong.ground.people.states import TokenScope

router = Router(tags=["equipment"])


class EquipmentOut(Schema):
    """One piece of equipment; `system` by its code (DT), `place` by its code."""

    id: int
    area: str
    system: str
    kind: str
    code: str
    name: str
    place: str
    place_id: int
    model: str
    maker: str
    importance: str
    installed_on: date | None
    inspection_due_on: date | None
    retired_on: date | None

    @staticmethod
    def resolve_area(piece: Equipment) -> str:
        return piece.area.code

    @staticmethod
    def resolve_system(piece: Equipment) -> str:
        return piece.system.code

    @staticmethod
    def resolve_place(piece: Equipment) -> str:
        return piece.place.code


def _equipment(request: HttpRequest) -> QuerySet[Equipment]:
    rows = Equipment.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("area", "system", "place").order_by("area__code", "code")


@router.get("", **reads(TokenScope.READ, list[EquipmentOut], _("设备")))
@paginate(Paging)
def list_equipment(
    request: HttpRequest, area: str = "", system: str = "", kind: str = "", retired: bool = False
) -> QuerySet[Equipment]:
    """The equipment that the caller sees, by code; `area` and `system` by code (WLS, DT), `kind` by word (客梯)."""
    rows = _equipment(request) if retired else _equipment(request).filter(retired_on__isnull=True)
    if area:
        rows = rows.filter(area__code=area)
    if system:
        rows = rows.filter(system__code=system)
    return rows.filter(kind=kind) if kind else rows


@router.get("{int:equipment_id}/", **reads(TokenScope.READ, EquipmentOut, _("一台设备"), one=True))
def get_equipment(request: HttpRequest, equipment_id: int) -> Equipment:
    return get_object_or_404(_equipment(request), pk=equipment_id)
