"""Questions about evidence: the bytes to show, and the same bytes kept before."""

from django.db.models import QuerySet

from wolong.ground.files import pictures, shelf
from wolong.ground.files.models import Evidence
from wolong.ground.files.shelf import Damaged
from wolong.ground.files.states import Size

__all__ = ["Damaged", "bytes_of", "damaged_among", "same_bytes"]


def same_bytes(evidence: Evidence) -> QuerySet[Evidence]:
    """Other evidence with exactly the same bytes: one photograph used twice. Shown to people, never punished by itself."""
    return Evidence.objects.filter(sha256=evidence.sha256).exclude(pk=evidence.pk)


def bytes_of(evidence: Evidence, size: Size) -> bytes:
    """The copy to show. A lost copy is made anew from the bytes received; raises Damaged where those are damaged too."""
    try:
        return shelf.take(evidence.view_sha256 if size == Size.VIEW else evidence.thumb_sha256)
    except Damaged:
        return pictures.look_at(shelf.take(evidence.sha256)).copies[size]


def damaged_among(evidence: QuerySet[Evidence]) -> list[Evidence]:
    """The evidence whose received bytes no longer have their hash; reads every file."""
    found = []
    for one in evidence.iterator(chunk_size=200):
        try:
            shelf.take(one.sha256)
        except Damaged:
            found.append(one)
    return found
