"""Orders over the API: read, issue, sign for, answer; and the orders that mend the system."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.errors import AuthorizationError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from wolong.ground.exchange.api import Number, Paging, check_sizes, once, one_of, reads, words, writes
from wolong.ground.files.actions import keep_evidence
from wolong.ground.files.models import Evidence
from wolong.ground.files.states import MOST_BYTES
from wolong.ground.people.states import TokenScope
from wolong.ground.workdays.queries import now
from wolong.loop.findings import queries as findings
from wolong.loop.findings.models import Finding
from wolong.loop.rectification import access, actions, queries
from wolong.loop.rectification.models import Answer, Order, SystemicOrder
from wolong.loop.rectification.states import Cause, State, SystemicState

orders = Router(tags=["orders"])
systemic_orders = Router(tags=["systemic-orders"])
MOST_PHOTOS = 9


class OrderOut(Schema):
    """One order; `is_due_provisional` (暂定): the deadline reaches into a year whose calendar is not announced."""

    id: int
    number: str
    area: str
    finding_id: int
    finding: str
    responsible: str
    supervisor: str
    state: one_of(State)  # type: ignore[valid-type]
    demand: str
    issued_at: datetime
    due_on: date
    is_due_provisional: bool
    received_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    times_returned: int
    is_watched: bool

    @staticmethod
    def resolve_area(order: Order) -> str:
        return order.area.code

    @staticmethod
    def resolve_finding(order: Order) -> str:
        return order.finding.number

    @staticmethod
    def resolve_responsible(order: Order) -> str:
        return str(order.responsible)

    @staticmethod
    def resolve_supervisor(order: Order) -> str:
        return str(order.supervisor)

    @staticmethod
    def resolve_is_watched(order: Order) -> bool:
        return order.watched_at is not None


class EvidenceOut(Schema):
    """A photograph that was kept; its SHA-256 is that of the bytes received."""

    id: int
    name: str
    sha256: str
    size: int


class AnswerOut(Schema):
    """What the unit did; `verdict` is empty until a third person has looked."""

    id: int
    order_id: int
    cause_kind: one_of(Cause)  # type: ignore[valid-type]
    cause: str
    measure: str
    value: Decimal | None
    unit: str
    evidence: list[EvidenceOut]
    answered_by: str
    answered_at: datetime
    verdict: str
    remark: str
    judged_at: datetime | None

    @staticmethod
    def resolve_evidence(answer: Answer) -> list[Evidence]:
        return list(answer.evidence.all())

    @staticmethod
    def resolve_answered_by(answer: Answer) -> str:
        return answer.answered_by.name


class OrderWithAnswers(OrderOut):
    answers: list[AnswerOut]

    @staticmethod
    def resolve_answers(order: Order) -> list[Answer]:
        return list(order.answers.all())


def _orders(request: HttpRequest) -> QuerySet[Order]:
    rows = Order.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    return rows.select_related("area__centre", "finding", "responsible", "supervisor").order_by("-pk")


def _answers() -> QuerySet[Answer]:
    return Answer.objects.select_related("answered_by").prefetch_related("evidence").order_by("pk")


@orders.get("", **reads(TokenScope.READ, list[OrderOut], _("整改通知单")))
@paginate(Paging)
def list_orders(
    request: HttpRequest,
    area: str = "",
    state: one_of(State) | None = None,  # type: ignore[valid-type]
    due_from: date | None = None,
    due_to: date | None = None,
) -> QuerySet[Order]:
    """The orders that the caller sees, newest first; `area` by code."""
    given = {"area__code": area or None, "state": state, "due_on__gte": due_from, "due_on__lte": due_to}
    return _orders(request).filter(**{name: value for name, value in given.items() if value is not None})


@orders.get("{int:order_id}/", **reads(TokenScope.READ, OrderWithAnswers, _("一张整改通知单，连同答复"), one=True))
def get_order(request: HttpRequest, order_id: int) -> Order:
    return get_object_or_404(_orders(request).prefetch_related(Prefetch("answers", _answers())), pk=order_id)


class IssueIn(Schema):
    """`due_on` empty: the term of the clause."""

    finding_id: Number
    due_on: date | None = None
    demand: words(500) = ""  # type: ignore[valid-type]


@orders.post(
    "", **writes(TokenScope.ISSUE_ORDERS, OrderOut, _("下发整改通知单"), _("对一个待下发的问题；期限不填就按条款。"))
)
@once(OrderOut)
def issue_order(request: HttpRequest, given: IssueIn) -> Order:
    """The head of the supervising section, or of the centre."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = Finding.objects.filter(findings.visible_to(scope)).select_related("area__centre", "supervisor")
    finding = get_object_or_404(rows, pk=given.finding_id)
    if not access.may_issue_at_all(scope, finding):
        raise AuthorizationError(message=_("只有监督科室的主管或中心负责人才能签发整改通知单。"))
    order = actions.issue_order(finding=finding, due_on=given.due_on, demand=given.demand, by=scope.person, at=now())
    return get_object_or_404(_orders(request), pk=order.pk)


@orders.post("{int:order_id}/receive/", **writes(TokenScope.ANSWER_ORDERS, OrderOut, _("签收整改通知单"), status=200))
@once(OrderOut, status=200)
def receive_order(request: HttpRequest, order_id: int) -> Order:
    """The responsible unit's own people."""
    order = get_object_or_404(_orders(request), pk=order_id)
    if not access.is_of_unit(request.scope, order.responsible):  # type: ignore[attr-defined]
        raise AuthorizationError(message=_("只有%(unit)s的人能签收。") % {"unit": order.responsible})
    actions.receive_order(order=order, by=request.scope.person, at=now())  # type: ignore[attr-defined]
    return get_object_or_404(_orders(request), pk=order_id)


class AnswerIn(Schema):
    """Why it happened, what was done; `value_text` with its unit where the finding was measured (0.18 mg/m³)."""

    cause_kind: one_of(Cause)  # type: ignore[valid-type]
    cause: words(500, least=1)  # type: ignore[valid-type]
    measure: words(500, least=1)  # type: ignore[valid-type]
    value_text: words(60) = ""  # type: ignore[valid-type]


@orders.post(
    "{int:order_id}/answers/",
    **writes(
        TokenScope.ANSWER_ORDERS, AnswerOut, _("答复整改通知单"),
        _("原因、措施和证明；照片（photos）至多 9 张，每张 20 MB 以内。发现问题的人不能答复。"),
    ),
)  # fmt: skip
@once(AnswerOut)
def answer_order(
    request: HttpRequest, order_id: int, given: Form[AnswerIn], photos: File[list[UploadedFile]] = []  # noqa: B006 - as ninja reads it
) -> Answer:  # fmt: skip
    """The responsible unit's own people, never who found it; a third person looks afterwards."""
    order = get_object_or_404(_orders(request).select_related("finding__place"), pk=order_id)
    _check_unit(request, order)
    check_sizes(photos, most_bytes=MOST_BYTES, most_files=MOST_PHOTOS)
    by, at, place = request.scope.person, now(), order.finding.place.full_name  # type: ignore[attr-defined]
    kept = [keep_evidence(data=one, name=one.name or _("照片"), by=by, at=at, place_text=place) for one in photos]
    answer = actions.answer_order(order=order, **given.model_dump(), evidence=kept, by=by, at=at)
    return get_object_or_404(_answers(), pk=answer.pk)


def _check_unit(request: HttpRequest, order: Order) -> None:
    scope = request.scope  # type: ignore[attr-defined]
    if not access.is_of_unit(scope, order.responsible) or scope.person.pk == order.finding.found_by_id:
        sentence = _("只有%(unit)s的人能答复，发现问题的人不能。") % {"unit": order.responsible}
        raise AuthorizationError(message=sentence)


class SystemicOrderOut(Schema):
    """What let a clause fail again and again: ordered to one unit, reported by it, verified half a year later."""

    id: int
    number: str
    area: str
    title: str
    demand: str
    owner: str
    state: one_of(SystemicState)  # type: ignore[valid-type]
    issued_at: datetime
    due_on: date
    account: str
    reported_at: datetime | None
    verdict: str
    verified_at: datetime | None

    @staticmethod
    def resolve_area(order: SystemicOrder) -> str:
        return order.area.code

    @staticmethod
    def resolve_owner(order: SystemicOrder) -> str:
        return str(order.owner)


def _systemic_orders(request: HttpRequest) -> QuerySet[SystemicOrder]:
    rows = SystemicOrder.objects.filter(queries.systemic_visible_to(request.scope))  # type: ignore[attr-defined]
    return rows.select_related("area", "owner").order_by("-pk")


@systemic_orders.get("", **reads(TokenScope.READ, list[SystemicOrderOut], _("系统性整改单")))
@paginate(Paging)
def list_systemic_orders(
    request: HttpRequest,
    area: str = "",
    state: one_of(SystemicState) | None = None,  # type: ignore[valid-type]
) -> QuerySet[SystemicOrder]:
    """The systemic orders that the caller sees, newest first; `area` by code."""
    rows = _systemic_orders(request)
    if area:
        rows = rows.filter(area__code=area)
    return rows.filter(state=state) if state else rows


@systemic_orders.get("{int:order_id}/", **reads(TokenScope.READ, SystemicOrderOut, _("一张系统性整改单"), one=True))
def get_systemic_order(request: HttpRequest, order_id: int) -> SystemicOrder:
    return get_object_or_404(_systemic_orders(request), pk=order_id)
