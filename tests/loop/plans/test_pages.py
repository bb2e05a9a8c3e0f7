"""The pages of plans as pages: compile, read, arrange, draw; who sees what; how many queries."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.factories import people
from tests.factories.plans import DECEMBER, MORNING, Scene, duties, requirement, scene
from wolong.ground.pages.registries import todos
from wolong.ground.people.access import scope_of
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Adoption
from wolong.loop.plans.actions import compile_month, set_inspector_hours
from wolong.loop.plans.drawing import verify_export
from wolong.loop.plans.models import Draw, Plan, Round, Seed
from wolong.norms.standards.models import Requirement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Scene:
    found = scene()
    duties(found, requirement("C", sentence="地面无积水。"))
    duties(found, requirement("B", 3, "每季度抽查 20%", sample_percent=Decimal(20)))
    return found


@pytest.fixture
def plan(here: Scene) -> Plan:
    for inspector in (here.inspector, here.second):
        set_inspector_hours(area=here.area, inspector=inspector, hours=Decimal("0.1"), by=here.head, at=MORNING)
    return compile_month(area=here.area, month=DECEMBER, by=here.head, at=NOW)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"plans:{name}", args=args)


def test_a_head_compiles_a_month_from_the_page(here: Scene) -> None:
    client = signed_in(here.head)
    answer = client.post(url("compile"), {"area": here.area.pk, "month": "2026-12"})
    plan = Plan.objects.get()
    assert answer["Location"] == plan.get_absolute_url()
    assert "还没有月计划" not in client.get(url("list")).content.decode()
    late = client.post(url("compile"), {"area": here.area.pk, "month": "2026-10"})
    assert late.status_code == 422
    assert "已经过去" in late.content.decode()


def test_the_plan_says_what_it_leaves_out_and_what_it_waits_for(here: Scene, plan: Plan) -> None:
    page = signed_in(here.head).get(plan.get_absolute_url()).content.decode()
    assert "本期查不到" in page
    assert "工时不够" in page
    assert "抽样还差 2 段种子" in page
    assert here.inspector.name in page


def test_a_round_shows_its_route_and_its_verbs(here: Scene, plan: Plan) -> None:
    found = plan.rounds.order_by("number").first()
    assert found is not None
    client = signed_in(here.head)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "地面无积水" in page
    assert "换巡查员" in page
    assert "待核" not in page
    Requirement.objects.update(is_to_verify=True)
    assert "待核" in client.get(found.get_absolute_url()).content.decode()
    assert "待核" in client.get(plan.get_absolute_url()).content.decode()
    assert client.post(url("due", found.pk), {"due_on": "2026-12-15"}).status_code == 302
    assert client.post(url("assign", found.pk), {"inspector": here.second.pk}).status_code == 302
    assert client.post(url("cancel", found.pk), {"reason": ""}).status_code == 422
    assert client.post(url("cancel", found.pk), {"reason": "停电检修"}).status_code == 302
    found.refresh_from_db()
    assert (found.inspector, f"{found.due_on}", found.state) == (here.second, "2026-12-15", "cancelled")


def test_hours_and_minutes_are_set_on_the_plan(here: Scene, plan: Plan) -> None:
    client = signed_in(here.head)
    assert client.post(url("hours", plan.pk), {"inspector": here.inspector.pk, "hours": "16"}).status_code == 302
    assert client.post(url("minutes", plan.pk), {"method": "查看", "minutes": "3"}).status_code == 302
    assert client.post(url("recompile", plan.pk)).status_code == 302
    plan.refresh_from_db()
    assert plan.budget_minutes > 16 * 60


def test_the_first_part_of_the_seed_is_hidden_until_the_second_is_given(here: Scene, plan: Plan) -> None:
    first, second = signed_in(here.head), signed_in(here.second)
    assert first.post(url("draws", plan.pk), {"value": "龙山38"}).status_code == 302
    seed = Seed.objects.get()
    assert "龙山38" in first.get(url("draws", plan.pk)).content.decode()
    page = second.get(url("draws", plan.pk)).content.decode()
    assert "龙山38" not in page
    assert seed.salt not in page
    assert seed.commitment[:16] in page
    again = first.post(url("draws", plan.pk), {"value": "39"})
    assert again.status_code == 422
    assert "另一个人" in again.content.decode()
    assert second.post(url("draws", plan.pk), {"value": "71"}).status_code == 302
    draw = Draw.objects.get()
    assert "龙山38" in second.get(draw.get_absolute_url()).content.decode()
    export = first.get(url("export", draw.pk))
    assert "attachment" in export["Content-Disposition"]
    assert verify_export(json.loads(export.content)) == []
    assert first.post(url("redraw", draw.pk), {"reason": "一处封闭施工"}).status_code == 302
    assert "重抽：一处封闭施工" in first.get(url("draws", plan.pk)).content.decode().replace("\n", "")


def test_a_company_and_another_centre_find_none_of_it(here: Scene, plan: Plan) -> None:
    found, draw = plan.rounds.first(), plan.draws.first()
    assert found is not None
    assert draw is not None
    manager = signed_in(people.person(Role.SUPPLIER_MANAGER, here.company))
    stranger = signed_in(people.person(Role.SECTION_HEAD, people.centre("另一个中心")))
    for address in (
        plan.get_absolute_url(),
        found.get_absolute_url(),
        draw.get_absolute_url(),
        *[url(name, plan.pk) for name in ("draws", "hours", "minutes", "recompile")],
        *[url(name, found.pk) for name in ("assign", "due", "cancel")],
        *[url(name, draw.pk) for name in ("export", "redraw")],
    ):
        assert manager.get(address).status_code in (403, 404), address
        assert stranger.get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address
    for address in (url("list"), url("compile")):
        assert manager.get(address).status_code == 403
    assert manager.post(url("compile"), {"area": here.area.pk, "month": "2026-12"}).status_code == 403


def test_an_inspector_reads_and_gives_a_seed_but_arranges_nothing(here: Scene, plan: Plan) -> None:
    client = signed_in(here.inspector)
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert client.post(url("recompile", plan.pk)).status_code == 403
    assert client.post(url("hours", plan.pk), {"inspector": here.inspector.pk, "hours": "1"}).status_code == 403
    assert client.get(url("draws", plan.pk)).status_code == 200


def test_the_heads_are_told_what_waits(here: Scene) -> None:
    request: Any = RequestFactory().get("/")
    request.user, request.scope, request.session = here.head, scope_of(here.head), {}
    adopted = requirement().edition.standard
    Adoption.objects.create(area=here.area, standard=adopted, adopted_by=here.head, adopted_at=NOW)
    waiting = [str(todo.strong) for todo in todos.todos_for(request).mine]
    assert "卧龙山办公区 2026-12 月计划" in waiting
    compile_month(area=here.area, month=DECEMBER, by=here.head, at=NOW)
    waiting = [f"{todo.sentence} {todo.strong}" for todo in todos.todos_for(request).mine]
    assert waiting == ["给出 {} 的种子 卧龙山办公区 2026-12 抽样"]


def test_the_pages_take_few_queries(
    here: Scene, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(here.head)
    client.get(url("list"))
    found = Round.objects.first()
    draw = plan.draws.first()
    assert found is not None
    assert draw is not None
    for address, most in (
        (url("list"), 12),
        (plan.get_absolute_url(), 22),
        (found.get_absolute_url(), 18),
        (url("draws", plan.pk), 14),
        (draw.get_absolute_url(), 12),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200, address
