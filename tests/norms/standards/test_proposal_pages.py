"""The pages of revision: from 这条不合适 to the new edition in force."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests.factories import people
from tests.loop.rectification.desk import desk
from tests.norms.standards.texts import cleaning
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.norms.standards import actions
from wolong.norms.standards.models import Clause, Edition, Proposal

AT = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def keeper() -> Person:
    return people.person(Role.STANDARDS, people.bureau(), name="林工")


@pytest.fixture
def other(keeper: Person) -> Person:
    return people.person(Role.STANDARDS, keeper.organization, name="徐处长")


@pytest.fixture
def clause(keeper: Person, other: Person) -> Clause:
    edition = actions.draft_edition(text=cleaning(), by=keeper, at=AT)
    actions.approve_edition(edition=edition, by=other, at=AT)
    return actions.bring_into_force(edition=edition, by=other, at=AT).clauses.get(number="5.1.1")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_from_a_clause_to_its_next_edition(clause: Clause, keeper: Person, other: Person) -> None:
    writer, decider = desk(keeper), desk(other)
    page = text_of(writer.get(clause.get_absolute_url()))
    assert reverse("standards:record", args=[clause.pk]) in page
    record = text_of(writer.get(reverse("standards:record", args=[clause.pk])))
    assert "没有人提出修订" in record
    wanted = clause.text.replace("2 次", "3 次")
    propose = reverse("standards:propose", args=[clause.pk])
    assert writer.post(propose, {"reason": "", "wanted": wanted}).status_code == 422
    assert writer.post(propose, {"reason": "人流多了", "wanted": wanted}).status_code == 302
    proposal = Proposal.objects.get()
    assert "等待标准管理员受理" in text_of(writer.get(proposal.get_absolute_url()))
    decide = reverse("standards:decide_proposal", args=[proposal.pk])
    assert writer.post(decide, {"verdict": "accept"}).status_code == 403
    assert "等待您受理" in text_of(decider.get(proposal.get_absolute_url()))
    assert decider.post(decide, {"verdict": "reject", "decision": ""}).status_code == 422
    assert decider.post(decide, {"verdict": "accept"}).status_code == 302
    draft = reverse("standards:draft_proposal", args=[proposal.pk])
    form = writer.get(draft).context["form"]
    text = form.initial["text"]
    assert "不少于 3 次" in text
    assert "Q/WLS BZ06-003—2027" in text
    assert writer.post(draft, {"text": "没有文件头"}).status_code == 422
    assert writer.post(draft, {"text": text}).status_code == 302
    edition = Edition.objects.get(number="Q/WLS BZ06-003—2027")
    touched = text_of(decider.get(edition.get_absolute_url()))
    assert "这样改会动到什么" in touched
    assert decider.post(reverse("standards:approve", args=[edition.pk])).status_code == 302
    assert "已起草" in text_of(writer.get(proposal.get_absolute_url()))
    with time_machine.travel(dt.datetime(2027, 1, 2, tzinfo=dt.UTC), tick=False):
        actions.bring_due_into_force(on=dt.date(2027, 1, 2), at=dt.datetime(2027, 1, 2, tzinfo=dt.UTC))
        assert "已随 Q/WLS BZ06-003—2027 实施" in text_of(desk(keeper).get(proposal.get_absolute_url()))
        now = edition.clauses.get(number="5.1.1")
        record = text_of(desk(keeper).get(reverse("standards:record", args=[now.pk])))
    assert "改前" in record
    assert "数据太少" in record


def test_a_company_sees_only_what_it_proposed_itself(clause: Clause, keeper: Person) -> None:
    company = people.company("示例物业公司")
    manager = people.person(Role.SUPPLIER_MANAGER, company, name="赵经理")
    theirs = actions.propose_revision(clause=clause, reason="频次太高", by=keeper, at=AT)
    mine = actions.propose_revision(clause=clause, reason="雨天不够", by=manager, at=AT)
    client = desk(manager)
    listed = text_of(client.get(reverse("standards:proposals")))
    assert "雨天不够" in listed
    assert "频次太高" not in listed
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(theirs.get_absolute_url()).status_code == 404
    for name in ("decide_proposal", "draft_proposal"):
        assert client.post(reverse(f"standards:{name}", args=[theirs.pk]), {}).status_code == 404
        assert client.post(reverse(f"standards:{name}", args=[mine.pk]), {}).status_code == 403
    assert client.get(reverse("standards:propose", args=[clause.pk])).status_code == 404


def test_a_tenant_finds_no_such_page(clause: Clause) -> None:
    tenant = people.person(Role.TENANT_LIAISON, people.bureau(), name="小李")
    assert desk(tenant).get(reverse("standards:proposals")).status_code in (403, 404)
    assert desk(tenant).get(reverse("standards:propose", args=[clause.pk])).status_code == 404
