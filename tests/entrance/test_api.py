"""The API, reading: by session or token, within one's own scope, and exactly what the pages show."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import appraisal, notices
from tests.factories.analysis import begun
from tests.factories.equipment import equipment
from tests.factories.exchange import get, token
from tests.factories.findings import World, ammonia, at, world
from tests.factories.people import centre, company, person
from tests.factories.rectification import SystemicOrderFactory, answered, issued
from tests.factories.standards import ProposalFactory
from tests.loop.duties.test_deviations import ask, held
from wolong.estate.contracts.models import Contract
from wolong.ground.people.actions import make_token, revoke_token
from wolong.ground.people.models import AccessToken
from wolong.ground.people.states import Role, TokenScope
from wolong.ground.workdays.queries import now
from wolong.loop.appraisal.models import Score, Sheet
from wolong.loop.duties.models import Duty
from wolong.loop.notices.states import State
from wolong.loop.plans.models import Round

pytestmark = pytest.mark.django_db

LISTS = (
    "standards", "proposals", "places", "equipment", "duties", "duties/gap-index", "deviations", "rounds", "findings",
    "orders", "systemic-orders", "scores", "notices", "reports",
)  # fmt: skip
MOST_QUERIES, MOST_OF_ONE = 12, 16
# Of what a company hears nothing, because its pages show it nothing.
INSIDE_ONLY = ("standards", "duties/gap-index", "rounds", "reports", "places", "equipment")


@pytest.fixture
def here() -> World:
    return world()


def filled(here: World) -> None:
    """One of everything that the API shows."""
    issued(here)
    held(here, here.duty(ammonia()))
    equipment(here.room())
    SystemicOrderFactory(world=here)
    ProposalFactory(proposed_by=here.manager)
    notices.published(here)
    begun(here)
    appraisal.presented(here)


@pytest.mark.parametrize("room", [*LISTS, "me"])
def test_nobody_reads_without_a_session_or_token(room: str) -> None:
    for raw in (None, "wl_guess"):
        answer = get(f"{room}/", raw)
        assert answer.status_code == 401
        assert "令牌" in answer.json()["detail"]
    assert get("openapi.json").status_code == 401


@pytest.mark.parametrize("room", sorted({*LISTS, "me"} - {"findings", "orders"}))
def test_nothing_is_written_where_nothing_is_to_be_written(here: World, room: str) -> None:
    raw = token(here.head)
    for verb in ("post", "put", "patch", "delete"):
        answer = getattr(Client(HTTP_HOST="localhost"), verb)(
            f"/api/{room}/", headers={"authorization": f"Bearer {raw}"}
        )
        assert answer.status_code == 405
        assert answer.json()["detail"] == "这个地址没有这种操作。"
        assert answer.headers["Allow"] == "GET"


def test_a_token_reads_what_its_owner_sees(here: World) -> None:
    order = issued(here)
    assert get("orders/", token(here.head)).json()["count"] == 1
    assert get(f"orders/{order.pk}/", token(here.manager)).json()["number"] == order.number
    stranger = person(Role.SUPPLIER_MANAGER, company("示例弱电公司"))
    raw = token(stranger)
    assert get("orders/", raw).json() == {"items": [], "count": 0}
    for path in (
        f"orders/{order.pk}/",
        f"findings/{order.finding_id}/",
        "orders/0/",
        "orders/abc/",
        f"orders/{'9' * 30}/",
    ):
        answer = get(path, raw)
        assert answer.status_code == 404
        assert answer.json() == {"detail": "没有找到，或者您看不到它。", "errors": []}
    assert get("places/", raw).json()["count"] == 0


def test_a_strange_company_sees_nothing_anywhere_and_another_centre_neither(here: World) -> None:
    filled(here)
    for stranger in (
        person(Role.SUPPLIER_MANAGER, company("示例弱电公司")),
        person(Role.STAFF, here.centre),
        person(Role.CENTRE_HEAD, centre("北京西路办公区服务中心")),
    ):
        raw = token(stranger)
        for room in set(LISTS) - {"standards", "proposals"}:
            assert get(f"{room}/", raw).json() == {"items": [], "count": 0}, room
    raw = token(person(Role.SUPPLIER_MANAGER, company("示例电梯公司")))
    assert get("proposals/", raw).json()["count"] == 0
    assert get("duties/gaps/?area=WLS", raw).status_code == 404


def test_a_company_sees_its_own_score_order_and_proposal_and_nothing_of_the_bureaus_own(here: World) -> None:
    filled(here)
    raw = token(here.manager)
    counts = {room: get(f"{room}/", raw).json()["count"] for room in LISTS}
    assert {room: counts[room] for room in INSIDE_ONLY} == dict.fromkeys(INSIDE_ONLY, 0)
    assert counts["scores"] == counts["proposals"] == counts["systemic-orders"] == counts["orders"] == 1
    assert counts["duties"] == Duty.objects.current().filter(doer=here.company).count() > 0
    assert counts["notices"] == 0  # the one there is concerns nobody
    assert counts["deviations"] == 1


@time_machine.travel(at("2026-11-20"), tick=False)
def test_a_deviation_says_what_takes_the_place_of_what_until_when(here: World) -> None:
    duty = here.duty(ammonia())
    deviation, waiting = held(here, duty), ask(here, here.duty(ammonia()))
    raw = token(here.head)
    one = get(f"deviations/{deviation.pk}/", raw).json()
    assert (one["number"], one["state"], one["duty_id"]) == (deviation.number, "approved", duty.pk)
    assert (one["measure"], one["until_on"], one["since"]) == ("每 2 小时人工巡查", "2026-12-31", "2026-11-16")
    assert (one["asked_by"], one["decided_by"]) == (here.manager.name, here.centre_head.name)
    for query, found in (
        ("state=approved", [deviation]),
        ("state=asked", [waiting]),
        ("state=expired", []),
        (f"duty_id={duty.pk}&area=WLS&held_on=2026-12-31", [deviation]),
        ("held_on=2027-01-01", []),
        ("area=BJXL", []),
    ):
        assert [row["id"] for row in get(f"deviations/?{query}", raw).json()["items"]] == [one.pk for one in found], (
            query
        )
    stranger = token(person(Role.SUPPLIER_MANAGER, company("示例弱电公司")))
    assert get(f"deviations/{deviation.pk}/", stranger).status_code == 404
    with time_machine.travel(at("2027-01-01"), tick=False):
        later = token(here.head)
        assert get(f"deviations/{deviation.pk}/", later).json()["state"] == "expired"
        assert [row["id"] for row in get("deviations/?state=expired", later).json()["items"]] == [deviation.pk]
        assert get("deviations/?state=approved", later).json()["count"] == 0


def test_a_token_does_no_more_than_its_scopes(here: World) -> None:
    filled(here)
    reader, scores = token(here.head, TokenScope.READ), token(here.head, TokenScope.READ_SCORES)
    for room in LISTS:
        is_score = room in ("scores", "reports")
        assert get(f"{room}/", reader).status_code == (403 if is_score else 200)
        assert get(f"{room}/", scores).status_code == (200 if is_score else 403)
    assert "“读取：考评得分、分析报告”" in get("scores/", reader).json()["detail"]
    me = get("me/", scores).json()
    assert (me["account"], me["scopes"], me["token"]) == (here.head.account, ["read_scores"], "试")


def test_a_token_of_before_goes_on_reading(here: World) -> None:
    raw = make_token(owner=here.head, name="旧", expires_on=date.today() + timedelta(days=2), by=here.head, at=now())[1]
    assert AccessToken.objects.get().scopes == ["read"]
    assert get("findings/", raw).status_code == 200


def test_a_revoked_or_expired_token_reads_nothing(here: World) -> None:
    made, raw = make_token(
        owner=here.head, name="试", expires_on=date.today() + timedelta(days=2), by=here.head, at=now()
    )
    assert get("findings/", raw).status_code == 200
    revoke_token(token=made, by=here.head, at=now())
    assert get("findings/", raw).status_code == 401


def test_when_a_token_was_last_used_is_known_to_the_minute(here: World) -> None:
    raw = token(here.head)
    assert AccessToken.objects.get().last_used_at is None
    get("me/", raw)
    first = AccessToken.objects.get().last_used_at
    assert now() - first < timedelta(seconds=30)
    get("me/", raw)
    assert AccessToken.objects.get().last_used_at == first
    AccessToken.objects.update(last_used_at=first - timedelta(minutes=2))
    get("me/", raw)
    assert AccessToken.objects.get().last_used_at >= first


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("limit=-1", "limit 不能小于 1。"),
        ("limit=x", "limit 要是整数。"),
        ("limit=1001", "limit 不能大于 1000。"),
        (f"offset={'9' * 40}", "offset 不能大于 1000000000。"),
        (
            "stage=nowhere",
            "stage 只能是 open、noted、issued、received、answered、returned、extension、closed、withdrawn。",
        ),
        ("found_from=2026-13-01", "found_from 要是日期，如 2026-11-24。"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_words(here: World, query: str, sentence: str) -> None:
    answer = get(f"findings/?{query}", token(here.head))
    assert answer.status_code == 422
    assert answer.json()["detail"] == sentence
    assert answer.json()["errors"] == [{"field": query.split("=", maxsplit=1)[0], "sentence": sentence}]


@pytest.mark.parametrize("query", ["area=' OR 1=1", "stage=%00", "found_from=0001-01-01", "found_before=9999-12-31"])
def test_a_hostile_query_is_answered_not_broken(here: World, query: str) -> None:
    here.finding()
    answer = get(f"findings/?{query}", token(here.head))
    assert answer.status_code in {200, 400}
    assert answer.json()


@pytest.mark.parametrize("room", LISTS)
def test_a_list_takes_few_queries_whatever_its_length(here: World, room: str) -> None:
    filled(here)
    raw = token(here.head)
    get(f"{room}/", raw)
    with CaptureQueriesContext(connection) as few:
        assert get(f"{room}/", raw).status_code == 200
    before = get(f"{room}/", raw).json()["count"]
    for _ in range(4):
        issued(here)
        SystemicOrderFactory(world=here)
        ProposalFactory(proposed_by=here.head)
        notices.drafted(here)
    with CaptureQueriesContext(connection) as many:
        answer = get(f"{room}/", raw)
    assert len(many) == len(few) <= MOST_QUERIES
    assert answer.json()["count"] == len(answer.json()["items"]) > 0
    grows = room not in ("equipment", "duties/gap-index", "deviations", "scores", "reports")
    assert (answer.json()["count"] > before) == grows


@pytest.mark.parametrize("room", [room for room in LISTS if room != "duties/gap-index"])
def test_one_thing_takes_few_queries_and_is_there(here: World, room: str) -> None:
    filled(here)
    raw = token(here.head)
    items = get(f"{room}/", raw).json()["items"]
    with CaptureQueriesContext(connection) as asked:
        one = get(f"{room}/{items[0]['id']}/", raw)
    assert one.status_code == 200
    assert one.json()["id"] == items[0]["id"]
    assert len(asked) <= MOST_OF_ONE


def test_a_list_is_paged_and_filtered(here: World) -> None:
    for _ in range(3):
        issued(here)
    raw = token(here.head)
    page = get("orders/?limit=2&offset=2", raw).json()
    assert (len(page["items"]), page["count"]) == (1, 3)
    due = get("orders/", raw).json()["items"][0]["due_on"]
    assert get(f"orders/?state=issued&area=WLS&due_from={due}&due_to={due}", raw).json()["count"] == 3
    assert get("orders/?state=closed", raw).json()["count"] == 0
    assert get("orders/?area=BJXL", raw).json()["count"] == 0
    assert get("findings/?severity=B&found_from=2026-11-16&found_before=2026-11-17", raw).json()["count"] == 3
    assert get("findings/?found_before=2026-11-16", raw).json()["count"] == 0


def test_an_order_carries_its_answers(here: World) -> None:
    order = answered(here)
    (answer,) = get(f"orders/{order.pk}/", token(here.manager)).json()["answers"]
    assert (answer["cause_kind"], answer["value"], answer["verdict"]) == ("management", "0.1800", "")
    assert answer["evidence"][0]["sha256"] == order.answers.get().evidence.get().sha256


def test_a_score_shows_its_sum_and_the_finding_behind_each_point(here: World) -> None:
    appraisal.contracted(here)
    period = appraisal.presented(here)
    sheet, frozen = Sheet.objects.get(), Score.objects.get()
    raw = token(here.manager)
    row = get("scores/?area=WLS&state=presented", raw).json()["items"][0]
    assert (row["score"], row["grade"], row["is_frozen"]) == (str(frozen.total), frozen.grade, True)
    assert row["contract"] == Contract.objects.get().number
    one = get(f"scores/{sheet.pk}/", raw).json()
    (lost,) = one["chapters"][0]["lost"]
    finding = period.sheets.get().unit.findings.get()
    assert (lost["finding_id"], lost["finding"], lost["points"]) == (finding.pk, finding.number, "2")
    assert one["payment"]["fee"] == frozen.result["payment"]["fee"]
    assert (one["is_interim"], one["inputs_sha256"]) == (False, frozen.inputs_hash)
    export = get(f"scores/{sheet.pk}/export/", raw).json()
    assert (export["inputs"], export["result"]) == (frozen.inputs, frozen.result)
    desk = Client(HTTP_HOST="localhost")
    desk.force_login(here.manager)
    page = desk.get(reverse("appraisal:data", args=[sheet.pk]))
    assert page.status_code == 200
    assert page.json()["inputs"] == export["inputs"]


def test_a_quarter_under_way_has_an_interim_as_on_its_page(here: World) -> None:
    appraisal.opened(here)
    appraisal.checked(here)
    sheet = Sheet.objects.get()
    raw = token(here.manager)
    assert get("scores/", raw).json()["items"][0]["score"] is None
    one = get(f"scores/{sheet.pk}/", raw).json()
    assert (one["is_interim"], one["frozen_at"], one["score"]) == (True, None, "100.00")


def test_duties_say_what_they_lack_and_the_index_is_that_of_the_page(here: World) -> None:
    whole, lacking = here.duty(), here.duty(doer=None, cycle_months=None)
    raw = token(here.head)
    assert get(f"duties/{whole.pk}/", raw).json()["gaps"] == []
    assert get(f"duties/{lacking.pk}/", raw).json()["gaps"] == ["doer", "cycle"]
    assert [row["id"] for row in get("duties/?gap=doer", raw).json()["items"]] == [lacking.pk]
    assert [row["id"] for row in get(f"duties/?place_id={whole.place_id}", raw).json()["items"]] == [whole.pk]
    (index,) = get("duties/gap-index/", raw).json()["items"]
    assert (index["area"], index["percent"], index["required"]) == ("WLS", None, 0)
    assert get("duties/gaps/", raw).status_code == 422
    assert get("duties/gaps/?area=WLS", raw).json() == {"items": [], "count": 0}


def test_rounds_are_ones_own_or_those_of_the_area(here: World) -> None:
    here.observation(by=here.finder)
    here.observation(by=here.third)
    raw = token(here.third)
    assert get("rounds/", raw).json()["count"] == 2
    (mine,) = get("rounds/?mine=true", raw).json()["items"]
    assert mine["inspector_id"] == here.third.pk
    one = get(f"rounds/{mine['id']}/", raw).json()
    assert one["items"][0]["duty_id"] == Round.objects.get(pk=mine["id"]).items.get().duty_id
    assert get("rounds/?kind=special", raw).json()["count"] == 0


def test_a_report_gives_its_figures_and_problems(here: World) -> None:
    report = begun(here)
    one = get(f"reports/{report.pk}/", token(here.head)).json()
    assert one["figures"]["totals"]["findings"] == report.figures["totals"]["findings"]
    assert [problem["failures"] for problem in one["problems"]] == [
        problem.failures for problem in report.problems.all()
    ]


def test_a_notice_gives_the_public_words_only(here: World) -> None:
    notice = notices.drafted(here)
    for reader in (here.head, here.centre_head):
        text = get(f"notices/{notice.pk}/", token(reader)).content.decode()
        assert "13812345678" not in text
        assert "李主管" not in text
        assert "北门改道" in text


def test_a_company_reads_a_notice_about_itself_once_it_was_told(here: World) -> None:
    notice = notices.drafted(here)
    notice.concerns = here.company
    notice.save()
    raw = token(here.manager)
    assert get(f"notices/{notice.pk}/", raw).status_code == 404
    notice.state, notice.submitted_by, notice.submitted_at = State.SUBMITTED, here.head, at("2026-11-16")
    notice.save()
    assert get(f"notices/{notice.pk}/", raw).json()["concerns"] == "示例物业公司"
