"""The first afternoon: from an administrator alone to people, a contract, standards in force and duties."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.entrance.test_home import desk
from tests.factories.people import bureau, centre, company, person
from wolong.entrance.start import sheets
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.places.actions import add_area
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import write_sheet
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind, Role
from wolong.ground.workdays.queries import now
from wolong.norms.standards.models import Edition
from wolong.norms.standards.states import EditionState

pytestmark = pytest.mark.django_db
UNITS = [
    {"name": "物业管理科", "kind": OrganizationKind.INSTITUTION, "parent": "甲中心"},
    {"name": "甲中心", "kind": OrganizationKind.INSTITUTION},
    {"name": "示例甲物业公司", "kind": OrganizationKind.SUPPLIER},
]
PEOPLE = [
    {"account": "chen", "name": "陈主任", "unit": "甲中心", "role": Role.CENTRE_HEAD},
    {"account": "li", "name": "李主管", "unit": "物业管理科", "role": Role.SECTION_HEAD},
    {"account": "lin", "name": "林工", "unit": "甲中心", "role": Role.STANDARDS},
    {"account": "zhao", "name": "赵经理", "unit": "示例甲物业公司", "role": Role.SUPPLIER_MANAGER},
]
LINE = {
    "area": "JIA", "name": "保洁", "performer": "示例甲物业公司", "supervisor": "物业管理科", "mode": "purchased", "number": "HT-1",
    "contract": "物业合同", "since": now().date().replace(month=1, day=1), "fee": 12000,
}  # fmt: skip


@pytest.fixture
def admin() -> Person:
    return person(Role.ADMINISTRATOR, bureau())


def sheet(kind: str, rows: list[dict[str, Any]]) -> bytes:
    return write_sheet(sheets.KINDS[kind].columns, rows, name=kind)


def brought(client: Client, kind: str, rows: list[dict[str, Any]] | bytes) -> Any:
    data = rows if isinstance(rows, bytes) else sheet(kind, rows)
    return client.post(reverse("start-sheet", args=[kind]), {"file": SimpleUploadedFile("a.xlsx", data)})


def settled(account: str) -> Person:
    """Somebody who has chosen a password of their own."""
    Person.objects.filter(account=account).update(must_change_password=False)
    return Person.objects.get(account=account)


def test_a_new_house_comes_to_duties_step_by_step(admin: Person) -> None:
    client = desk(admin)
    page = client.get(reverse("start")).content.decode()
    assert "起步" in page
    assert "用表格导入" in page
    assert brought(client, "units", UNITS).status_code == 302
    assert Organization.objects.get(name="物业管理科").parent.name == "甲中心", "a unit may stand above its parent"
    shown = brought(client, "people", PEOPLE)
    passwords = {who.account: secret for who, secret in shown.context["passwords"]}
    assert set(passwords) == {"chen", "li", "lin", "zhao"}
    assert all(secret in shown.content.decode() for secret in passwords.values())
    assert Person.objects.get(account="chen").check_password(passwords["chen"])
    chen, lin = settled("chen"), settled("lin")
    add_area(code="JIA", name="甲办公区", centre=chen.organization, by=admin, at=now())
    assert brought(desk(chen), "lines", [LINE, {**LINE, "name": "绿化"}]).status_code == 302
    assert ServiceLine.objects.count() == 2
    assert Contract.objects.get().number == "HT-1"
    assert desk(lin).post(reverse("start-draft")).status_code == 302
    drafted = Edition.objects.filter(state=EditionState.DRAFT).count()
    assert drafted >= 11
    desk(lin).post(reverse("start-approve"))
    assert Edition.objects.filter(state=EditionState.DRAFT).count() == drafted, "nobody approves their own"
    desk(chen).post(reverse("start-approve"))
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()
    assert Edition.objects.filter(state=EditionState.IN_FORCE).count() >= 11


def test_a_sheet_brought_again_changes_nothing(admin: Person) -> None:
    for kind, rows in (("units", UNITS), ("people", PEOPLE)):
        first = sheets.write(sheets.KINDS[kind], data=sheet(kind, rows), by=admin, at=now())
        again = sheets.write(sheets.KINDS[kind], data=sheet(kind, rows), by=admin, at=now())
        assert (first.new, again.new, again.known) == (len(rows), 0, len(rows))


def test_one_wrong_row_writes_nothing_and_every_wrong_row_is_named(admin: Person) -> None:
    rows = [*UNITS, {"name": "孤科", "kind": OrganizationKind.INSTITUTION, "parent": "没有的中心"}]
    answer = brought(desk(admin), "units", rows)
    assert answer.status_code == 422
    assert "没有单位“没有的中心”" in answer.content.decode()
    assert not Organization.objects.filter(name="甲中心").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "账号,姓名".encode()])
def test_what_is_no_sheet_is_refused(admin: Person, data: bytes) -> None:
    answer = brought(desk(admin), "people", data)
    assert answer.status_code == 422
    assert Person.objects.count() == 1


def test_too_many_people_and_an_empty_sheet_are_refused(admin: Person) -> None:
    many = [{"account": f"a{n}", "name": "甲", "unit": "乙"} for n in range(sheets.MOST_PEOPLE + 1)]
    for rows, word in ((many, "一次最多"), ([], "没有内容")):
        with pytest.raises(Refused, match=word):
            sheets.write(sheets.KINDS["people"], data=sheet("people", rows), by=admin, at=now())


def test_a_taken_account_and_a_wrong_role_are_named(admin: Person) -> None:
    sheets.write(sheets.KINDS["units"], data=sheet("units", UNITS), by=admin, at=now())
    rows = [
        {"account": admin.account, "name": "另一人", "unit": "甲中心"},
        {"account": "zhao", "name": "赵经理", "unit": "示例甲物业公司", "role": Role.CENTRE_HEAD},
    ]
    with pytest.raises(sheets.RowFault) as fault:
        sheets.write(sheets.KINDS["people"], data=sheet("people", rows), by=admin, at=now())
    assert [one.row for one in fault.value.sheet.errors] == [2, 3]
    assert not Person.objects.filter(account="zhao").exists()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SUPPLIER_MANAGER])
def test_who_has_no_step_to_do_does_not_come_in(role: Role) -> None:
    client = desk(person(role, company() if role == Role.SUPPLIER_MANAGER else centre()))
    for name, args in (
        ("start", []),
        ("start-sheet", ["people"]),
        ("start-template", ["units"]),
        ("start-sheet", ["lines"]),
    ):
        assert client.get(reverse(name, args=args)).status_code in {403, 404}
    for name in ("start-draft", "start-approve"):
        assert client.post(reverse(name)).status_code in {403, 404}
    assert brought(client, "units", UNITS).status_code in {403, 404}
    assert not Organization.objects.filter(name="甲中心").exists()


def test_a_centre_brings_lines_for_its_own_area_only(admin: Person) -> None:
    for kind, rows in (("units", UNITS), ("people", PEOPLE)):
        sheets.write(sheets.KINDS[kind], data=sheet(kind, rows), by=admin, at=now())
    other = centre()
    add_area(code="JIA", name="甲办公区", centre=other, by=admin, at=now())
    chen = settled("chen")
    assert desk(chen).get(reverse("start-sheet", args=["people"])).status_code == 403
    answer = brought(desk(chen), "lines", [LINE])
    assert answer.status_code == 422
    assert "没有代号是“JIA”的办公区" in answer.content.decode()
    assert not Contract.objects.exists()


@pytest.mark.parametrize("kind", sheets.KINDS)
def test_a_template_comes_back_as_a_sheet_without_content(admin: Person, kind: str) -> None:
    template = desk(admin).get(reverse("start-template", args=[kind]))
    assert template.status_code == 200
    with pytest.raises(Refused, match="没有内容"):
        sheets.write(sheets.KINDS[kind], data=template.content, by=admin, at=now())
    assert desk(admin).get("/start/nichts.xlsx").status_code == 404
