"""What may be kept, and how big it may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Size(TextChoices):
    """The two pictures that are shown of a photograph; the bytes as received are kept and never sent."""

    VIEW = "view", _("大图")
    THUMB = "thumb", _("缩略图")


MOST_BYTES = 20 * 1024 * 1024
# Above any telephone's camera of today (48 megapixels), far below what would fill the memory.
MOST_PIXELS = 64_000_000
LONGEST_SIDE = {Size.VIEW: 2560, Size.THUMB: 360}
# What Pillow calls it, and what it is sent as. MPO is what some telephones write: a JPEG with a second picture behind.
FORMATS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
