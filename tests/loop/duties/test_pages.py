"""The pages of the duties room, as different people see them."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import person
from tests.factories.standards import ClauseFactory, RequirementFactory
from tests.loop.duties.town import AT, TODAY, Town
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.loop.duties import actions, panels, todos
from wolong.loop.duties.models import Duty, Exclusion, Parameter
from wolong.loop.duties.rules.next_check import next_check_by
from wolong.loop.duties.views import matrix
from wolong.norms.standards.models import Clause, Requirement


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def text(client: Client, url: str, **data: Any) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


@pytest.fixture
def head(town: Town) -> Client:
    town.adopt()
    return signed_in(town.head)


def test_the_matrix_shows_who_does_and_who_checks_and_the_index(town: Town, head: Client) -> None:
    page = text(head, reverse("duties:matrix"))
    for word in ("示例物业公司", "物业管理科", "没人查", "监督缺口指数", "100.0", "没有按期查"):
        assert word in page
    only = text(head, reverse("duties:matrix"), show="checker")
    assert town.lift_rule.sentence in only
    assert town.hall_rule.sentence not in only
    assert town.lift_rule.sentence not in text(head, reverse("duties:matrix"), line="保洁")


def test_a_long_matrix_shows_its_standards_and_each_opens_its_rows(
    town: Town, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "MOST_ROWS", 0)
    page = text(head, reverse("duties:matrix"))
    edition = town.lift_rule.edition
    assert f"{edition.number}" in page
    assert f"standard={edition.standard_id}" in page
    assert town.lift_rule.sentence not in page
    only = text(head, reverse("duties:matrix"), standard=str(edition.standard_id))
    assert town.lift_rule.sentence in only


def test_every_figure_opens_and_nonsense_in_the_address_does_no_harm(town: Town, head: Client) -> None:
    for data in ({"show": "x"}, {"unit": "x"}, {"standard": "9" * 30}, {"line": "'"}, {"area": str(town.area.pk)}):
        assert head.get(reverse("duties:matrix"), data).status_code == 200
    assert head.get(reverse("duties:matrix"), {"area": "99999"}).status_code == 404
    for name in ("defects", "profile", "list", "adopt"):
        assert head.get(reverse(f"duties:{name}")).status_code == 200


def test_a_value_to_be_confirmed_says_so_in_matrix_list_sheet_panel_and_api(town: Town, head: Client) -> None:
    urls = [reverse("duties:matrix"), reverse("duties:list"), town.halls[0].get_absolute_url()]
    assert ["待核" in text(head, url) for url in urls] == [False, False, False]
    Requirement.objects.filter(pk=town.hall_rule.pk).update(is_to_verify=True)
    assert ["待核" in text(head, url) for url in urls] == [True, True, True]
    marked = {row["requirement_id"] for row in head.get("/api/duties/").json()["items"] if row["is_to_verify"]}
    assert marked == {town.hall_rule.pk}
    answer = head.get(reverse("duties:list"), {"export": "xlsx"})
    sheet = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    answer.close()
    assert any("待核".encode() in sheet.read(name) for name in sheet.namelist())


def test_a_company_lists_its_own_duties_and_nothing_else(town: Town, head: Client) -> None:
    manager = signed_in(person(Role.SUPPLIER_MANAGER, town.lifts))
    page = text(manager, reverse("duties:list"))
    assert "1号客梯" in page
    assert "东大厅" not in page
    assert "示例物业公司" not in page
    own = Duty.objects.get(doer=town.lifts)
    other = Duty.objects.filter(doer=town.cleaner)[0]
    assert manager.get(own.get_absolute_url()).status_code == 200
    assert manager.get(other.get_absolute_url()).status_code == 404
    assert manager.get(own.requirement.clause.get_absolute_url()).status_code == 200
    assert manager.get(other.requirement.clause.get_absolute_url()).status_code == 404
    for name in ("matrix", "defects", "profile", "adopt", "adopt-all"):
        assert manager.get(reverse(f"duties:{name}")).status_code in {403, 404}
    hidden = text(manager, reverse("duties:list"), requirement=other.requirement_id)
    assert "示例物业公司" not in hidden
    answer = manager.get(reverse("duties:list"), {"export": "xlsx"})
    sheet = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    answer.close()
    assert "示例物业公司".encode() not in zipfile.ZipFile(io.BytesIO(sheet)).read("xl/worksheets/sheet1.xml")


def test_people_without_a_role_see_no_duties(town: Town, head: Client) -> None:
    nobody = signed_in(person())
    assert nobody.get(reverse("duties:list")).status_code == 403
    assert nobody.get(Duty.objects.all()[0].get_absolute_url()).status_code == 404
    assert Client().get(reverse("duties:matrix")).status_code == 302


def test_a_duty_page_says_what_is_known(town: Town, head: Client) -> None:
    duty = Duty.objects.get(place=town.toilet)
    inspector = person(Role.INSPECTOR, town.property_section, name="周工")
    actions.note_check(duty=duty, on=TODAY, by=inspector, mode="itemised", conforms=False)
    page = text(head, duty.get_absolute_url())
    for word in ("卫生间应无异味", "示例物业公司", "物业管理科", "周工", "不符合", "第 5.1.2 条"):
        assert word in page


def test_a_clause_page_shows_its_duties_and_what_they_lack(town: Town, head: Client) -> None:
    page = text(head, town.hall_rule.clause.get_absolute_url())
    for word in ("谁做，谁查", "2 个职责", "示例物业公司做", "2 处齐全"):
        assert word in page
    assert "1 处无人查" in text(head, town.lift_rule.clause.get_absolute_url())


def test_place_equipment_and_line_pages_show_what_must_be_kept(town: Town, head: Client, rf: Any) -> None:
    request = rf.get("/")
    request.scope = scope_of(town.head)
    assert panels.place_panel(request, town.halls[0]) is not None
    assert panels.equipment_panel(request, town.lift) is not None
    line = panels.line_panel(request, town.cleaning_line)
    assert line is not None
    assert line.context["rows"][0]["things"] == 4
    request.scope = scope_of(person(Role.SUPPLIER_MANAGER, town.lifts))
    assert panels.place_panel(request, town.halls[0]) is None
    assert panels.line_panel(request, town.cleaning_line) is None


def test_the_profile_is_kept_on_screen_by_who_may(town: Town, head: Client) -> None:
    adoption = town.area.adoptions.get()
    exclude = reverse("duties:exclude", args=[adoption.pk])
    inspector = signed_in(person(Role.INSPECTOR, town.property_section))
    assert inspector.get(reverse("duties:profile")).status_code == 200
    assert inspector.post(exclude, {"clause_number": "5.1.1", "reason": "不用"}).status_code == 403
    assert head.post(exclude, {"clause_number": "9.9", "reason": "没有"}).status_code == 422
    assert head.post(exclude, {"clause_number": "5.1.1", "reason": "没有这类场所"}).status_code == 302
    assert "没有这类场所" in text(head, reverse("duties:profile"))
    data = {"clause_number": "5.1.2", "key": "频次", "value": "每半年"}
    assert head.post(reverse("duties:set", args=[adoption.pk]), data).status_code == 302
    assert Duty.objects.current().get(place=town.toilet).cycle_months == 6
    clear = reverse("duties:clear", args=[adoption.pk, Parameter.objects.get().pk])
    assert head.post(clear).status_code == 302
    include = reverse("duties:include", args=[adoption.pk, Exclusion.objects.get().pk])
    assert head.post(include).status_code == 302
    assert head.post(reverse("duties:drop", args=[adoption.pk]), {"reason": "改用新标准"}).status_code == 302
    assert not Duty.objects.current().exists()
    assert head.post(reverse("duties:adopt"), {"standard": town.cleaning.pk}).status_code == 302
    assert Duty.objects.current().count() == 5


def test_a_tried_clause_says_what_it_would_make_here(town: Town, head: Client) -> None:
    data = {"text": "大厅应无积水。\n> 对象:场所/大厅 | 责任:保洁 | 频次:每季度", "area": str(town.area.pk)}
    page = str(head.post(reverse("standards:try"), data).content.decode())
    for word in ("2 个", "示例物业公司", "物业管理科"):
        assert word in page
    before = Duty.objects.count()
    data["text"] = "水泵应完好。\n> 对象:设备/水泵 | 责任:给排水"
    assert "没有对象" in str(head.post(reverse("standards:try"), data).content.decode())
    assert Duty.objects.count() == before


def test_a_changed_clause_is_confirmed_on_screen(town: Town, head: Client) -> None:
    Duty.objects.filter(requirement=town.hall_rule).update(is_suspect=True)
    clause = Clause.objects.get(pk=town.hall_rule.clause_id)
    url = reverse("duties:confirm", args=[clause.pk])
    assert url in text(head, clause.get_absolute_url())
    assert head.post(url).status_code == 302
    assert not Duty.objects.suspect().exists()


def test_heads_are_told_what_nobody_checks(town: Town, head: Client, rf: Any) -> None:
    def waits(who: Person) -> list[str]:
        request = rf.get("/")
        request.scope = scope_of(who)
        return [str(todo.strong) for todo in todos.todos(request)]

    assert waits(town.head) == ["1 个职责"]
    assert waits(person(Role.INSPECTOR, town.property_section)) == []
    assert waits(person(Role.SUPPLIER_MANAGER, town.lifts)) == []


def test_pages_ask_few_questions_however_many_duties_there_are(town: Town, head: Client) -> None:
    def counts() -> dict[str, int]:
        duty = Duty.objects.get(place=town.toilet, requirement=town.toilet_rule)
        urls = {name: reverse(f"duties:{name}") for name in ("list", "matrix", "profile", "defects")}
        urls |= {"duty": duty.get_absolute_url(), "clause": town.hall_rule.clause.get_absolute_url()}
        return {name: questions(head, url) for name, url in urls.items()}

    before = counts()
    for number in range(10):
        RequirementFactory.create(clause=ClauseFactory(edition=town.hall_rule.edition, number=f"7.{number}"))
    actions.derive(area=town.area, by=town.keeper, at=AT, on=TODAY)
    after = counts()
    assert after == before
    most = {"list": 12, "matrix": 18, "profile": 14, "defects": 12, "duty": 16, "clause": 18}
    assert {name: count for name, count in after.items() if count > most[name]} == {}


@pytest.mark.parametrize(
    ("months", "day"), [(1, "2026-11-30"), (3, "2026-12-31"), (6, "2026-12-31"), (12, "2026-12-31"), (None, None)]
)
def test_the_next_check_is_by_the_end_of_the_running_period(months: int | None, day: str | None) -> None:
    found = next_check_by(months, today=TODAY)
    assert (found.isoformat() if found else None) == day
