"""The running numbers of an area's papers."""

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.functions import Length

from wolong.estate.places.models import OfficeArea

LOCK_SPACE = 4107  # the numbers' own advisory locks; any figure that no other room uses


def next_number(*, prefix: str, area: OfficeArea, year: int, rows: "QuerySet[Model]") -> str:
    """The next number of a year and area, without gaps: one transaction at a time takes it, an undone one gives it back."""
    head = f"{prefix}-{year}-{area.code}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_SPACE, head])
    last = (
        rows.filter(number__startswith=head)
        .order_by(Length("number").desc(), "-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{head}{int(str(last).rsplit('-', 1)[1]) + 1 if last else 1:04d}"
