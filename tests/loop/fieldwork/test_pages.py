"""The pages of fieldwork as pages: the way through a round, the judge, who sees what, how many queries."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.factories import people
from tests.factories.fieldwork import Walked, ammonia, walk
from tests.factories.files import photo_bytes
from tests.factories.plans import duties, requirement, scene
from wolong.ground.people.states import Role
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.plans.actions import compile_month
from wolong.loop.plans.models import CheckItem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def test_a_round_from_today_to_the_desk() -> None:
    here = walk(ammonia(severity="B"), requirement("C", sentence="地面无积水。"))
    client, round_pk, place = signed_in(here.scene.inspector), here.round.pk, here.place.pk
    today = client.get(url("today")).content.decode()
    assert "继续 11 月巡查" in today
    assert url("round", round_pk) in today
    measured = here.item_of(next(i.requirement for i in here.items if i.requirement.method == "测量"))
    screen = client.get(url("item", round_pk, measured.pk)).content.decode()
    assert "卫生间空气中氨的浓度不应大于 0.3" in screen
    sent = {"client_id": str(uuid4()), "reading_0": "０.３８", "verdict": "fails", "remark": "排风口积尘"}
    answer = client.post(url("item", round_pk, measured.pk), sent)
    assert answer["Location"] == url("place", round_pk, place)
    page = client.get(url("place", round_pk, place)).content.decode()
    assert "其余符合（1 项）" in page
    assert client.post(url("place", round_pk, place), {"client_id": str(uuid4())}).status_code == 302
    done = client.post(
        url("submit", round_pk),
        {"client_id": str(uuid4()), "companion": "agrees", "companion_name": "王工", "companion_unit": "示例物业公司"},
    )
    visit = Visit.objects.get()
    assert done["Location"] == visit.get_absolute_url()
    desk = signed_in(here.scene.head).get(visit.get_absolute_url()).content.decode()
    assert all(words in desk for words in ("不符合", "0.38 mg/m³", "排风口积尘", "概查", "王工"))
    assert client.get(url("round", round_pk))["Location"] == visit.get_absolute_url()


def test_a_value_to_be_confirmed_says_so_on_the_phone_at_the_desk_and_on_paper() -> None:
    here = walk(ammonia(is_to_verify=True))
    client, item = signed_in(here.scene.inspector), here.items[0]
    for address in (url("place", here.round.pk, here.place.pk), url("item", here.round.pk, item.pk)):
        assert "待核" in client.get(address).content.decode(), address
    client.post(url("item", here.round.pk, item.pk), {"reading_0": "0.2"})
    assert "待核" in client.get(url("place", here.round.pk, here.place.pk)).content.decode()
    visit = here.submit()
    assert "待核" in signed_in(here.scene.head).get(visit.get_absolute_url()).content.decode()
    paper = signed_in(here.scene.head).get(url("record", here.round.pk))
    assert "待核" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()


def test_the_judge_answers_while_one_types() -> None:
    here = walk(ammonia())
    client, item = signed_in(here.scene.inspector), here.items[0]
    headers = {"HX-Request": "true", "HX-Trigger-Name": "reading_0"}
    part = client.get(url("judge", here.round.pk, item.pk), {"reading_0": "0.38", "verdict": ""}, headers=headers)
    text = part.content.decode()
    assert "超出 0.08" in text
    assert 'value="fails" checked' in text
    assert 'hx-swap-oob="true"' in text
    wrong = client.get(url("judge", here.round.pk, item.pk), {"reading_0": "0.3 kg"}, headers=headers)
    assert "换算" in wrong.content.decode()
    headers["HX-Trigger-Name"] = "verdict"
    asked = {"reading_0": "0.38", "verdict": "conforms", "part": "verdict"}
    overridden = client.get(url("judge", here.round.pk, item.pk), asked, headers=headers).content.decode()
    assert "改判理由" in overridden
    assert 'value="conforms" checked' in overridden


def test_without_script_the_reading_decides() -> None:
    here = walk(ammonia())
    signed_in(here.scene.inspector).post(url("item", here.round.pk, here.items[0].pk), {"reading_0": "0.2"})
    assert Observation.objects.get().verdict == "conforms"


def test_a_refusal_keeps_what_was_typed() -> None:
    here = walk(ammonia())
    answer = signed_in(here.scene.inspector).post(
        url("item", here.round.pk, here.items[0].pk), {"reading_0": "约0.3", "verdict": "conforms", "remark": "复测过"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "实测值：" in text
    assert "复测过" in text
    assert "约0.3" in text


def test_photographs_are_kept_added_and_dropped() -> None:
    here = walk(requirement(evidence=["照片"]))
    client, address = signed_in(here.scene.inspector), url("item", here.round.pk, here.items[0].pk)
    files = [SimpleUploadedFile(f"{n}.jpg", photo_bytes(), "image/jpeg") for n in range(2)]
    client.post(address, {"verdict": "conforms", "photos": files})
    seen = Observation.objects.get()
    first, _second = seen.evidence.all()
    client.post(address, {"verdict": "conforms", "keep": [first.pk]})
    assert list(seen.evidence.all()) == [first]
    thumb = client.get(reverse("files:evidence", args=[first.pk]) + "?size=thumb")
    assert thumb.status_code == 200


def test_where_photographs_are_forbidden_there_is_no_input_and_the_server_refuses() -> None:
    here = walk(requirement(evidence=["照片"]), is_no_photo=True)
    client, address = signed_in(here.scene.inspector), url("item", here.round.pk, here.items[0].pk)
    page = client.get(address).content.decode()
    assert 'name="photos"' not in page
    assert 'name="signed_name"' in page
    files = [SimpleUploadedFile("a.jpg", photo_bytes(), "image/jpeg")]
    answer = client.post(address, {"verdict": "conforms", "photos": files, "signed_name": "值班员"})
    assert answer.status_code == 422
    assert "禁止拍照" in answer.content.decode()
    assert not Observation.objects.exists()
    assert client.post(address, {"verdict": "conforms", "signed_name": "值班员"}).status_code == 302


def test_submitting_with_something_left_asks_for_the_reason() -> None:
    here = walk(requirement(), rooms=2)
    client = signed_in(here.scene.inspector)
    data = {"companion": "nobody", "companion_remark": "夜间突查"}
    answer = client.post(url("submit", here.round.pk), data)
    assert answer.status_code == 422
    assert "还有 2 项没有检查" in answer.content.decode()
    assert client.post(url("submit", here.round.pk), {**data, "rest_reason": "停电"}).status_code == 302
    again = client.post(url("submit", here.round.pk), data)
    assert again.status_code == 422
    assert "不能再改" in again.content.decode()


def test_a_round_that_has_not_begun_is_begun_from_the_phone() -> None:
    here = scene(rooms=1, inspectors=1)
    duties(here, requirement())
    found = compile_month(area=here.area, month=NOW.date().replace(day=1), by=here.head, at=NOW).rounds.get()
    client = signed_in(here.inspector)
    assert "到场，开始" in client.get(url("round", found.pk)).content.decode()
    assert client.get(url("place", found.pk, here.rooms[0].pk)).status_code == 302
    answer = client.post(url("round", found.pk))
    assert answer["Location"] == url("place", found.pk, here.rooms[0].pk)


PHONE = ("round", "place", "item", "judge", "submit")


def addresses(here: Walked) -> list[str]:
    item = here.items[0]
    args = {
        "place": [here.round.pk, here.place.pk],
        "item": [here.round.pk, item.pk],
        "judge": [here.round.pk, item.pk],
    }
    phone = [url(name, *args.get(name, [here.round.pk])) for name in PHONE]
    return [*phone, url("visit", here.visit.pk), url("record", here.round.pk)]


def test_a_company_and_another_centre_find_none_of_it() -> None:
    here = walk(requirement())
    manager = signed_in(people.person(Role.SUPPLIER_MANAGER, here.scene.company))
    stranger = signed_in(people.person(Role.SECTION_HEAD, people.centre("另一个中心")))
    for address in addresses(here):
        assert manager.get(address).status_code in (403, 404), address
        assert stranger.get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address
    for name in ("list", "today"):
        assert manager.get(url(name)).status_code == 403
    assert here.round.name not in stranger.get(url("list")).content.decode()


def test_a_head_reads_but_does_not_walk() -> None:
    here = walk(requirement())
    head = signed_in(here.scene.head)
    for address in addresses(here)[:5]:
        assert head.get(address).status_code == 403
        assert head.post(address).status_code in (403, 405)
    assert head.get(url("visit", here.visit.pk)).status_code == 200
    assert CheckItem.objects.get().state == "pending"


def test_the_form_is_printed_empty_and_filled() -> None:
    here = walk(requirement(sentence="地面无积水。"))
    client = signed_in(here.scene.inspector)
    client.post(url("item", here.round.pk, here.items[0].pk), {"verdict": "fails", "remark": "门口积水"})
    here.submit(at=NOW)
    answer = signed_in(here.scene.head).get(url("record", here.round.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert "XC-2026-WLS-0001" in answer["Content-Disposition"]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    text = text.replace(" ", "")
    assert all(words in text for words in ("巡查记录表", "地面无积水", "不符合", "门口积水", "王工"))


def test_the_list_and_the_phone_pages_take_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    here = walk(requirement(), requirement("A"), ammonia(), rooms=6)
    client = signed_in(here.scene.inspector)
    client.get(url("list"))
    for address, most in (
        (url("list"), 12),
        (url("round", here.round.pk), 12),
        (url("place", here.round.pk, here.place.pk), 12),
        (url("item", here.round.pk, here.items[0].pk), 12),
        (url("judge", here.round.pk, here.items[0].pk) + "?reading_0=1", 8),
        (url("visit", here.visit.pk), 16),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200, address


def test_a_label_a_code_or_a_name_leads_to_the_place_in_ones_own_round() -> None:
    here = walk(ammonia(severity="B"))
    client, place = signed_in(here.scene.inspector), here.place
    there = url("place", here.round.pk, place.pk)
    labels = (f"http://wolong.example{place.get_absolute_url()}", place.get_absolute_url(), place.code.lower())
    for said in labels:
        assert client.get(url("scan"), {"q": said})["Location"] == there, said
    assert client.get(url("scan"), {"q": place.full_name[:-1]})["Location"] == there
    for said in ("没有这一处", "/places/999999999999999999/", "'; --", "x" * 5000):
        answer = client.get(url("scan"), {"q": said})
        assert answer.status_code == 200, said
        assert there not in answer.content.decode(), said
    other = people.person(Role.INSPECTOR, here.scene.head.organization)
    assert "您的巡查里没有这一处" in signed_in(other).get(url("scan"), {"q": place.code}).content.decode()
    company = people.person(Role.SUPPLIER_MANAGER, people.company())
    assert signed_in(company).get(url("scan"), {"q": place.code}).status_code == 403
