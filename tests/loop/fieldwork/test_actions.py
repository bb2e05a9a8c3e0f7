"""Noting, confirming, submitting: facts, once, by whoever does the round."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction

from tests.factories import people
from tests.factories.fieldwork import SULPHIDE, Walked, ammonia, walk
from tests.factories.files import photo, photo_bytes
from tests.factories.plans import MORNING, requirement
from wolong.ground.ledger.queries import history_of
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Leave
from wolong.ground.people.rules import days_from
from wolong.ground.people.states import Role
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.actions import confirm_rest, keep_photos, observe, start_visit
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.queries import flags_of, is_no_photo
from wolong.loop.fieldwork.signals import visit_submitted
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.plans.models import CheckItem, Round
from wolong.loop.plans.states import ItemState, RoundState

pytestmark = pytest.mark.django_db


def see(here: Walked, item: CheckItem | None = None, verdict: str = Verdict.CONFORMS, **more: Any) -> Observation:
    given = {"by": here.scene.inspector, "at": MORNING, **more}
    return observe(visit=here.visit, item=item or here.items[0], verdict=verdict, **given)


def test_an_observation_may_be_changed_until_the_visit_is_submitted() -> None:
    here = walk(requirement())
    first = see(here)
    second = see(here, verdict=Verdict.FAILS, remark="地面有水")
    assert first.pk == second.pk
    assert Observation.objects.get().verdict == Verdict.FAILS
    assert here.items[0].state == ItemState.DONE
    here.submit()
    with pytest.raises(Refused, match="已由周工于 11-02 09:00 提交"):
        see(here)


def test_the_database_itself_keeps_what_was_submitted() -> None:
    here = walk(requirement())
    seen = see(here, evidence=[photo(here.scene.inspector)])
    here.submit()
    changes = (
        lambda: Observation.objects.filter(pk=seen.pk).update(verdict=Verdict.FAILS),
        lambda: Observation.objects.filter(pk=seen.pk)._raw_delete("default"),
        seen.evidence.clear,
        lambda: seen.evidence.add(photo()),
        lambda: Visit.objects.update(companion_name="别人"),
    )
    for change in changes:
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            change()


@pytest.mark.parametrize(("typed", "verdict"), [("0.30", Verdict.CONFORMS), ("０.３８", Verdict.FAILS)])
def test_a_reading_is_kept_as_typed_and_as_read(typed: str, verdict: Verdict) -> None:
    here = walk(ammonia())
    seen = see(here, verdict=verdict, value_text=typed)
    assert (seen.value_as_typed, seen.unit, seen.measure_index) == (typed, "mg/m3", 0)
    assert seen.value == Decimal(typed.translate(str.maketrans("０３８", "038")))


def test_overriding_a_reading_takes_a_reason() -> None:
    here = walk(ammonia())
    with pytest.raises(Refused, match="读数判为不符合"):
        see(here, value_text="0.38")
    seen = see(here, value_text="0.38", override_reason="仪器超检定期，以复测为准")
    assert seen.verdict == Verdict.CONFORMS
    assert seen.readings[0]["conforms"] is False


def test_a_measured_item_takes_all_its_readings() -> None:
    here = walk(ammonia(measures=[ammonia().measures[0], SULPHIDE]))
    with pytest.raises(Refused, match="还差 2 个"):
        see(here)
    with pytest.raises(Refused, match="还差 1 个"):
        see(here, readings={0: "0.2"})
    seen = see(here, readings={0: "0.2", 1: "0.02"}, verdict=Verdict.FAILS)
    assert (seen.measure_index, len(seen.readings)) == (1, 2)
    with pytest.raises(Refused, match="没有第 4 个指标"):
        see(here, readings={3: "1"}, verdict=Verdict.FAILS)


@pytest.mark.parametrize(
    ("verdict", "more", "reason"),
    [
        (Verdict.FAILS, {}, "哪里不符合"),
        (Verdict.NOT_APPLICABLE, {}, "不适用的原因"),
        (Verdict.NOT_CHECKED, {"remark": "  "}, "因故未检的原因"),
        ("nonsense", {}, "请选判定"),
    ],
)
def test_what_wants_words_is_refused_without_them(verdict: str, more: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        see(walk(requirement()), verdict=verdict, **more)


def test_a_value_that_is_none_is_refused_with_the_reason() -> None:
    with pytest.raises(Refused, match=r"实测值：.*没有数字"):
        see(walk(ammonia()), value_text="正常")


def test_a_clause_that_wants_a_photograph_gets_one_of_a_failure() -> None:
    here = walk(requirement(evidence=["照片"]))
    assert see(here).evidence.count() == 0
    with pytest.raises(Refused, match="至少 1 张"):
        see(here, verdict=Verdict.FAILS, remark="门坏了")
    files = [SimpleUploadedFile("a.jpg", photo_bytes(), "image/jpeg"), SimpleUploadedFile("b.jpg", photo_bytes())]
    kept = keep_photos(visit=here.visit, item=here.items[0], files=files, by=here.scene.inspector, at=MORNING)
    assert see(here, evidence=kept).evidence.count() == 2
    with pytest.raises(Refused, match="不是您拍的"):
        see(here, evidence=[photo()])


def test_a_grave_item_is_photographed_even_where_it_conforms() -> None:
    here = walk(requirement("A", evidence=["照片"]))
    with pytest.raises(Refused, match="至少 1 张"):
        see(here)
    assert see(here, evidence=[photo(here.scene.inspector)]).evidence.count() == 1


def test_where_photographs_are_forbidden_a_name_is_signed_instead() -> None:
    here = walk(requirement("A", evidence=["照片"]), is_no_photo=True)
    item = here.items[0]
    assert is_no_photo(item.place)
    with pytest.raises(Refused, match="禁止拍照"):
        keep_photos(
            visit=here.visit,
            item=item,
            files=[SimpleUploadedFile("a.jpg", photo_bytes())],
            by=here.scene.inspector,
            at=MORNING,
        )
    with pytest.raises(Refused, match="禁止拍照"):
        see(here, evidence=[photo(here.scene.inspector)])
    with pytest.raises(Refused, match="现场签认人"):
        see(here)
    assert see(here, signed_name="值班员").signed_name == "值班员"


def test_a_floor_where_photographs_are_forbidden_covers_its_rooms() -> None:
    here = walk(requirement())
    floor = here.place.parent
    assert floor is not None
    floor.is_no_photo = True
    floor.save()
    assert is_no_photo(here.place)


def test_the_rest_is_confirmed_once_and_covers_nothing_grave_or_measured() -> None:
    plain, other = requirement("C"), requirement("B")
    kept = [requirement("A"), ammonia()]
    here = walk(plain, other, *kept)
    see(here, here.item_of(other), Verdict.FAILS, remark="门坏了")
    assert confirm_rest(visit=here.visit, place=here.place, by=here.scene.inspector, at=MORNING) == 1
    rows = dict(Observation.objects.values_list("item__requirement", "mode"))
    assert rows == {plain.pk: CheckMode.OVERALL, other.pk: CheckMode.ITEMISED}
    with pytest.raises(Refused, match="逐项检查"):
        confirm_rest(visit=here.visit, place=here.place, by=here.scene.inspector, at=MORNING)


def test_replays_are_harmless() -> None:
    here = walk(requirement(), requirement("B"))
    first, later, rest, done = uuid4(), uuid4(), uuid4(), uuid4()
    see(here, verdict=Verdict.FAILS, remark="有水", client_id=first)
    see(here, client_id=later)
    assert see(here, verdict=Verdict.FAILS, remark="有水", client_id=first).verdict == Verdict.CONFORMS
    for _twice in range(2):
        assert (
            confirm_rest(visit=here.visit, place=here.place, by=here.scene.inspector, at=MORNING, client_id=rest) == 1
        )
    visits = [here.submit(client_id=done, at=MORNING + timedelta(minutes=n)) for n in (1, 9)]
    assert visits[0].submitted_at == visits[1].submitted_at == MORNING + timedelta(minutes=1)
    assert see(here, client_id=later).verdict == Verdict.CONFORMS
    with pytest.raises(Refused, match="另一次提交"):
        here.submit(client_id=later)


def test_what_was_not_looked_at_is_reasoned_for_all_at_once_or_refused() -> None:
    here = walk(requirement(), rooms=3)
    see(here)
    with pytest.raises(Refused, match="还有 2 项没有检查"):
        here.submit()
    here.submit(rest_reason="停电，楼内无照明")
    left = Observation.objects.filter(verdict=Verdict.NOT_CHECKED)
    assert [(each.remark, each.item.duty.last_itemised_on) for each in left] == [("停电，楼内无照明", None)] * 2


def test_submitting_notes_the_checks_completes_the_round_and_tells_within_the_transaction() -> None:
    plain, grave = requirement("C"), requirement("A")
    here = walk(plain, grave)
    told: list[Visit] = []

    def hear(*, visit: Visit, **_: Any) -> None:
        told.append(visit)

    see(here, here.item_of(grave), Verdict.FAILS, remark="门锁坏")
    confirm_rest(visit=here.visit, place=here.place, by=here.scene.inspector, at=MORNING)
    visit_submitted.connect(hear)
    try:
        visit = here.submit()
    finally:
        visit_submitted.disconnect(hear)
    day = date(2026, 11, 2)
    assert told == [visit]
    assert (visit.state, Round.objects.get().state) == (VisitState.SUBMITTED, RoundState.DONE)
    standing = {each.item.requirement.severity: each.item.duty for each in Observation.objects.all()}
    assert (standing["A"].last_itemised_on, standing["A"].last_result) == (day, "fails")
    assert (standing["C"].last_itemised_on, standing["C"].last_overall_on) == (None, day)
    assert [entry.verb for entry in history_of(visit)] == ["start_visit", "submit_visit"]
    assert "不符合 1" in history_of(visit).last().sentence  # type: ignore[union-attr]


def test_a_receiver_that_fails_undoes_the_submission() -> None:
    here = walk(requirement())
    see(here)

    def fail(**_: Any) -> None:
        raise Refused("问题编号没有取到")

    visit_submitted.connect(fail)
    try:
        with pytest.raises(Refused), transaction.atomic():
            here.submit()
    finally:
        visit_submitted.disconnect(fail)
    assert Visit.objects.get().state == VisitState.UNDER_WAY
    assert Round.objects.get().state == RoundState.UNDER_WAY


@pytest.mark.parametrize(
    ("companion", "reason"),
    [
        ({"companion_name": "", "companion_agrees": None}, "无人陪同"),
        ({"companion_unit": " "}, "陪同人的单位"),
        ({"companion_agrees": None}, "是否认可"),
        ({"companion_agrees": False}, "写下他的意见"),
    ],
)
def test_the_companions_word_is_asked_for(companion: dict[str, Any], reason: str) -> None:
    here = walk(requirement())
    see(here)
    with pytest.raises(Refused, match=reason):
        here.submit(**companion)


def test_nobody_accompanying_is_said_with_its_reason() -> None:
    here = walk(requirement())
    see(here)
    visit = here.submit(companion_name="", companion_unit="", companion_agrees=None, companion_remark="夜间突查")
    assert visit.companion_agrees is None


def test_only_the_rounds_inspector_or_a_deputy_during_leave_does_it() -> None:
    here = walk(requirement())
    inspector = here.scene.inspector
    deputy = people.person(Role.INSPECTOR, here.scene.section, name="孙工", acting_for=inspector)
    for stranger in (here.scene.head, deputy, people.person(Role.SUPPLIER_MANAGER, here.scene.company)):
        with pytest.raises(Refused, match="由周工承担"):
            see(here, by=stranger)
        with pytest.raises(Refused):
            start_visit(round=here.round, by=stranger, at=MORNING)
    Leave.objects.create(person=inspector, days=days_from(date(2026, 11, 1), date(2026, 11, 3)))
    assert see(here, by=deputy).observed_by == deputy
    assert here.submit(by=deputy).inspector == deputy


def test_an_item_of_another_round_and_a_superseded_one_are_refused() -> None:
    here = walk(requirement())
    item = here.items[0]
    CheckItem.objects.filter(pk=item.pk).update(state=ItemState.SUPERSEDED, superseded_reason="职责或条款已变")
    with pytest.raises(Refused, match="已作废：职责或条款已变"):
        see(here)
    there = CheckItem(pk=item.pk + 999)
    with pytest.raises(Refused, match="不在这次巡查里"):
        see(here, there)


def test_a_visit_too_fast_to_be_true_and_a_photograph_used_twice_are_shown() -> None:
    here = walk(requirement("A"), rooms=6)
    same = photo_bytes()
    for item in here.items:
        see(here, item, evidence=[photo(here.scene.inspector, data=same)])
    visit = here.submit(at=MORNING + timedelta(minutes=1))
    assert {flag.kind for flag in flags_of(visit)} == {"too_fast", "photo_twice"}


def test_a_calm_visit_has_no_flag() -> None:
    here = walk(requirement("A"), rooms=6)
    for item in here.items:
        see(here, item)
    assert flags_of(here.submit(at=datetime(2026, 11, 2, 1, 30, tzinfo=UTC))) == []


def test_beginning_again_goes_on_with_the_same_visit() -> None:
    here = walk(requirement())
    assert start_visit(round=here.round, by=here.scene.inspector, at=MORNING) == here.visit
