"""A photograph opens to its sender and to whom a room shows it; to others it is not there."""

import io

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.factories.files import photo
from tests.factories.people import administrator, company, person
from wolong.ground.files import access, shelf
from wolong.ground.people.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def sender():
    return person(Role.SUPPLIER_MANAGER, company())


def _signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_its_sender_opens_it_in_two_sizes(sender) -> None:
    evidence = photo(sender, name="现场 1.png")
    client = _signed_in(sender)
    for address in (evidence.get_absolute_url(), evidence.get_absolute_url() + "?size=thumb"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "private" in answer["Cache-Control"]
        Image.open(io.BytesIO(answer.content)).verify()
    assert client.get(evidence.get_absolute_url() + "?save=1")["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.jpg"
    )
    assert client.get(evidence.get_absolute_url() + "?size=original").status_code == 404


def test_another_company_gets_404_as_for_a_number_that_does_not_exist(sender) -> None:
    evidence = photo(sender)
    other = _signed_in(person(Role.SUPPLIER_MANAGER, company("示例电梯公司")))
    assert other.get(evidence.get_absolute_url()).status_code == 404
    assert other.get(reverse("files:evidence", args=[10**9])).status_code == 404
    assert Client().get(evidence.get_absolute_url()).status_code == 302
    assert _signed_in(administrator()).get(evidence.get_absolute_url()).status_code == 404


def test_a_room_shows_it_to_whom_it_concerns(sender, monkeypatch) -> None:
    monkeypatch.setattr(access, "_viewers", [])
    evidence, hidden = photo(sender, caption="订单 1"), photo(sender)
    access.register_viewer(lambda scope: Q(caption="订单 1") if scope.has(Role.INSPECTOR) else Q(pk__in=()))
    inspector = _signed_in(person(Role.INSPECTOR))
    assert inspector.get(evidence.get_absolute_url()).status_code == 200
    assert inspector.get(hidden.get_absolute_url()).status_code == 404
    assert _signed_in(person(Role.STAFF)).get(evidence.get_absolute_url()).status_code == 404


def test_a_damaged_photograph_says_so(sender) -> None:
    evidence = photo(sender)
    for digest in (evidence.sha256, evidence.view_sha256):
        place = shelf.place_of(digest)
        place.chmod(0o640)
        place.write_bytes(b"x")
    answer = _signed_in(sender).get(evidence.get_absolute_url())
    assert answer.status_code == 409
    assert "校验值不符" in answer.content.decode()
