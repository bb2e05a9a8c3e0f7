"""Places over the API."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.estate.places.models import Place
from wolong.ground.exchange.api import Paging, reads
from wolong.ground.people.states import TokenScope

router = Router(tags=["places"])


class PlaceOut(Schema):
    """One place; `parent_id` leads up the tree, `level` is area, building, floor or room."""

    id: int
    area: str
    parent_id: int | None
    level: str
    kind: str
    code: str
    name: str
    full_name: str
    floor_number: int | None
    area_m2: Decimal | None
    user_unit: str | None
    is_public_area: bool
    is_no_photo: bool
    is_not_public: bool
    walk_order: int
    retired_on: date | None

    @staticmethod
    def resolve_area(place: Place) -> str:
        return place.area.code

    @staticmethod
    def resolve_user_unit(place: Place) -> str | None:
        return place.user_unit.name if place.user_unit else None


def _places(request: HttpRequest) -> QuerySet[Place]:
    rows = Place.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("area", "user_unit").order_by("area__code", "walk_order", "pk")


@router.get("", **reads(TokenScope.READ, list[PlaceOut], _("场所")))
@paginate(Paging)
def list_places(request: HttpRequest, area: str = "", kind: str = "", retired: bool = False) -> QuerySet[Place]:
    """The places that the caller sees, in walking order; `area` by code (WLS), `kind` by word (卫生间)."""
    rows = _places(request) if retired else _places(request).filter(retired_on__isnull=True)
    if area:
        rows = rows.filter(area__code=area)
    return rows.filter(kind=kind) if kind else rows


@router.get("{int:place_id}/", **reads(TokenScope.READ, PlaceOut, _("一个场所"), one=True))
def get_place(request: HttpRequest, place_id: int) -> Place:
    return get_object_or_404(_places(request), pk=place_id)
