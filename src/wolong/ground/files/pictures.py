"""Photographs: whether they are what they say, when they were taken, and the copies that are shown."""

import io
import warnings
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from wolong.ground.files.states import FORMATS, LONGEST_SIDE, MOST_PIXELS, Size
from wolong.ground.lifecycle import Refused

NOT_A_PHOTO = "这不是照片：只收 JPEG、PNG 或 WebP。"
# Pillow finds an MPO by opening it as the JPEG that it begins with.
OPENED = ("JPEG", "PNG", "WEBP")
QUALITY = {Size.VIEW: 86, Size.THUMB: 78}


@dataclass(frozen=True, slots=True)
class Picture:
    """What was found out about a photograph, and its copies as JPEG without any of the camera's notes."""

    media_type: str
    width: int
    height: int
    taken_at: datetime | None
    copies: dict[Size, bytes]


def look_at(data: bytes) -> Picture:
    """Read a photograph whole; refuses what is no picture, is cut off, or would unpack to more than the memory holds."""
    try:
        with warnings.catch_warnings():
            # Pillow's own limit is lower than ours and only warns; ours is checked before a pixel is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=OPENED) as image:
                return _look(image)
    except Image.DecompressionBombError:
        raise Refused(_too_many_pixels()) from None
    except UnidentifiedImageError:
        raise Refused(_(NOT_A_PHOTO)) from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Refused(_("照片不完整或已损坏，请重新拍摄或上传。")) from None


def _too_many_pixels() -> str:
    return _("照片的像素太多 (超过 %(most)d 万),请缩小后再上传。") % {"most": MOST_PIXELS // 10_000}


def _look(image: Image.Image) -> Picture:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused(_too_many_pixels())
    exif = image.getexif()
    media_type, taken_at = FORMATS[str(image.format)], _taken_at(exif)
    if exif.get(ExifTags.Base.Orientation, 1) in {5, 6, 7, 8}:
        width, height = height, width
    # A JPEG is unpacked no larger than it will be shown: a quarter of the memory for a telephone's picture.
    image.draft("RGB", (LONGEST_SIDE[Size.VIEW],) * 2)
    shown = _flat(ImageOps.exif_transpose(image))
    copies = {}
    for size in (Size.VIEW, Size.THUMB):
        shown.thumbnail((LONGEST_SIDE[size],) * 2)
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=QUALITY[size], exif=b"", icc_profile=None)
        copies[size] = out.getvalue()
    return Picture(media_type, width, height, taken_at, copies)


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency: what is clear becomes white, as on paper."""
    if image.mode in {"RGBA", "LA", "P", "PA"}:
        clear = image.convert("RGBA")
        flat = Image.new("RGB", clear.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
        return flat
    return image.convert("RGB")


def _taken_at(exif: Image.Exif) -> datetime | None:
    """When the camera says the picture was taken, by the clock of the place; nothing where it is unreadable."""
    text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        return timezone.make_aware(datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except (ValueError, OverflowError):
        return None
