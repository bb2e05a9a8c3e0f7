"""A person's calendar, read back as a calendar reads it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from tests.factories import people, rectification
from tests.factories.findings import World, at, world
from wolong.ground.people.actions import deactivate_person
from wolong.ground.people.models import Person
from wolong.loop.plans.models import Round
from wolong.loop.plans.states import RoundKind, RoundState
from wolong.loop.subscriptions import actions
from wolong.loop.subscriptions.models import CalendarAddress

pytestmark = pytest.mark.django_db
NAME = '3号楼；大厅,卫生间\\配电室 与一个长得要折好几行的名称，里面还有逗号, 分号; 和引号"——共四十八处'


@pytest.fixture(autouse=True)
def one_day() -> Any:
    with time_machine.travel(at("2026-11-16", 9, 0), tick=False):
        yield


def round_of(here: World, inspector: Person, number: str = "XC-2026-WLS-0001", **more: Any) -> Round:
    given = {
        "kind": RoundKind.MONTHLY, "name": "3号楼月度巡查", "starts_on": date(2026, 11, 17), "due_on": date(2026, 11, 19),
    }  # fmt: skip
    return Round.objects.create(plan=here.plan, area=here.area, inspector=inspector, number=number, **{**given, **more})


def subscribe(person: Person) -> str:
    return f"/subscriptions/calendar/{actions.make_calendar_address(person=person, at=at('2026-11-16'))}.ics"


def events_of(address: str) -> dict[str, Any]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_round_stands_on_its_days_with_its_name_kind_area_and_page() -> None:
    here = world()
    found = round_of(here, here.third)
    (event,) = events_of(subscribe(here.third)).values()
    assert event.decoded("dtstart") == date(2026, 11, 17)
    assert event.decoded("dtend") == date(2026, 11, 20)  # the first day that no longer belongs to it
    assert str(event["summary"]) == "月度巡查：3号楼月度巡查"
    assert str(event["location"]) == here.area.name
    assert str(event["url"]) == f"http://testserver{found.get_absolute_url()}"
    assert str(event["uid"]) == "round-XC-2026-WLS-0001@wolong"
    assert str(event["status"]) == "CONFIRMED"


def test_signs_are_escaped_and_long_lines_folded() -> None:
    here = world()
    round_of(here, here.third, name=NAME)
    address = subscribe(here.third)
    (event,) = events_of(address).values()
    assert str(event["summary"]) == f"月度巡查：{NAME}"
    raw = Client().get(address).content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"X-WR-TIMEZONE:Asia/Shanghai" in raw


def test_names_stay_and_a_cancelled_round_says_so() -> None:
    here = world()
    found = round_of(here, here.third)
    address = subscribe(here.third)
    before = set(events_of(address))
    found.state, found.due_on = RoundState.CANCELLED, date(2026, 11, 25)
    found.save()
    after = events_of(address)
    assert set(after) == before
    assert str(after[before.pop()]["status"]) == "CANCELLED"


def test_only_ones_own_rounds_and_none_long_past() -> None:
    here = world()
    round_of(here, here.finder, "XC-1")
    round_of(here, here.third, "XC-2", starts_on=date(2026, 8, 1), due_on=date(2026, 8, 5))
    round_of(here, here.third, "XC-3")
    assert set(events_of(subscribe(here.third))) == {"round-XC-3@wolong"}


def orders_of(person: Person) -> dict[str, Any]:
    return {uid: event for uid, event in events_of(subscribe(person)).items() if uid.startswith("order-")}


def test_an_order_stands_with_whom_it_waits_for_on_its_last_day() -> None:
    here = world()
    order = rectification.issued(here)
    uid = f"order-{order.number}@wolong"
    event = orders_of(here.manager)[uid]
    assert (event.decoded("dtstart"), str(event["summary"])) == (order.due_on, f"整改：{order.finding.title}")
    assert event.decoded("dtend") == order.due_on + timedelta(days=1)
    assert orders_of(here.third) == {}
    rectification.answer(here, order)
    assert orders_of(here.manager) == {}
    assert str(orders_of(here.third)[uid]["summary"]).startswith("复查：")
    assert orders_of(here.finder) == {}  # who found it never verifies it


def test_another_company_sees_no_order() -> None:
    here, other = world(), world("XYZ", name="另一办公区")
    rectification.issued(here)
    assert events_of(subscribe(other.manager)) == {}


def test_the_address_of_somebody_who_left_is_dead() -> None:
    here = world()
    round_of(here, here.third)
    address = subscribe(here.third)
    deactivate_person(person=here.third, by=None, at=at("2026-11-16"))
    assert Client().get(address).status_code == 404


def test_a_renewed_or_closed_address_is_dead_and_a_strange_one_never_lived() -> None:
    here = world()
    first = subscribe(here.third)
    second = subscribe(here.third)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    actions.switch_off_calendar(person=here.third, at=at("2026-11-16"))
    assert Client().get(second).status_code == 404
    assert Client().get("/subscriptions/calendar/x.ics").status_code == 404
    assert Client().post(second).status_code == 405
    actions.switch_off_calendar(person=here.third, at=at("2026-11-16"))  # a second time changes nothing


def test_one_gets_the_address_on_ones_own_page_and_sees_it_once() -> None:
    somebody = people.person("inspector", people.section())
    client = Client()
    client.force_login(somebody)
    assert "没有订阅地址" in client.get("/people/me/").content.decode()
    page = client.post("/subscriptions/calendar/make/").content.decode()
    address = page.split('id="shown-once">')[1].split("<")[0]
    assert address.startswith("http://testserver/subscriptions/calendar/")
    assert Client().get(address).status_code == 200
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    mine = client.get("/people/me/").content.decode()
    assert token not in mine
    assert "换新地址" in mine
    assert not CalendarAddress.objects.filter(digest__contains=token[:10]).exists()
    assert client.post("/subscriptions/calendar/off/").status_code == 302
    assert Client().get(address).status_code == 404
