"""Drawn pictures that stand for photographs: nobody and nothing real is shown."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 840
SAVED = (800, 560)
FONT = files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
Colour = tuple[int, int, int]
INK: Colour = (40, 44, 50)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # Index 2 of the collection is the simplified Chinese face.
    return ImageFont.truetype(str(FONT), size, index=2)


def _stamped(picture: Image.Image, stamp: str) -> bytes:
    """The watermark (time, place, person) burnt in below, as the field app will do it; JPEG bytes."""
    width, height = SAVED
    stamped = picture.copy()
    pen = ImageDraw.Draw(stamped)
    pen.rectangle((0, height - 37, width, height), fill=(50, 52, 56))
    pen.text((16, height - 31), stamp, font=_font(19), fill=(255, 255, 255))
    out = BytesIO()
    stamped.save(out, "JPEG", quality=80)
    return out.getvalue()


def _saved(picture: Image.Image) -> Image.Image:
    return picture.resize(SAVED, Image.Resampling.BOX)


def washroom(*, is_clean: bool, stamp: str) -> bytes:
    """A washroom with its exhaust vent: blocked and wet, or clean and dry."""
    return _stamped(_washroom(is_clean), stamp)


@cache
def _washroom(is_clean: bool) -> Image.Image:
    wall: Colour = (220, 230, 228) if is_clean else (206, 208, 200)
    door: Colour = (174, 196, 212) if is_clean else (150, 160, 168)
    picture = Image.new("RGB", (WIDTH, HEIGHT), wall)
    pen = ImageDraw.Draw(picture)
    for x in range(0, WIDTH, 60):
        pen.line((x, 0, x, 690), fill=tuple(c - 8 for c in wall))
    for y in range(150, 690, 60):
        pen.line((0, y, WIDTH, y), fill=tuple(c - 8 for c in wall))
    pen.rectangle((0, 0, WIDTH, 120), fill=tuple(c - 18 for c in wall))
    pen.rectangle((450, 10, 750, 130), fill=(200, 206, 210) if is_clean else (120, 108, 92))
    for n in range(4):
        pen.line((475, 34 + 24 * n, 725, 34 + 24 * n), fill=(150, 156, 160) if is_clean else (80, 70, 58), width=8)
    if not is_clean:
        for x, y in ((500, 50), (560, 90), (610, 44), (660, 96), (700, 60), (540, 66)):
            pen.ellipse((x - 18, y - 14, x + 18, y + 14), fill=(72, 62, 50))
    for left in (90, 350):
        pen.rectangle((left, 240, left + 220, 680), fill=door, outline=tuple(c - 30 for c in door), width=3)
        pen.ellipse((left + 180, 450, left + 200, 470), fill=tuple(c - 60 for c in door))
    pen.rectangle((780, 250, 1050, 410), fill=(232, 238, 244), outline=(180, 186, 190), width=3)
    pen.rectangle((770, 520, 1060, 545), fill=(244, 246, 246))
    pen.polygon([(800, 545), (1030, 545), (990, 640), (840, 640)], fill=(236, 240, 240))
    pen.rectangle((0, 690, WIDTH, HEIGHT), fill=(176, 182, 184) if is_clean else (138, 138, 134))
    if is_clean:
        pen.polygon([(380, 720), (520, 720), (440, 780), (300, 780)], fill=(198, 204, 206))
    else:
        pen.ellipse((560, 710, 980, 780), fill=(112, 112, 108))
    return _saved(picture)


def landing_door(*, is_clean: bool, stamp: str) -> bytes:
    """A lift's landing door lock beside a rule: too little engagement, or enough."""
    return _stamped(_landing_door(is_clean), stamp)


@cache
def _landing_door(is_clean: bool) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (212, 214, 214))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 560, 780), fill=(186, 192, 196))
    pen.rectangle((640, 0, WIDTH, 780), fill=(186, 192, 196))
    pen.rectangle((120, 300, 620, 420), fill=(120, 126, 132), outline=INK, width=4)
    overlap = 150 if is_clean else 70
    pen.polygon([(620, 330), (620 + overlap, 330), (620 + overlap, 400), (620, 420)], fill=(92, 98, 106))
    pen.rectangle((690, 260, 1000, 460), fill=(140, 146, 152), outline=INK, width=4)
    pen.rectangle((560, 500, 1000, 590), fill=(246, 236, 190), outline=INK, width=3)
    for n in range(41):
        pen.line((580 + 10 * n, 500, 580 + 10 * n, 524 if n % 5 else 540), fill=INK, width=2)
    pen.text((600, 545), "0 mm", font=_font(26), fill=INK)
    pen.text((880, 545), "20 mm", font=_font(26), fill=INK)
    return _saved(picture)


def corridor(*, is_clean: bool, stamp: str) -> bytes:
    """A corridor or a hall: dirt on the floor and a lamp out, or neither."""
    return _stamped(_corridor(is_clean), stamp)


@cache
def _corridor(is_clean: bool) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (232, 232, 226))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, HEIGHT), (430, 420), (770, 420), (WIDTH, HEIGHT)], fill=(190, 192, 190))
    pen.polygon([(0, 0), (430, 260), (770, 260), (WIDTH, 0)], fill=(244, 244, 240))
    pen.rectangle((430, 260, 770, 420), fill=(206, 210, 212))
    for n in range(3):
        lit = is_clean or n != 1
        pen.ellipse(
            (560 - 30 * n, 200 - 80 * n, 640 + 30 * n, 220 - 74 * n), fill=(255, 250, 214) if lit else (150, 150, 146)
        )
    for x in (110, 930):
        pen.polygon([(x, 210), (x + 130, 250), (x + 130, 560), (x, 640)], fill=(162, 142, 120))
    if not is_clean:
        for x, y, r in ((360, 640, 40), (700, 560, 26), (520, 700, 54), (820, 690, 34)):
            pen.ellipse((x - r, y - r // 3, x + r, y + r // 3), fill=(140, 132, 120))
    return _saved(picture)
