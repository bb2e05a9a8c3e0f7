"""Sentences on home: what of findings and orders waits for this person, and for whom they wait."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import day
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import today
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import midnight
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import access, queries
from wolong.loop.rectification.models import Extension, Order
from wolong.loop.rectification.rules import FOLLOW_UP_DAYS
from wolong.loop.rectification.states import OPEN_STATES, ExtensionState, State
from wolong.norms.standards.states import Severity

MOST = 60  # of one kind: nobody does more in a day, and the list behind has all


def todos(request: HttpRequest) -> Iterator[Todo]:
    """Everything of these two rooms that waits, for one person."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    on = today()
    if not scope.held:
        return
    orders = _open_orders(scope)
    yield from _issuing(scope)
    answered = [order for order in orders if order.state == State.ANSWERED]
    left = queries.without_verifier((order for order in answered if _is_last(scope, order)), on=on)
    for order in orders:
        if order.state == State.ANSWERED:
            yield from _verifying(scope, order, nobody_else=order.pk in left)
        else:
            yield from _owed(scope, order)
    yield from _deciding(scope, orders)
    yield from _following_up(scope, on)


def _supervised(scope: Scope, *roles: str) -> Q:
    """Rows of sections under one of these roles of the person."""
    found = Q(pk__in=())
    for held in scope.held:
        if held.role in roles:
            found |= Q(supervisor__path__startswith=held.path)
    return found


def _open_orders(scope: Scope) -> list[Order]:
    """Orders where this person may have something to do or to wait for, each with the request for more time that is open."""
    mine = queries.own_unit(scope) | _supervised(scope, Role.SECTION_HEAD, Role.INSPECTOR, Role.CENTRE_HEAD)
    wished = FilteredRelation("extensions", condition=Q(extensions__state=ExtensionState.ASKED))
    rows = Order.objects.filter(mine, state__in=OPEN_STATES).annotate(wished=wished)
    rows = rows.annotate(**{f"wished_{name}": F(f"wished__{name}") for name in ("until", "reason", "asked_by")})
    return list(
        rows.select_related("finding", "responsible", "supervisor", "area__centre", "answered_by").order_by(
            "due_on", "pk"
        )[: 2 * MOST]
    )


def _issuing(scope: Scope) -> Iterator[Todo]:
    """One sentence for each round and unit would hide what is urgent: one for each finding, the many of a day together."""
    rows = Finding.objects.filter(_supervised(scope, Role.SECTION_HEAD), stage=Stage.OPEN).select_related(
        "responsible", "found_by"
    )
    by_day: dict[date, list[Finding]] = defaultdict(list)
    for finding in rows.order_by("found_at", "pk")[: 5 * MOST]:
        by_day[timezone.localtime(finding.found_at).date()].append(finding)
    for found_on, found in by_day.items():
        if len(found) == 1:
            yield _issue_one(found[0], found_on)
            continue
        units = sorted({str(finding.responsible or _("没有责任单位")) for finding in found})
        yield Todo(
            due=found_on + timedelta(days=1),
            sentence=_("签发 %(day)s发现的 {}") % {"day": day(found_on)},
            strong=_("%(n)d 张整改通知单") % {"n": len(found)},
            context=_("责任单位：%(units)s") % {"units": "、".join(units[:3])},
            verb=_("查看并签发"),
            url=f"{reverse('findings:list')}?stage={Stage.OPEN}&found_after={found_on}&found_before={found_on}",
        )


def _issue_one(finding: Finding, found_on: date) -> Todo:
    assigned = finding.responsible is not None
    return Todo(
        due=found_on + timedelta(days=1),
        sentence=_("为 {} 下发整改通知单") if assigned else _("为 {} 指定责任单位"),
        strong=finding.title,
        context=_("%(who)s %(on)s 发现 · %(severity)s") % {
            "who": finding.found_by.name, "on": day(finding.found_at), "severity": _severity(finding),
        },
        verb=_("查看并签发") if assigned else _("指定"),
        url=finding.get_absolute_url(),
    )  # fmt: skip


def _severity(finding: Finding) -> str:
    return f"{finding.severity} {finding.get_severity_display()}"


def _is_third(scope: Scope, order: Order) -> bool:
    own = scope.person.pk in (order.finding.found_by_id, order.answered_by_id)
    return not own and not access.is_of_unit(scope, order.responsible)


def _is_last(scope: Scope, order: Order) -> bool:
    """Whether this person verifies only where nobody of the supervising side may."""
    return (
        _is_third(scope, order)
        and not access.is_on_verifying_side(scope, order)
        and access.is_last_resort(scope, order)
    )


def _verifying(scope: Scope, order: Order, *, nobody_else: bool) -> Iterator[Todo]:
    """Who may verify is asked to; the others of the supervising side, and the unit itself, wait."""
    given = day(order.answered_at)
    may = _is_third(scope, order) and access.is_on_verifying_side(scope, order)
    if may or nobody_else:
        yield Todo(
            due=order.due_on,
            sentence=_("复查 {} 的整改"),
            strong=order.finding.title,
            context=_("%(unit)s %(on)s 提交 · %(severity)s") % {
                "unit": order.responsible, "on": given, "severity": _severity(order.finding),
            },
            verb=_("复查"),
            url=order.get_absolute_url(),
        )  # fmt: skip
    elif access.is_of_unit(scope, order.responsible):
        yield Todo(
            due=order.due_on,
            sentence=_("复查 {} 的整改"),
            strong=order.finding.title,
            url=order.get_absolute_url(),
            waiting_for=order.supervisor,
            since=timezone.localtime(order.answered_at).date() if order.answered_at else None,
        )


def _owed(scope: Scope, order: Order) -> Iterator[Todo]:
    """The unit's people are asked to receive and answer; the section head waits."""
    if access.may_answer(scope, order):
        receive = order.state == State.ISSUED
        sentence = (
            _("重新整改 {}") if order.state == State.RETURNED else _("签收并整改 {}") if receive else _("整改 {}")
        )
        yield Todo(
            due=order.due_on,
            sentence=sentence,
            strong=order.finding.title,
            context=_("%(number)s · %(severity)s · %(centre)s%(unit)s签发") % {
                "number": order.number, "severity": _severity(order.finding), "centre": "", "unit": order.supervisor,
            },
            verb=_("签收") if receive else _("提交整改"),
            url=order.get_absolute_url(),
        )  # fmt: skip
    elif scope.has(Role.SECTION_HEAD, at=order.supervisor) and not access.is_of_unit(scope, order.responsible):
        yield Todo(
            due=order.due_on,
            sentence=_("整改 {}"),
            strong=order.finding.title,
            url=order.get_absolute_url(),
            waiting_for=order.responsible,
            since=timezone.localtime(order.issued_at).date(),
        )


def _deciding(scope: Scope, orders: list[Order]) -> Iterator[Todo]:
    """Requests for more time, of the orders at hand."""
    for order in orders:
        until, why, who = (getattr(order, f"wished_{name}") for name in ("until", "reason", "asked_by"))
        if until is None or not access.may_decide_extension(scope, Extension(order=order, asked_by_id=who)):
            continue
        words = {"unit": order.responsible, "until": day(until), "why": why}
        yield Todo(
            due=order.due_on,
            sentence=_("决定是否准许延期：{}"),
            strong=order.finding.title,
            context=_("%(unit)s申请延至 %(until)s，理由：%(why)s") % words,
            verb=_("审批延期"),
            url=order.get_absolute_url(),
        )


def _following_up(scope: Scope, on: date) -> Iterator[Todo]:
    """Serious findings of the last two weeks whose user has not been asked."""
    rows = Order.objects.filter(
        _supervised(scope, Role.SECTION_HEAD),
        state=State.CLOSED,
        closed_at__gte=midnight(on - timedelta(days=FOLLOW_UP_DAYS)),
        finding__severity__in=(Severity.A, Severity.B),
        follow_ups__isnull=True,
    ).select_related("finding__place", "responsible", "supervisor", "area__centre")
    for order in rows.order_by("closed_at")[:MOST]:
        if access.may_follow_up(scope, order):
            yield Todo(
                due=timezone.localtime(order.closed_at).date() + timedelta(days=FOLLOW_UP_DAYS)
                if order.closed_at
                else None,
                sentence=_("回访 {} 的使用人"),
                strong=order.finding.place.full_name,
                context=_("%(title)s，%(on)s 闭环") % {"title": order.finding.title, "on": day(order.closed_at)},
                verb=_("记录回访"),
                url=order.get_absolute_url(),
            )
