"""The trail is read by auditors, administrators and leaders; it can be printed, taken away and recomputed."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.ledger import EntryFactory
from tests.factories.people import centre, company, person
from wolong.ground.ledger.models import Verification
from wolong.ground.people.states import Role

pytestmark = pytest.mark.django_db
PAGES = ["list", "entries", "verify", "head_text"]


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(person(Role.AUDITOR, centre()))
    return client


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_it(client: Client, name: str) -> None:
    address = reverse(f"ledger:{name}")
    assert client.get(address).status_code == 302
    for role, unit, status in (
        (Role.SUPPLIER_MANAGER, company(), 403),
        (Role.INSPECTOR, centre(), 403),
        (Role.AUDITOR, centre(), 200),
        (Role.LEADER, centre(), 200),
    ):
        client.force_login(person(role, unit))
        assert client.get(address).status_code == status


def test_the_head_page_says_what_is_open(auditor: Client) -> None:
    EntryFactory()
    page = auditor.get(reverse("ledger:list")).content.decode()
    assert "1 条留痕等待封存" in page
    assert "还没有核验过" in page
    answer = auditor.post(reverse("ledger:verify"), {"old_head": ""})
    assert answer["Location"] == reverse("ledger:list")
    assert "留痕完好" in auditor.get(reverse("ledger:list")).content.decode()


def test_an_old_head_that_is_not_on_the_chain_is_said_on_the_page(auditor: Client) -> None:
    auditor.post(reverse("ledger:verify"), {"old_head": "AB" * 32})
    assert not Verification.objects.get().is_ok
    assert "整体改写" in auditor.get(reverse("ledger:list")).content.decode()


def test_nonsense_is_no_head(auditor: Client) -> None:
    assert auditor.post(reverse("ledger:verify"), {"old_head": "x"}).status_code == 422


def test_entries_are_found_by_person_thing_and_day(auditor: Client) -> None:
    EntryFactory(sentence="签发", actor_name="李主管", subject_kind="rectification.order", subject_id=7)
    EntryFactory(sentence="复查", actor_name="周工", subject_kind="rectification.order", subject_id=8)
    address = reverse("ledger:entries")

    def shown(**query) -> tuple[bool, bool]:
        page = auditor.get(address, query).content.decode()
        return "签发" in page, "复查" in page

    assert shown() == (True, True)
    assert shown(actor="李") == (True, False)
    assert shown(subject_id="8") == (False, True)
    assert shown(subject="standard") == (False, False)
    assert shown(day_after="2999-01-01") == (False, False)
    assert shown(subject_id="9" * 40) == (False, False)
    sheet = auditor.get(address, {"export": "xlsx"})
    assert sheet.status_code == 200
    sheet.close()


def test_the_text_is_a_download(auditor: Client) -> None:
    answer = auditor.get(reverse("ledger:head_text"))
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.decode().splitlines()[-1].startswith("sha256 ")
