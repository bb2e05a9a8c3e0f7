"""The verb of the shelf: keep what was received."""

from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wolong.ground.files import pictures, shelf
from wolong.ground.files.models import Evidence
from wolong.ground.files.states import MOST_BYTES, Size
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person


@transaction.atomic
def keep_evidence(
    *,
    data: bytes | UploadedFile,
    name: str,
    by: Person,
    at: datetime,
    taken_at: datetime | None = None,
    place_text: str = "",
    caption: str = "",
    client_id: UUID | None = None,
) -> Evidence:
    """Keep a photograph for good: when this returns, its bytes are on the disk; they are never changed.

    A second arrival of one `client_id` gives the first answer. Refuses what is no photograph (an SVG is a program), is
    damaged, over 20 MB or over 64 million pixels. Where the camera noted the place, that stays in the kept bytes and is
    never shown.
    """
    if client_id is not None and (known := Evidence.objects.filter(client_id=client_id).first()) is not None:
        return _same_arrival(known, by)
    content = _content(data)
    picture = pictures.look_at(content)
    evidence = Evidence(
        sha256=shelf.put(content),
        view_sha256=shelf.put(picture.copies[Size.VIEW]),
        thumb_sha256=shelf.put(picture.copies[Size.THUMB]),
        size=len(content),
        kind=Evidence.Kind.PHOTO,
        media_type=picture.media_type,
        name=_plain_name(name),
        width=picture.width,
        height=picture.height,
        caption=caption.strip()[:200],
        place_text=place_text.strip()[:200],
        taken_at=taken_at or picture.taken_at,
        received_at=at,
        received_by=by,
        client_id=client_id,
    )
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:
        # The same command arrived twice at one moment, and the other was quicker.
        return _same_arrival(Evidence.objects.get(client_id=client_id), by)
    return evidence


def _same_arrival(known: Evidence, by: Person) -> Evidence:
    if known.received_by_id != by.pk:
        raise Refused(_("这个编号已被别人的照片使用。"))
    return known


def _content(data: bytes | UploadedFile) -> bytes:
    size = len(data) if isinstance(data, bytes) else data.size or 0
    if size > MOST_BYTES:
        raise Refused(_("照片超过 %(most)d MB,请缩小后再上传。") % {"most": MOST_BYTES // 1024**2})
    content = data if isinstance(data, bytes) else data.read()
    if not content:
        raise Refused(_("文件是空的。"))
    return content


def _plain_name(name: str) -> str:
    """The name without folders and control signs, as it is offered when somebody saves the picture."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')[-200:].strip() or "照片"
