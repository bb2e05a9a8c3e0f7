"""偏离: asked for with a measure, decided by somebody else, held until its day; visible, and never a way around grave clauses."""

import re
import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import people
from tests.factories.findings import LONG_AGO, World, ammonia, at, tidy, world
from wolong.ground.inbox.models import Message
from wolong.ground.lifecycle import Refused
from wolong.ground.people.states import Role
from wolong.loop.appraisal.models import Scheme
from wolong.loop.appraisal.queries.inputs import Scored, inputs_of
from wolong.loop.appraisal.rules.scheme import PROPERTY, as_json
from wolong.loop.appraisal.rules.scoring import score
from wolong.loop.duties import actions
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.queries import deviation_at, deviations_ending
from wolong.loop.duties.rules.deviating import last_day_allowed, why_not, why_not_until
from wolong.loop.duties.states import DeviationState
from wolong.loop.findings.states import Stage
from wolong.norms.standards.models import Proposal
from wolong.norms.standards.states import ProposalSource

TODAY = at("2026-11-16")
UNTIL = date(2026, 12, 31)


def ask(here: World, duty: Duty, **more: object) -> Deviation:
    given = {"reason": "配件在途", "measure": "每 2 小时人工巡查", "until": UNTIL, "by": here.manager, "at": TODAY}
    return actions.ask_deviation(duty=duty, **{**given, **more})  # type: ignore[arg-type]


def held(here: World, duty: Duty, **more: object) -> Deviation:
    deviation = ask(here, duty, **more)
    return actions.decide_deviation(deviation=deviation, is_approved=True, by=here.centre_head, at=TODAY)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_a_deviation_lasts_a_year_at_most(today: date) -> None:
    last = last_day_allowed(today)
    assert not why_not_until(last, today=today)
    assert why_not_until(last + timedelta(days=1), today=today)
    assert why_not_until(today, today=today)


@pytest.mark.parametrize(
    ("severity", "nature", "is_barred"),
    [("A", "推荐", True), ("B", "推荐", False), ("C", "", False), ("", "推荐", False), ("C", "强制", True)],
)
def test_grave_and_mandatory_requirements_cannot_be_departed_from(severity: str, nature: str, is_barred: bool) -> None:
    assert bool(why_not(severity=severity, nature=nature)) == is_barred


@pytest.mark.django_db
def test_within_a_deviation_a_failure_is_noted_without_order_or_points() -> None:
    here = world()
    duty = here.duty()
    deviation = held(here, duty)
    finding = here.finding(duty, when=TODAY)
    assert (finding.deviation, finding.severity, finding.stage, finding.points) == (
        deviation,
        "O",
        Stage.NOTED,
        Decimal(0),
    )
    assert {message.recipient for message in Message.objects.filter(key=f"deviation-{deviation.pk}-decided")} == {
        here.manager
    }


@pytest.mark.django_db
def test_what_was_found_within_a_deviation_is_one_filter_of_the_findings() -> None:
    here = world()
    duty = here.duty()
    counted = here.finding(here.duty())
    held(here, duty)
    noted = here.finding(duty)
    client = Client()
    client.force_login(here.centre_head, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/findings/?tab=all&departed=yes").content.decode()
    assert noted.get_absolute_url() in page
    assert counted.get_absolute_url() not in page
    assert "<span>偏离</span>有偏离" in page


@pytest.mark.django_db
def test_the_clause_counts_again_after_its_day_at_other_objects_and_for_other_doers() -> None:
    here = world()
    duty = here.duty()
    held(here, duty)
    after = here.finding(duty, when=at("2027-01-01"))
    assert (after.deviation, after.severity, after.points) == (None, "B", Decimal(2))
    assert after.repeat_of is None, "what was noted within a deviation is no precedent"
    assert here.finding(here.duty(duty.requirement), when=TODAY).deviation is None
    Duty.objects.filter(pk=duty.pk).update(valid=DateRange(LONG_AGO, date(2026, 12, 1)))
    heir = here.duty(duty.requirement, place=duty.place)
    assert deviation_at(heir, on=UNTIL) is not None, "derived anew for the same doer it goes on"
    Duty.objects.filter(pk=heir.pk).update(valid=DateRange(LONG_AGO, date(2026, 12, 2)))
    other = here.duty(duty.requirement, place=duty.place, doer=people.company("示例接替公司"))
    assert deviation_at(other, on=UNTIL) is None


@pytest.mark.django_db
def test_one_that_waits_or_was_refused_changes_nothing() -> None:
    here = world()
    duty = here.duty()
    deviation = ask(here, duty)
    assert here.finding(duty, when=TODAY).severity == "B"
    actions.decide_deviation(
        deviation=deviation, is_approved=False, decision="备件当地可购", by=here.centre_head, at=TODAY
    )
    assert deviation_at(duty, on=TODAY.date()) is None
    assert ask(here, duty).state == DeviationState.ASKED, "after a refusal one may ask again"


@pytest.mark.django_db
def test_nobody_approves_what_he_asked_for_nor_the_doer_himself() -> None:
    here = world()
    deviation = ask(here, here.duty(), by=here.finder)
    for who in (here.finder, here.head, here.manager):
        with pytest.raises(Refused, match="批准"):
            actions.decide_deviation(deviation=deviation, is_approved=True, by=who, at=TODAY)
    own = here.duty(doer=here.section)
    by_head = ask(here, own, by=here.head)
    with pytest.raises(Refused):
        actions.decide_deviation(deviation=by_head, is_approved=True, by=here.head, at=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"reason": " "}, "做不到"),
        ({"measure": ""}, "代替"),
        ({"until": TODAY.date()}, "今天以后"),
        ({"until": date(2028, 1, 1)}, "一年"),
    ],
)
def test_what_is_missing_is_said(what: dict[str, object], says: str) -> None:
    here = world()
    with pytest.raises(Refused, match=says):
        ask(here, here.duty(), **what)
    assert not Deviation.objects.exists()


@pytest.mark.django_db
def test_strangers_and_grave_clauses_are_refused() -> None:
    here = world()
    stranger = people.person(Role.SUPPLIER_MANAGER, people.company("示例别家公司"))
    with pytest.raises(Refused, match="做的单位或查的单位"):
        ask(here, here.duty(), by=stranger)
    with pytest.raises(Refused, match="A 级"):
        ask(here, here.duty(ammonia(severity="A")))


@pytest.mark.django_db
def test_a_second_one_waits_for_the_first() -> None:
    here = world()
    duty = here.duty()
    ask(here, duty)
    with pytest.raises(Refused, match="正等待批准"):
        ask(here, duty)
    actions.decide_deviation(deviation=Deviation.objects.get(), is_approved=True, by=here.centre_head, at=TODAY)
    with pytest.raises(Refused, match="还在有效期内"):
        ask(here, duty)


@pytest.mark.django_db
def test_it_is_decided_once_and_never_after_its_day() -> None:
    here = world()
    deviation = held(here, here.duty())
    with pytest.raises(Refused, match="办理过"):
        actions.decide_deviation(deviation=deviation, is_approved=True, by=here.centre_head, at=TODAY)
    late = ask(here, here.duty(tidy()), until=date(2026, 11, 20))
    with pytest.raises(Refused, match="今天以后"):
        actions.decide_deviation(deviation=late, is_approved=True, by=here.centre_head, at=at("2026-11-20"))


@pytest.mark.django_db
def test_ended_today_it_counts_from_tomorrow() -> None:
    here = world()
    duty = here.duty()
    deviation = held(here, duty)
    with pytest.raises(Refused, match="为什么"):
        actions.end_deviation(deviation=deviation, reason="", by=here.head, at=TODAY)
    actions.end_deviation(deviation=deviation, reason="补偿措施没有落实", by=here.head, at=TODAY)
    assert deviation_at(duty, on=TODAY.date()) == deviation
    assert deviation_at(duty, on=TODAY.date() + timedelta(days=1)) is None
    with pytest.raises(Refused):
        actions.end_deviation(deviation=deviation, reason="再来一次", by=here.head, at=TODAY)


@pytest.mark.django_db
def test_the_third_one_on_a_clause_proposes_its_revision_once() -> None:
    here = world()
    requirement = ammonia()
    for number in range(1, 5):
        held(here, here.duty(requirement))
        proposals = Proposal.objects.filter(source=ProposalSource.DEVIATION)
        assert proposals.count() == (1 if number >= 3 else 0)
    assert proposals.get().proposed_by is None


@pytest.mark.django_db
def test_who_asked_hears_before_it_runs_out() -> None:
    here = world()
    deviation = held(here, here.duty())
    assert list(deviations_ending(on=UNTIL - timedelta(days=10))) == [deviation]
    assert not deviations_ending(on=UNTIL - timedelta(days=11))
    assert not deviations_ending(on=UNTIL + timedelta(days=1))


@pytest.mark.django_db
def test_the_sheet_shows_the_deviation_and_takes_no_points_for_it() -> None:
    here = world()
    duty = here.duty()
    scheme = Scheme.objects.create(
        area=here.area, name="办法", version=1, table=as_json(PROPERTY), made_by=here.centre_head, made_at=TODAY
    )
    deviation = held(here, duty)
    here.finding(duty, when=TODAY)
    days = {"first": date(2026, 10, 1), "last": date(2026, 12, 31), "name": "四季度"}
    scored = Scored(area=here.area, unit=here.company, contract=None, scheme=scheme, left_out={}, **days)  # type: ignore[arg-type]
    inputs = inputs_of(scored)
    assert [(one["number"], one["noted"], one["until"]) for one in inputs["deviations"]] == [
        (deviation.number, 1, "2026-12-31")
    ]
    assert all(not chapter["findings"] for chapter in inputs["chapters"])
    assert score({**inputs, "deviations": []}) == score(inputs)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_one_moment_make_one() -> None:
    here = world()
    duty, faults = here.duty(), []

    def once() -> None:
        try:
            ask(here, duty)
        except Refused as refused:
            faults.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Deviation.objects.count() == 1
    assert len(faults) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?tab=all&held_after=2026-11-01&held_before=2026-12-31",
        "?tab=all&held_after=2027-02-01",
        "?tab=all&held_after=2027-02-01&held_before=2026-01-01",
    ],
)
def test_the_list_is_for_the_bureau_and_for_who_does_the_duty(query: str) -> None:
    here = world()
    deviation = held(here, here.duty())
    stranger = people.person(Role.SUPPLIER_MANAGER, people.company("示例别家公司"))
    with time_machine.travel(TODAY, tick=False):
        for who, sees in ((here.centre_head, True), (here.manager, True), (stranger, False)):
            client = Client()
            client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
            page = client.get(f"/duties/deviations/{query}")
            assert page.status_code == 200
            assert (deviation.number in page.content.decode()) == (sees and "2027" not in query), who
            assert client.get(deviation.get_absolute_url()).status_code == (200 if sees else 404)
            asks = {here.centre_head: 403, here.manager: 200, stranger: 404}[who]
            assert client.get(f"/duties/{deviation.duty_id}/deviate/").status_code == asks


@pytest.mark.django_db
def test_one_whose_days_are_over_says_so_in_the_list() -> None:
    here = world()
    deviation = held(here, here.duty())
    client = Client()
    for day, word in ((TODAY, "已批准"), (at("2026-12-31"), "已批准"), (at("2027-01-01"), "已到期")):
        with time_machine.travel(day, tick=False):
            client.force_login(here.centre_head, backend="django.contrib.auth.backends.ModelBackend")
            page = client.get("/duties/deviations/?tab=all").content.decode()
            (cell,) = re.findall(r'<td class="wl-k-state"[^>]*>(.*?)</td>', page)
            assert word in cell
            assert deviation.standing_on(day.date()).label == word
            kept = Deviation.objects.standing(deviation.standing_on(day.date()), on=day.date())
            assert list(kept) == [deviation]


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_one_moment_make_one_proposal() -> None:
    here = world()
    requirement = ammonia()
    for _each in range(2):
        held(here, here.duty(requirement))
    waiting = [ask(here, here.duty(requirement)) for _each in range(2)]

    def approve(deviation: Deviation) -> None:
        try:
            actions.decide_deviation(deviation=deviation, is_approved=True, by=here.centre_head, at=TODAY)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(one,)) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Deviation.objects.filter(state=DeviationState.APPROVED).count() == 4
    assert Proposal.objects.filter(source=ProposalSource.DEVIATION).count() == 1
