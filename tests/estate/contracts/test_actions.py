"""Contracts and service lines: one doer at a time."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import people, places
from tests.factories.contracts import contract, line
from wolong.estate.contracts import actions
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.contracts.queries import lines_on
from wolong.estate.contracts.rules import days_from, fault_of_line, last_day, lies_within
from wolong.estate.contracts.signals import lines_changed
from wolong.estate.contracts.states import SupplyMode
from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def keeper(db: None) -> Person:
    return people.person(at=people.centre())


@pytest.fixture
def area(keeper: Person) -> OfficeArea:
    return places.area(centre=keeper.organization)


def add(area: OfficeArea, keeper: Person, **more: Any) -> ServiceLine:
    facts: dict[str, Any] = {"name": "保洁", "since": SINCE, "until": UNTIL, "by": keeper, "at": AT}
    if "contract" not in more and "performer" not in more:
        more["contract"] = actions.add_contract(
            area=area, supplier=people.company(), number=f"HT-{Contract.objects.count()}", name="物业服务合同",
            since=SINCE, until=UNTIL, by=keeper, at=AT,
        )  # fmt: skip
    if more.get("contract"):
        more.setdefault("performer", more["contract"].supplier)
    return actions.add_line(area=area, **{**facts, **more})


def test_a_line_says_who_performs_what(area: OfficeArea, keeper: Person) -> None:
    heard: list[Any] = []

    def hear(sender: Any, **facts: Any) -> None:
        heard.append(facts["area"])

    lines_changed.connect(hear)
    made = add(area, keeper, monthly_fee_yuan=Decimal("18600.00"))
    lines_changed.disconnect(hear)
    assert list(lines_on(area, UNTIL)) == [made]
    assert list(lines_on(area, date(2027, 1, 1))) == []
    assert heard == [area]
    assert Entry.objects.get(verb="add_line").sentence == "保洁由示例物业公司承担"


def test_two_do_not_perform_one_service_on_one_day(area: OfficeArea, keeper: Person) -> None:
    add(area, keeper)
    with pytest.raises(Refused, match="已有承担单位"):
        add(area, keeper, since=date(2026, 12, 31))
    assert add(area, keeper, name="绿化")


def test_the_next_one_begins_the_day_after(area: OfficeArea, keeper: Person) -> None:
    actions.end_line(line=add(area, keeper), on=date(2026, 6, 30), reason="换公司", by=keeper, at=AT)
    assert add(area, keeper, since=date(2026, 7, 1))
    assert lines_on(area, date(2026, 6, 30)).count() == lines_on(area, date(2026, 7, 1)).count() == 1


def test_a_building_may_have_a_doer_of_its_own(area: OfficeArea, keeper: Person) -> None:
    add(area, keeper)
    assert add(area, keeper, root=places.building(area)).root is not None
    with pytest.raises(Refused, match="已有承担单位"):
        add(area, keeper, root=places.root(area))


def test_the_database_itself_refuses_a_second_doer(area: OfficeArea, keeper: Person) -> None:
    first = add(area, keeper)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceLine.objects.create(
            area=area, name="保洁", performer=first.performer, mode=SupplyMode.BUDGET, valid=days_from(SINCE, None)
        )


def test_an_own_line_has_no_contract_and_no_company(area: OfficeArea, keeper: Person) -> None:
    section = people.section("餐饮服务科", parent=area.centre)
    own = add(area, keeper, name="餐饮", performer=section, mode=SupplyMode.OWN)
    assert own.contract is None
    with pytest.raises(Refused, match="不能是供应商"):
        add(area, keeper, name="会议", performer=people.company(), mode=SupplyMode.OWN)
    with pytest.raises(Refused, match="要有合同"):
        add(area, keeper, name="安保", performer=people.company())


def test_a_line_stays_within_its_contract(area: OfficeArea, keeper: Person) -> None:
    with pytest.raises(Refused, match="超出了合同期限"):
        add(area, keeper, until=date(2027, 1, 1))
    foreign = contract(places.area("另一区", "BJX"))
    with pytest.raises(Refused, match="不是这个办公区"):
        add(area, keeper, contract=foreign)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"until": date(2025, 1, 1)}, "早于"),
        ({"number": "HT-TAKEN"}, "已经登记"),
        ({"supplier": "section"}, "不是供应商"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(
    area: OfficeArea, keeper: Person, more: dict[str, Any], sentence: str
) -> None:
    contract(area, number="HT-TAKEN")
    facts = {
        "supplier": people.company("另一家"),
        "number": "HT-1",
        "name": "x",
        "since": SINCE,
        "until": UNTIL,
        **more,
    }
    if facts["supplier"] == "section":
        facts["supplier"] = keeper.organization
    with pytest.raises(Refused, match=sentence):
        actions.add_contract(area=area, **facts, by=keeper, at=AT)


def test_a_line_ends_once_and_not_before_it_began(area: OfficeArea, keeper: Person) -> None:
    made = add(area, keeper)
    with pytest.raises(Refused, match="早于"):
        actions.end_line(line=made, on=date(2025, 12, 31), reason="", by=keeper, at=AT)
    actions.end_line(line=made, on=date(2026, 6, 30), reason="换公司", by=keeper, at=AT)
    with pytest.raises(Refused, match="已在"):
        actions.end_line(line=made, on=date(2026, 7, 1), reason="", by=keeper, at=AT)


def test_a_factory_line_is_in_force(area: OfficeArea) -> None:
    assert line(area, "餐饮", area.centre, mode="own").contract is None
    assert line(area).contract is not None


@pytest.mark.parametrize(
    ("mode", "has_contract", "is_supplier", "fault"),
    [
        (SupplyMode.PURCHASED, True, True, None),
        (SupplyMode.PURCHASED, False, True, "要有合同"),
        (SupplyMode.PURCHASED, True, False, "供应商承担"),
        (SupplyMode.OWN, False, False, None),
        (SupplyMode.OWN, True, False, "没有合同"),
        (SupplyMode.OWN, False, True, "不能是供应商"),
        (SupplyMode.BUDGET, False, False, None),
    ],
)
def test_the_mode_fits_the_performer(mode: str, has_contract: bool, is_supplier: bool, fault: str | None) -> None:
    said = fault_of_line(mode=mode, has_contract=has_contract, performer_is_supplier=is_supplier)
    assert (said is None) == (fault is None)
    assert fault is None or fault in str(said)


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(days, days, days, days)
def test_a_period_lies_within_another_exactly_when_each_day_does(a: date, b: date, c: date, d: date) -> None:
    inner, outer = days_from(min(a, b), max(a, b)), days_from(min(c, d), max(c, d))
    assert lies_within(inner, outer) == (min(c, d) <= min(a, b) and max(a, b) <= max(c, d))
    assert lies_within(inner, days_from(min(c, d), None)) == (min(c, d) <= min(a, b))
    assert not lies_within(days_from(a, None), outer)
    assert last_day(inner) == max(a, b)
