"""Who holds what, who is away, and who stands in for whom."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wolong.ground.people.models import AccessToken, Grant, Leave, Organization, Person
from wolong.ground.people.rules import token_digest


def holders(role: str, *roles: str, at: Organization, on: date) -> QuerySet[Person]:
    """Who holds one of the roles over, at or within a unit on a day, and is there that day.

    A deputy (代理) counts only while the represented person is away; whoever is away does not count.
    """
    away = Leave.objects.filter(days__contains=on)
    above = [int(part) for part in (at.path or "").split("/") if part]
    grants = Grant.objects.filter(
        Q(organization_id__in=above) | Q(organization__path__startswith=at.path or "?"),
        Q(acting_for=None) | Exists(away.filter(person=OuterRef("acting_for"))),
        role__in=(role, *roles),
        valid__contains=on,
        person=OuterRef("pk"),
    )
    return Person.objects.filter(Exists(grants), is_active=True).exclude(Exists(away.filter(person=OuterRef("pk"))))


def is_away(person: Person, on: date) -> bool:
    """Whether the person is on leave that day."""
    return Leave.objects.filter(person=person, days__contains=on).exists()


def deputies_of(person: Person, on: date) -> QuerySet[Person]:
    """Who is appointed to act for a person on a day, whether or not that person is away."""
    grants = Grant.objects.filter(acting_for=person, valid__contains=on, person=OuterRef("pk"))
    return Person.objects.filter(Exists(grants), is_active=True)


def valid_token(raw: str) -> AccessToken | None:
    """The token of this text with its owner; None where it is unknown, revoked, past its day, or a deactivated person's."""
    rows = AccessToken.objects.select_related("owner__organization").filter(
        digest=token_digest(raw), revoked_at=None, expires_on__gt=timezone.localdate(), owner__is_active=True
    )
    return rows.first()
