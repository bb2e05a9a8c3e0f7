"""The first afternoon: from an administrator alone to people, a contract, standards in force and duties."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.entrance.test_home import desk
from tests.factories.people import bureau, centre, company, person
from wolong.entrance.start import sheets
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.places.actions import add_area
from wolong.estate.places.models import ImportJob
from wolong.estate.places.states import ImportState
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import write_sheet
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind, Role
from wolong.ground.workdays.queries import now
from wolong.norms.standards.actions import draft_library
from wolong.norms.standards.models import Edition
from wolong.norms.standards.states import EditionState

pytestmark = pytest.mark.django_db
# Eleven steps, each read from the facts, and the frame; it may only become less.
MOST_QUESTIONS = 24
UNITS = [
    {"short_name": "物业管理科", "kind": OrganizationKind.INSTITUTION, "parent": "甲中心"},
    {"short_name": "甲中心", "name": "甲办公区服务中心", "kind": OrganizationKind.INSTITUTION},
    {"short_name": "示例甲物业公司", "kind": OrganizationKind.SUPPLIER},
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


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)


@pytest.fixture
def admin() -> Person:
    return person(Role.ADMINISTRATOR, bureau())


def sheet(kind: str, rows: list[dict[str, Any]]) -> bytes:
    return write_sheet(sheets.KINDS[kind].columns, rows, name=kind)


def bring(kind: str, rows: list[dict[str, Any]] | bytes, *, by: Person) -> sheets.Brought:
    data = rows if isinstance(rows, bytes) else sheet(kind, rows)
    if kind == "lines":
        return sheets.bring_lines(data=data, by=by, at=now())
    source = sheets.KINDS[kind].source
    return sheets.bring(source, area=None, data=data, file_name="a.xlsx", by=by, at=now(), at_once=True)


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
    assert Organization.objects.get(name="物业管理科").parent.short_name == "甲中心", (
        "a unit may stand above its parent"
    )
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


def test_the_page_takes_few_questions_whatever_there_is(
    admin: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = desk(admin)
    client.get(reverse("start"))
    with django_assert_max_num_queries(MOST_QUESTIONS):
        client.get(reverse("start"))
    for kind, rows in (("units", UNITS), ("people", PEOPLE)):
        bring(kind, rows, by=admin)
    chen = settled("chen")
    add_area(code="JIA", name="甲办公区", centre=chen.organization, by=admin, at=now())
    bring("lines", [LINE], by=chen)
    draft_library(folder=settings.LIBRARY, by=settled("lin"), at=now())
    for account in ("chen", "lin"):
        reader = desk(Person.objects.get(account=account))
        reader.get(reverse("start"))
        with django_assert_max_num_queries(MOST_QUESTIONS):
            assert reader.get(reverse("start")).status_code == 200


def test_a_sheet_brought_again_changes_nothing(admin: Person) -> None:
    for kind, rows in (("units", UNITS), ("people", PEOPLE)):
        first, again = bring(kind, rows, by=admin), bring(kind, rows, by=admin)
        assert (first.new, first.changed, first.known) == (len(rows), 0, 0)
        assert (again.new, again.changed, again.known) == (0, 0, len(rows))
        assert again.passwords == []


def test_a_second_role_is_written_at_once_and_a_changed_name_is_looked_at_first(admin: Person) -> None:
    client = desk(admin)
    bring("units", UNITS, by=admin)
    brought(client, "people", PEOPLE)
    second = {"account": "chen", "name": "陈主任", "unit": "甲中心", "role": Role.ASSESSOR}
    assert brought(client, "people", [second]).status_code == 302
    chen = Person.objects.get(account="chen")
    assert set(chen.grants.values_list("role", flat=True)) == {Role.CENTRE_HEAD, Role.ASSESSOR}
    answer = brought(client, "people", [{**second, "name": "陈某"}])
    job = ImportJob.objects.latest("pk")
    assert (answer.status_code, answer["Location"], job.state) == (302, job.get_absolute_url(), ImportState.READY)
    chen.refresh_from_db()
    assert chen.name == "陈主任"
    page = client.get(answer["Location"]).content.decode()
    assert "请先看会改什么" in page
    assert "陈某" in page


def test_a_list_in_csv_comes_in_as_well(admin: Person) -> None:
    answer = brought(desk(admin), "units", "简称,全称,性质,上级\n乙科,乙管理科,事业单位,\n".encode("gbk"))
    assert answer.status_code == 302
    assert Organization.objects.filter(short_name="乙科", name="乙管理科").exists()


def test_one_wrong_row_writes_nothing_and_every_wrong_row_is_named(admin: Person) -> None:
    rows = [*UNITS, {"short_name": "孤科", "kind": OrganizationKind.INSTITUTION, "parent": "没有的中心"}]
    answer = brought(desk(admin), "units", rows)
    assert answer.status_code == 422
    assert "第 5 行 上级：没有单位“没有的中心”" in answer.content.decode()
    assert not Organization.objects.filter(short_name="甲中心").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "账号,姓名".encode()])
def test_what_is_no_sheet_is_refused(admin: Person, data: bytes) -> None:
    answer = brought(desk(admin), "people", data)
    assert answer.status_code == 422
    assert Person.objects.count() == 1


@pytest.mark.parametrize("kind", sheets.KINDS)
def test_an_empty_sheet_is_refused(admin: Person, kind: str) -> None:
    with pytest.raises(Refused, match="没有一行内容"):
        bring(kind, [], by=admin)


def test_a_large_roster_is_looked_at_first(admin: Person) -> None:
    many = [{"account": f"a{n}", "name": "甲某某", "unit": admin.organization.name} for n in range(1001)]
    answer = brought(desk(admin), "people", many)
    job = ImportJob.objects.get()
    assert (answer["Location"], job.state) == (job.get_absolute_url(), ImportState.READY)


def test_a_role_that_does_not_fit_its_unit_is_named(admin: Person) -> None:
    bring("units", UNITS, by=admin)
    wrong = {"account": "zhao", "name": "赵经理", "unit": "示例甲物业公司", "role": Role.CENTRE_HEAD}
    found = bring("people", [PEOPLE[0], wrong], by=admin)
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, "角色")]
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
    assert not Organization.objects.filter(short_name="甲中心").exists()


def test_a_centre_brings_lines_for_its_own_area_only(admin: Person) -> None:
    for kind, rows in (("units", UNITS), ("people", PEOPLE)):
        bring(kind, rows, by=admin)
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
    with pytest.raises(Refused, match="没有一行内容"):
        bring(kind, template.content, by=admin)
    assert desk(admin).get("/start/nichts.xlsx").status_code == 404
