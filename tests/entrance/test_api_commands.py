"""The API, writing: through the actions, once for each key, within scope and right; what is acknowledged is there."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.exchange import get, post, token
from tests.factories.files import photo_bytes
from tests.factories.findings import World, ammonia, tidy, world
from tests.factories.people import company, person
from tests.factories.plans import PlanFactory
from tests.factories.rectification import issued
from wolong.ground.exchange.models import Arrival
from wolong.ground.files.models import Evidence
from wolong.ground.files.shelf import take
from wolong.ground.ledger.models import Entry
from wolong.ground.people.states import Role, TokenScope
from wolong.ground.workdays.queries import today
from wolong.loop.duties.models import Duty
from wolong.loop.fieldwork.models import Observation
from wolong.loop.findings.models import Finding
from wolong.loop.plans.models import Plan, Round
from wolong.loop.rectification.models import Answer, Order

pytestmark = pytest.mark.django_db
WHY = {"cause_kind": "management", "cause": "排风电机停转未被发现", "measure": "更换电机"}


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    made = world()
    if not Plan.objects.filter(area=made.area, month=today().replace(day=1)).exists():
        PlanFactory(area=made.area, month=today().replace(day=1))
    return made


def picture(size: int = 64, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo_bytes((size, 48)), "image/jpeg")


def measured(here: World) -> Duty:
    return here.duty(ammonia())


def log(here: World, duty: Duty, *, by: Any = None, key: str | None = "", **given: Any) -> Any:
    data = {"duty_id": duty.pk, "value_text": "0.42 mg/m³", **given}
    return post("findings/", token(by or here.finder), data, key=key, form=True)


def test_a_finding_is_first_a_fact_and_then_a_judgement(here: World) -> None:
    duty = measured(here)
    answer = log(here, duty, remark="排风停转")
    assert answer.status_code == 201
    finding = Finding.objects.get()
    assert answer.json()["number"] == finding.number
    observation = Observation.objects.get()
    assert (finding.observation, finding.duty, finding.requirement) == (observation, duty, duty.requirement)
    assert (observation.observed_by, str(observation.value)) == (here.finder, "0.4200")
    assert observation.visit.submitted_at is not None
    walk = Round.objects.get()
    assert (walk.kind, walk.inspector, walk.state) == ("unplanned", here.finder, "done")
    duty.refresh_from_db()
    assert (duty.failures, duty.last_result) == (1, "fails")
    assert {"add_unplanned_round", "submit_visit", "raise_finding"} <= set(Entry.objects.values_list("verb", flat=True))
    assert get(f"findings/{finding.pk}/", token(here.finder)).json() == answer.json()


def test_a_photograph_is_on_the_disk_when_it_is_acknowledged(here: World) -> None:
    content = photo_bytes()
    answer = log(
        here, here.duty(tidy()), value_text="", remark="地面有积水", photos=SimpleUploadedFile("a.jpg", content)
    )
    assert answer.status_code == 201
    kept = Evidence.objects.get()
    assert take(kept.sha256) == content
    assert list(Observation.objects.get().evidence.all()) == [kept]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value_text": "0.1 mg/m³"}, "读数判为符合；要改判，请写理由。"),
        ({"value_text": ""}, "请填实测值：还差 1 个指标。"),
        ({"value_text": "很多"}, "实测值："),
        ({"measure_index": 7}, "这一条没有第 8 个指标。"),
        ({"remark": "长" * 501}, "remark 太长，最多 500 个字。"),
        ({"remark": "\x07"}, "remark 里有不能用的字符。"),
        ({"measure_index": "x"}, "measure_index 要是整数。"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stays(here: World, given: dict[str, Any], sentence: str) -> None:
    answer = log(here, measured(here), **given)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(sentence)
    assert (Round.objects.count(), Observation.objects.count(), Finding.objects.count(), Arrival.objects.count()) == (
        0,
    ) * 4


def test_a_place_without_photographs_takes_none(here: World) -> None:
    duty = here.duty(tidy(), place=here.room(is_no_photo=True))
    answer = log(here, duty, value_text="", remark="有积水", photos=picture())
    assert (answer.status_code, answer.json()["detail"]) == (422, "这里禁止拍照：请填读数，并由现场人员签认。")
    assert not Evidence.objects.exists()


def test_too_much_is_413(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    duty = here.duty(tidy())
    ten = [picture(name=f"{n}.jpg") for n in range(10)]
    assert log(here, duty, value_text="", remark="积水", photos=ten).status_code == 413
    monkeypatch.setattr("wolong.loop.findings.api.MOST_BYTES", 100)
    answer = log(here, duty, value_text="", remark="积水", photos=picture())
    assert (answer.status_code, "请缩小" in answer.json()["detail"]) == (413, True)
    monkeypatch.setattr("wolong.entrance.middleware.MOST_BYTES", 10)
    answer = log(here, duty)
    assert (answer.status_code, answer.json()["detail"]) == (413, "内容太大。")
    monkeypatch.undo()
    big = post("orders/", token(here.head), {"finding_id": 1, "demand": "长" * 1_500_000})
    assert (big.status_code, big.json()["detail"]) == (413, "内容太大。")


def test_who_may_not_log_is_told_so_and_what_one_does_not_see_is_not_there(here: World) -> None:
    duty = measured(here)
    assert log(here, duty, by=here.manager).status_code == 403  # sees its duty, does not judge itself
    assert log(here, duty, by=person(Role.AUDITOR, here.centre)).status_code == 403
    assert log(here, duty, by=person(Role.SUPPLIER_MANAGER, company("示例电梯公司"))).status_code == 404
    own = here.duty(ammonia(), doer=here.section)
    answer = log(here, own)
    assert (answer.status_code, answer.json()["detail"]) == (422, "做这件事的单位的人不能自己来查。")
    assert not Finding.objects.exists()


def test_without_a_plan_there_is_no_round(here: World) -> None:
    Plan.objects.all().delete()
    assert log(here, measured(here)).json()["detail"] == "本月计划还没有编排，先编排月计划。"


def test_an_order_is_issued_signed_for_and_answered(here: World) -> None:
    finding = here.finding()
    made = post("orders/", token(here.head), {"finding_id": finding.pk, "demand": "降到限值以内"})
    assert made.status_code == 201
    order = Order.objects.get()
    assert (made.json()["id"], order.issued_by, order.demand) == (order.pk, here.head, "降到限值以内")
    raw = token(here.manager)
    signed = post(f"orders/{order.pk}/receive/", raw)
    assert (signed.status_code, signed.json()["state"]) == (200, "received")
    answer = post(
        f"orders/{order.pk}/answers/", raw, {**WHY, "value_text": "0.18 mg/m³", "photos": picture()}, form=True
    )
    assert answer.status_code == 201
    given = Answer.objects.get()
    assert (given.answered_by, given.evidence.count(), str(given.value)) == (here.manager, 1, "0.1800")
    order.refresh_from_db()
    assert order.state == "answered"
    again = post(f"orders/{order.pk}/answers/", raw, {**WHY, "value_text": "0.18"}, form=True)
    assert again.status_code == 422
    assert "待复查" in again.json()["detail"]


def test_only_those_act_on_an_order_who_may(here: World) -> None:
    finding = here.finding()
    assert post("orders/", token(here.finder), {"finding_id": finding.pk}).status_code == 403
    assert post("orders/", token(here.manager), {"finding_id": finding.pk}).status_code == 403
    stranger = token(person(Role.SUPPLIER_MANAGER, company("示例电梯公司")))
    assert post("orders/", stranger, {"finding_id": finding.pk}).status_code == 404
    order = issued(here, finding=finding)
    for path, given in (
        (f"orders/{order.pk}/receive/", {}),
        (f"orders/{order.pk}/answers/", {**WHY, "value_text": "0.1"}),
    ):
        assert post(path, token(here.head), given, form=True).status_code == 403
        assert post(path, stranger, given, form=True).status_code == 404
    order.refresh_from_db()
    assert (order.state, Answer.objects.count()) == ("issued", 0)


@pytest.mark.parametrize("scope", list(TokenScope))
def test_a_token_writes_within_its_scopes_only(here: World, scope: TokenScope) -> None:
    duty, finding, order = measured(here), here.finding(), issued(here)
    allowed = {
        TokenScope.LOG_FINDINGS: post(
            "findings/", token(here.finder, scope), {"duty_id": duty.pk, "value_text": "0.42"}, form=True
        ),
        TokenScope.ISSUE_ORDERS: post("orders/", token(here.head, scope), {"finding_id": finding.pk}),
        TokenScope.ANSWER_ORDERS: post(f"orders/{order.pk}/receive/", token(here.manager, scope)),
    }
    for needed, answer in allowed.items():
        assert (answer.status_code < 300) == (needed == scope), needed
        if needed != scope:
            assert answer.status_code == 403
            assert f"“{needed.label}”" in answer.json()["detail"]


def test_the_same_command_gets_the_same_answer_byte_for_byte(here: World) -> None:
    duty, key = measured(here), str(uuid4())
    first = log(here, duty, key=key)
    Finding.objects.update(title="后来改了")
    second = log(here, duty, key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert (first["Idempotency-Replayed"], second["Idempotency-Replayed"]) == ("false", "true")
    assert second["Content-Type"] == first["Content-Type"]
    assert (Finding.objects.count(), Round.objects.count(), Arrival.objects.count()) == (1, 1, 1)


def test_a_photograph_belongs_to_what_was_asked(here: World) -> None:
    duty, key, one = here.duty(tidy()), str(uuid4()), photo_bytes()
    given = {"value_text": "", "remark": "积水"}
    first = log(here, duty, key=key, photos=SimpleUploadedFile("a.jpg", one), **given)
    same = log(here, duty, key=key, photos=SimpleUploadedFile("a.jpg", one), **given)
    other = log(here, duty, key=key, photos=SimpleUploadedFile("a.jpg", photo_bytes()), **given)
    assert (first.status_code, same.content == first.content, other.status_code) == (201, True, 409)
    assert Evidence.objects.count() == 1


def test_a_key_that_was_used_for_something_else_is_a_conflict(here: World) -> None:
    finding, other, key = here.finding(), here.finding(), str(uuid4())
    raw = token(here.head)
    assert post("orders/", raw, {"finding_id": finding.pk}, key=key).status_code == 201
    for path, given in (("orders/", {"finding_id": other.pk}), (f"orders/{Order.objects.get().pk}/receive/", {})):
        answer = post(path, raw, given, key=key)
        assert (answer.status_code, answer.json()["detail"]) == (
            409,
            "这个 Idempotency-Key 已经用于另一次不同的提交，请换一个新的。",
        )
    assert Order.objects.count() == 1


def test_a_key_is_its_owners(here: World) -> None:
    key, duty = str(uuid4()), measured(here)
    assert log(here, duty, key=key).status_code == 201
    assert log(here, duty, by=here.third, key=key, remark="另一个人看到的").status_code == 201
    assert set(Arrival.objects.values_list("owner", flat=True)) == {here.finder.pk, here.third.pk}


def test_what_was_refused_may_be_tried_again_under_its_key(here: World) -> None:
    duty, key = measured(here), str(uuid4())
    assert log(here, duty, key=key, value_text="0.1").status_code == 422
    assert log(here, duty, key=key).status_code == 201
    finding = Finding.objects.get()
    assert post("orders/", token(here.finder), {"finding_id": finding.pk}, key="k").status_code == 403
    assert post("orders/", token(here.head), {"finding_id": finding.pk}, key="k").status_code == 201


@pytest.mark.parametrize("key", [None, " ", "长", "x" * 201])
def test_a_command_needs_a_key(here: World, key: str | None) -> None:
    answer = log(here, measured(here), key=key)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]
    assert not Finding.objects.exists()


def test_a_session_writes_with_the_pages_own_token_only(here: World) -> None:
    finding = here.finding()
    desk = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    desk.force_login(here.head)
    headers = {"idempotency-key": "k"}
    bare = desk.post("/api/orders/", {"finding_id": finding.pk}, "application/json", headers=headers)
    assert bare.status_code == 403
    assert bare.json()["detail"] == "您没有这个权限。"
    desk.get("/people/me/tokens/make/")
    headers["x-csrftoken"] = desk.cookies["csrftoken"].value
    good = desk.post("/api/orders/", {"finding_id": finding.pk}, "application/json", headers=headers)
    assert good.status_code == 201


@pytest.mark.parametrize(
    "body", ["{", "[]", "null", '{"finding_id": "\\ud800"}', '{"finding_id": 99999999999999999999}', "\x00"]
)
def test_a_malformed_body_is_answered_in_json(here: World, body: str) -> None:
    answer = post("orders/", token(here.head), body)
    assert answer.status_code in {400, 422}
    assert not answer.json()["detail"].isascii()


def test_a_broken_form_is_answered_in_json(here: World) -> None:
    headers = {"authorization": f"Bearer {token(here.finder)}", "idempotency-key": "k"}
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = Client(HTTP_HOST="localhost").post("/api/findings/", b"\xff\x00--x", kind, headers=headers)
        assert answer.status_code in {400, 422}
        assert not answer.json()["detail"].isascii()
