"""Who performs what in an area on a day."""

from datetime import date

from django.db.models import QuerySet

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.places.models import OfficeArea


def lines_on(area: OfficeArea, on: date) -> QuerySet[ServiceLine]:
    """The service lines of an area on a day, with performer, supervisor, contract and root."""
    return (
        ServiceLine.objects.filter(area=area)
        .valid_on(on)
        .select_related("performer", "supervisor", "contract", "root")
        .order_by("name", "pk")
    )
