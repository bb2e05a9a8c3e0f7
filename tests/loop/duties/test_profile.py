"""What an area adopts, excludes and sets itself."""

import pytest

from tests.factories.standards import StandardFactory
from tests.loop.duties.town import AT, Town
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.loop.duties import actions
from wolong.loop.duties.models import Duty, Exclusion, Parameter


def exclude(town: Town, number: str, reason: str = "由产权单位管理") -> Exclusion:
    return actions.exclude_clause(
        area=town.area, standard=town.cleaning, clause_number=number, reason=reason, by=town.keeper, at=AT
    )


def put(town: Town, number: str, key: str, value: str) -> Parameter:
    return actions.set_parameter(
        area=town.area, standard=town.cleaning, clause_number=number, key=key, value=value, by=town.keeper, at=AT
    )


def test_a_standard_is_adopted_once_and_its_duties_stand_at_once(town: Town) -> None:
    actions.adopt_standard(area=town.area, standard=town.cleaning, by=town.keeper, at=AT)
    assert Duty.objects.count() == 5
    with pytest.raises(Refused, match="已经采用"):
        actions.adopt_standard(area=town.area, standard=town.cleaning, by=town.keeper, at=AT)


def test_a_standard_without_a_ruling_edition_is_not_adopted(town: Town) -> None:
    with pytest.raises(Refused, match="没有现行版本"):
        actions.adopt_standard(area=town.area, standard=StandardFactory.create(), by=town.keeper, at=AT)


def test_adopting_all_adopts_what_rules_and_is_not_adopted_yet(town: Town) -> None:
    StandardFactory.create()
    assert len(actions.adopt_all(area=town.area, by=town.keeper, at=AT)) == 1
    assert actions.adopt_all(area=town.area, by=town.keeper, at=AT) == []


def test_a_clause_is_excluded_with_a_reason_and_comes_back(town: Town) -> None:
    town.adopt()
    with pytest.raises(Refused, match="理由"):
        exclude(town, "5.1.1", " ")
    with pytest.raises(Refused, match=r"没有第 7\.7 条"):
        exclude(town, "7.7")
    exclude(town, "5.1.1")
    with pytest.raises(Refused, match="已经排除"):
        exclude(town, "5.1.1")
    assert Duty.objects.current().count() == 3
    assert Entry.objects.filter(verb="exclude_clause", sentence__contains="由产权单位管理").exists()
    actions.include_clause(area=town.area, standard=town.cleaning, clause_number="5.1.1", by=town.keeper, at=AT)
    assert Duty.objects.current().count() == 5
    with pytest.raises(Refused, match="没有被排除"):
        actions.include_clause(area=town.area, standard=town.cleaning, clause_number="5.1.1", by=town.keeper, at=AT)


def test_a_standard_is_dropped_with_its_duties(town: Town) -> None:
    town.adopt()
    with pytest.raises(Refused, match="理由"):
        actions.drop_standard(area=town.area, standard=town.cleaning, reason="", by=town.keeper, at=AT)
    actions.drop_standard(area=town.area, standard=town.cleaning, reason="改用新标准", by=town.keeper, at=AT)
    assert not Duty.objects.current().exists()
    assert Duty.objects.count() == 5


def test_a_parameter_changes_how_often_how_much_and_by_whom(town: Town) -> None:
    town.adopt()
    put(town, "5.1.1", "频次", "每季度")
    put(town, "5.1.1", "抽查", "20%")
    put(town, "5.1.2", "监督", "中心负责人")
    put(town, "", "责任", "电梯")
    hall = Duty.objects.current().filter(requirement=town.hall_rule)[0]
    assert (hall.cycle_months, hall.sample_percent, hall.doer) == (3, 20, town.lifts)
    assert Duty.objects.current().get(requirement=town.toilet_rule).checker == town.centre


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [("频次", "有时候", "读不懂"), ("抽查", "一些", "20%"), ("监督", " ", "取值"), ("颜色", "红", "没有“颜色”")],
)
def test_a_value_that_cannot_be_read_is_refused(town: Town, key: str, value: str, says: str) -> None:
    town.adopt()
    with pytest.raises(Refused, match=says):
        put(town, "5.1.1", key, value)


def test_a_cleared_parameter_leaves_what_the_clause_says(town: Town) -> None:
    town.adopt()
    actions.clear_parameter(parameter=put(town, "5.1.1", "频次", "每半年"), by=town.keeper, at=AT)
    assert {row.cycle_months for row in Duty.objects.current().filter(requirement=town.hall_rule)} == {1}
