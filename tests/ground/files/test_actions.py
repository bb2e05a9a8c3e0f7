"""Evidence is kept once, exactly as received, and only when it is a photograph."""

import io
import struct
import zlib
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import ExifTags, Image

from tests.factories.files import photo, photo_bytes
from tests.factories.people import PersonFactory
from wolong.ground.files import shelf
from wolong.ground.files.actions import keep_evidence
from wolong.ground.files.models import Evidence
from wolong.ground.files.queries import bytes_of, damaged_among, same_bytes
from wolong.ground.files.shelf import Damaged
from wolong.ground.files.states import MOST_PIXELS, Size
from wolong.ground.lifecycle import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def _keep(data, name="现场 1.jpg", **more):
    return keep_evidence(data=data, name=name, by=PersonFactory(), at=timezone.now(), **more)


def _with_gps(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:20 09:15:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (28.0, 41.0, 0.0)
    return photo_bytes((80, 40), exif=exif)


def test_the_bytes_lie_on_disk_under_their_hash() -> None:
    data = photo_bytes()
    evidence = _keep(data)
    assert evidence.sha256 == shelf.digest(data)
    assert shelf.place_of(evidence.sha256).read_bytes() == data
    assert (evidence.width, evidence.height, evidence.media_type) == (64, 48, "image/jpeg")
    assert [path.name for path in shelf.place_of(evidence.sha256).parent.iterdir()] == [evidence.sha256]


def test_an_upload_is_kept_like_bytes() -> None:
    data = photo_bytes(kind="PNG")
    evidence = _keep(SimpleUploadedFile("a.png", data, "text/html"))
    assert evidence.media_type == "image/png"
    assert shelf.take(evidence.sha256) == data


def test_the_camera_s_position_and_time_are_kept_but_never_shown() -> None:
    evidence = _keep(_with_gps())
    assert evidence.taken_at == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
    assert (evidence.width, evidence.height) == (40, 80)
    for size in Size:
        with Image.open(io.BytesIO(bytes_of(evidence, size))) as shown:
            assert not shown.getexif()
            assert "exif" not in shown.info
            assert shown.height > shown.width


def test_a_time_that_the_camera_made_up_is_left_out() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = "0000:00:00 99:99:99"
    assert _keep(photo_bytes(exif=exif)).taken_at is None


def test_a_wide_picture_is_shown_smaller() -> None:
    evidence = _keep(photo_bytes((4000, 100)))
    with Image.open(io.BytesIO(bytes_of(evidence, Size.VIEW))) as view:
        assert view.size == (2560, 64)
    with Image.open(io.BytesIO(bytes_of(evidence, Size.THUMB))) as thumb:
        assert thumb.size == (360, 9)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_clear_becomes_white(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, kind)
    with Image.open(io.BytesIO(bytes_of(_keep(out.getvalue()), Size.VIEW))) as view:
        assert min(view.getpixel((10, 10))) > 250


def _bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def _just_too_many_pixels() -> bytes:
    out = io.BytesIO()
    Image.new("1", (MOST_PIXELS // 1000 + 1, 1000)).save(out, "PNG")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
SVG_SCRIPT = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "nothing": (b"", "空"),
    "text": ("这不是照片".encode(), "不是照片"),
    "html that says it is a picture": (b"<html><script>alert(1)</script>", "不是照片"),
    "svg": (SVG, "不是照片"),
    "svg with script": (SVG_SCRIPT, "不是照片"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "不是照片"),
    "gif": (photo_bytes(kind="GIF"), "不是照片"),
    "50 MB": (b"\xff\xd8\xff" + b"0" * (50 * 1024 * 1024), "20 MB"),
    "a bomb": (_bomb(), "像素"),
    "too many pixels": (_just_too_many_pixels(), "像素"),
    "a truncated jpeg": (photo_bytes((800, 600))[:2000], "不完整"),
    "a truncated png": (photo_bytes((300, 300), "PNG")[:-30], "不完整"),
    "only a head": (b"\xff\xd8\xff\xe0", "不是照片"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_whole_photograph_is_refused_and_nothing_is_kept(name: str, settings) -> None:
    data, words = BAD[name]
    with pytest.raises(Refused, match=words):
        _keep(data)
    assert not Evidence.objects.exists()
    assert not settings.FILES_ROOT.exists()


def test_a_big_upload_is_refused_before_it_is_read() -> None:
    class Unread(SimpleUploadedFile):
        def read(self, *_: object) -> bytes:
            pytest.fail("it was read")

    upload = Unread("a.jpg", b"x")
    upload.size = 50 * 1024 * 1024
    with pytest.raises(Refused, match="20 MB"):
        _keep(upload)


def test_a_second_arrival_gives_the_first_answer() -> None:
    by, client_id = PersonFactory(), uuid4()
    first = photo(by, client_id=client_id)
    assert photo(by, client_id=client_id) == first
    assert Evidence.objects.count() == 1


def test_the_number_of_another_s_photograph_is_refused() -> None:
    client_id = uuid4()
    photo(client_id=client_id)
    with pytest.raises(Refused, match="编号"):
        photo(client_id=client_id)


def test_one_photograph_used_twice_is_found() -> None:
    data = photo_bytes()
    first, second = _keep(data), _keep(data)
    _keep(photo_bytes())
    assert list(same_bytes(first)) == [second]


def test_a_damaged_file_is_found_on_reading() -> None:
    evidence = _keep(photo_bytes())
    place = shelf.place_of(evidence.sha256)
    place.chmod(0o640)
    place.write_bytes(photo_bytes())
    assert damaged_among(Evidence.objects.all()) == [evidence]
    with pytest.raises(Damaged):
        shelf.take(evidence.sha256)
    shelf.place_of(evidence.view_sha256).unlink()
    with pytest.raises(Damaged):
        bytes_of(evidence, Size.VIEW)


def test_a_lost_copy_is_made_anew() -> None:
    evidence = _keep(photo_bytes())
    before = bytes_of(evidence, Size.THUMB)
    shelf.place_of(evidence.thumb_sha256).unlink()
    assert bytes_of(evidence, Size.THUMB) == before


def test_keeping_the_same_bytes_again_mends_a_damaged_file() -> None:
    data = photo_bytes()
    evidence = _keep(data)
    shelf.place_of(evidence.sha256).unlink()
    _keep(data)
    assert shelf.take(evidence.sha256) == data


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\照片\\现场.jpg", "现场.jpg"), ('a"\r\n<b>.jpg', "ab.jpg"), ("", "照片")],
)
def test_a_name_is_made_harmless(given: str, kept: str) -> None:
    assert _keep(photo_bytes(), given).name == kept
