"""Photographs for tests: `photo_bytes()` makes one in memory, `photo()` keeps it."""

import io
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from tests.factories.people import PersonFactory
from wolong.ground.files.actions import keep_evidence
from wolong.ground.files.models import Evidence

_shade = iter(range(10**9))


def photo_bytes(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **save: Any) -> bytes:
    """A small picture that no earlier call made."""
    n = next(_shade)
    if kind == "JPEG":
        # Neighbouring shades can give the same JPEG; its comment is never the same.
        save.setdefault("comment", f"{n}".encode())
    out = io.BytesIO()
    Image.new("RGB", size, (n % 256, n // 256 % 256, n // 65536 % 256)).save(out, kind, **save)
    return out.getvalue()


class EvidenceFactory(DjangoModelFactory):
    """A row without bytes on disk; `photo()` has them."""

    class Meta:
        model = Evidence

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    view_sha256 = factory.SelfAttribute("sha256")
    thumb_sha256 = factory.SelfAttribute("sha256")
    size = 1000
    kind = Evidence.Kind.PHOTO
    media_type = "image/jpeg"
    name = "照片.jpg"
    width = 64
    height = 48
    received_at = factory.LazyFunction(timezone.now)
    received_by = factory.SubFactory(PersonFactory)


def photo(by: Any = None, **more: Any) -> Evidence:
    given = {"data": photo_bytes(), "name": "照片.jpg", "at": timezone.now(), **more}
    return keep_evidence(by=by or PersonFactory(), **given)
