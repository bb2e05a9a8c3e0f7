"""Who may open a photograph: whoever sent it, and whom the rooms that show it let see it."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from wolong.ground.files.models import Evidence
from wolong.ground.people.access import Scope

Viewer = Callable[[Scope], Q]
_viewers: list[Viewer] = []


def register_viewer(viewer: Viewer) -> None:
    """A room that attaches evidence says which of it a scope may open, as a Q over Evidence (joins are fine)."""
    if viewer not in _viewers:
        _viewers.append(viewer)


def openable(scope: Scope) -> QuerySet[Evidence]:
    """All evidence that this person may open. Deny by default: what no room claims is its sender's alone."""
    allowed = Q(received_by_id=scope.person.pk)
    for viewer in _viewers:
        allowed |= viewer(scope)
    # A join to several rows of a room must not give one photograph twice.
    return Evidence.objects.filter(pk__in=Evidence.objects.filter(allowed).order_by().values("pk"))
