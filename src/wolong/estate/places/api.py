"""Places over the API."""

from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.estate.places.models import Place

router = Router(tags=["places"])


class PlaceOut(Schema):
    """`area` is the office area's code; `path` holds the ids from the root to this place."""

    id: int
    code: str
    name: str
    full_name: str
    area: str
    level: str
    kind: str
    parent_id: int | None
    path: str
    floor_number: int | None
    area_m2: Decimal | None
    is_no_photo: bool
    is_not_public: bool

    @staticmethod
    def resolve_area(place: Place) -> str:
        return place.area.code


def _places(request: HttpRequest) -> QuerySet[Place]:
    return Place.objects.visible_to(request.scope).select_related("area").order_by("pk")  # type: ignore[attr-defined]


@router.get("", response=list[PlaceOut])
@paginate(LimitOffsetPagination)
def list_places(request: HttpRequest, area: str = "", kind: str = "") -> QuerySet[Place]:
    """The places that the caller sees; `area` by code (WLS), `kind` by its word (卫生间)."""
    found = _places(request)
    if area:
        found = found.filter(area__code=area)
    return found.filter(kind=kind) if kind else found


@router.get("{int:place_id}/", response=PlaceOut)
def get_place(request: HttpRequest, place_id: int) -> Place:
    return get_object_or_404(_places(request), pk=place_id)
