"""The calendar changes only with a trace, and everybody who keeps deadlines hears of it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import administrator, centre, company, person
from tests.factories.workdays import CalendarYearFactory, SpecialDayFactory, official
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.states import Role
from wolong.ground.workdays.actions import announce_year, remove_day, seed_calendar, set_day
from wolong.ground.workdays.models import CalendarYear, SpecialDay
from wolong.ground.workdays.official import official_years
from wolong.ground.workdays.queries import calendar
from wolong.ground.workdays.rules import Day
from wolong.ground.workdays.signals import calendar_changed

pytestmark = pytest.mark.django_db
HOLIDAY = date(2030, 10, 1)  # a Tuesday
SATURDAY = date(2030, 10, 5)


@pytest.fixture
def news():
    heard = []

    def listen(**what) -> None:
        heard.append((what["first"], what["last"], calendar().is_workday(what["first"])))

    calendar_changed.connect(listen)
    yield heard
    calendar_changed.disconnect(listen)


def _announce(days, year: int = 2030, source: str = "国办发明电〔2029〕1号", by=None):
    return announce_year(year=year, days=days, source=source, by=by, at=timezone.now())


def test_a_year_is_announced_once(news) -> None:
    SpecialDayFactory(day=date(2030, 10, 2))
    _announce([Day(HOLIDAY, False, "国庆节"), Day(SATURDAY, True, "调休上班")])
    assert news == [(date(2030, 1, 1), date(2030, 12, 31), True)]
    assert dict(SpecialDay.objects.values_list("day", "is_workday")) == {HOLIDAY: False, SATURDAY: True}
    assert Entry.objects.get(verb="announce_year").payload["days"][0] == ["2030-10-01", False, "国庆节"]
    with pytest.raises(Refused, match="已经录入"):
        _announce([])


@pytest.mark.parametrize(
    ("days", "source", "words"),
    [
        ([Day(date(2031, 1, 1), False, "元旦")], "通知", "不在 2030 年"),
        ([Day(SATURDAY, False, "周六")], "通知", "本来就是休息日"),
        ([Day(HOLIDAY, True, "周二")], "通知", "本来就是工作日"),
        ([Day(HOLIDAY, False, " ")], "通知", "写明"),
        ([Day(HOLIDAY, False, "国庆节")], " ", "依据"),
    ],
)
def test_what_cannot_be_is_refused_as_a_whole(days, source: str, words: str, news) -> None:
    with pytest.raises(Refused, match=words):
        _announce(days, source=source)
    assert not SpecialDay.objects.exists()
    assert not CalendarYear.objects.exists()
    assert news == []


def test_a_day_is_set_and_corrected(news) -> None:
    admin = administrator()
    set_day(day=HOLIDAY, is_workday=False, name="国庆", by=admin, at=timezone.now())
    assert news == [(HOLIDAY, HOLIDAY, False)]
    set_day(day=HOLIDAY, is_workday=False, name="国庆节", by=admin, at=timezone.now())
    assert SpecialDay.objects.get().name == "国庆节"
    assert Entry.objects.filter(verb="set_day").last().payload["before"] == [False, "国庆"]


def test_a_deleted_holiday_is_announced_and_kept_in_the_trail(news) -> None:
    special = SpecialDayFactory(day=HOLIDAY, name="国庆节")
    remove_day(special=special, by=None, at=timezone.now())
    assert news == [(HOLIDAY, HOLIDAY, True)]
    assert Entry.objects.get(verb="remove_day").payload == {"day": "2030-10-01", "is_workday": False, "name": "国庆节"}
    special.pk = 1
    with pytest.raises(Refused, match="已经不是"):
        remove_day(special=special, by=None, at=timezone.now())


def test_where_a_deadline_cannot_be_recomputed_nothing_happens() -> None:
    special = SpecialDayFactory(day=HOLIDAY)

    def fail(**_) -> None:
        raise Refused("期限算不出来")

    calendar_changed.connect(fail)
    try:
        with pytest.raises(Refused, match="算不出来"):
            remove_day(special=special, by=None, at=timezone.now())
    finally:
        calendar_changed.disconnect(fail)
    assert SpecialDay.objects.filter(pk=special.pk).exists()
    assert not Entry.objects.exists()


def test_a_past_holiday_stays() -> None:
    special = SpecialDayFactory(day=date(2026, 10, 1))
    with pytest.raises(Refused, match="已经过去"):
        remove_day(special=special, by=None, at=timezone.now())


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.CENTRE_HEAD])
def test_only_the_administrator_changes_it(role: str) -> None:
    other = person(role)
    with pytest.raises(Refused, match="系统管理员"):
        _announce([], by=other)
    with pytest.raises(Refused, match="系统管理员"):
        set_day(day=HOLIDAY, is_workday=False, name="国庆节", by=other, at=timezone.now())
    with pytest.raises(Refused, match="系统管理员"):
        remove_day(special=SpecialDayFactory(day=HOLIDAY), by=other, at=timezone.now())


def test_seeding_leaves_what_was_entered_and_runs_twice_without_harm() -> None:
    CalendarYearFactory(year=2026)
    assert seed_calendar(at=timezone.now()) == [year for year in official_years() if year != 2026]
    assert not SpecialDay.objects.filter(day__year=2026).exists()
    assert seed_calendar(at=timezone.now()) == []


# Pages


@pytest.mark.parametrize("name", ["list", "year", "announce", "set_day", "remove_day"])
def test_who_opens_which_page(client: Client, name: str) -> None:
    args = {"year": [2026], "announce": [2027], "remove_day": [SpecialDayFactory(day=HOLIDAY).pk]}.get(name, [])
    address = reverse(f"workdays:{name}", args=args)
    for who, status in (
        (None, 302),
        (person(Role.SUPPLIER_MANAGER, company()), 403),
        (person(Role.INSPECTOR, centre()), {"list": 302, "year": 200}.get(name, 403)),
        (administrator(), 302 if name == "list" else 200),
    ):
        if who is not None:
            client.force_login(who)
        assert client.get(address).status_code == status


def test_the_administrator_enters_a_year_and_changes_days(client: Client) -> None:
    client.force_login(administrator())
    official(2026)
    assert "尚未公布" not in client.get(reverse("workdays:year", args=[2026])).content.decode()
    assert "2027 年历尚未公布" in client.get(reverse("workdays:year", args=[2027])).content.decode()
    announce = reverse("workdays:announce", args=[2027])
    answer = client.post(announce, {"source": "通知", "days": "2027-01-01 放假 元旦\n明天 放假"})
    assert answer.status_code == 422
    assert "看不懂这一行：明天 放假" in answer.content.decode()
    answer = client.post(announce, {"source": "通知", "days": "2027-01-01 放假 元旦"})
    assert answer["Location"] == reverse("workdays:year", args=[2027])
    assert "元旦" in client.get(answer["Location"]).content.decode()
    client.post(reverse("workdays:set_day"), {"day": "2027-01-02", "is_workday": "work", "name": "调休上班"})
    made = SpecialDay.objects.get(day=date(2027, 1, 2))
    assert made.is_workday
    client.post(reverse("workdays:remove_day", args=[made.pk]))
    assert not SpecialDay.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("year", [1, 1999, 9999, 10**8])
def test_a_year_out_of_reach_is_not_there(client: Client, year: int) -> None:
    client.force_login(administrator())
    assert client.get(reverse("workdays:year", args=[year])).status_code == 404
