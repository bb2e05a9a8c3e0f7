"""What this room adds to other pages: beads, sentences on home, the finding's next step and its bulk verbs."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import BulkAction, Button, NextStep
from wolong.ground.pages.registries.search import Hit
from wolong.ground.pages.registries.thread import Bead, Stage
from wolong.ground.people.states import Role
from wolong.ground.questions import Counting, asked
from wolong.ground.workdays.queries import now, today
from wolong.loop.findings.case import beads_of as finding_beads
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage as FindingStage
from wolong.loop.rectification import access, actions, queries, steps
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import OPEN_STATES


def _bead(order: Order) -> Bead:
    days = (order.due_on - today()).days
    word = order.get_state_display()
    if order.state not in OPEN_STATES:
        return Bead("done", word, order.number, order.get_absolute_url())
    if days < 0:
        fact = _("逾期 %(n)d 天") % {"n": -days}
        return Bead("cutoff", fact, f"{order.number} {word}，{fact}", order.get_absolute_url())
    left = _("剩 %(n)d 天") % {"n": days} if days else _("今天到期")
    return Bead("done", f"{word} · {left}", f"{order.number} {word}，{left}", order.get_absolute_url())


def _ahead() -> dict[Stage, Bead]:
    return {
        Stage.ANALYSIS: Bead("ahead", _("半年分析")),
        Stage.REVISION: Bead("ahead", _("无提案")),
    }


def beads_of_order(request: HttpRequest, order: Order) -> dict[Stage, Bead]:
    return {
        **finding_beads(request, order.finding),
        Stage.RECTIFICATION: _bead(order),
        **_ahead(),
    }


def beads_of_finding(request: HttpRequest, finding: Finding) -> dict[Stage, Bead]:
    """The finding's own chain, and how far its order has come."""
    order = order_of(finding)
    beads = finding_beads(request, finding)
    if finding.stage in (FindingStage.WITHDRAWN, FindingStage.NOTED):
        return beads
    beads[Stage.RECTIFICATION] = _bead(order) if order else Bead("ahead", _("待下发"), _("还没有签发整改通知单"))
    return {**beads, **_ahead()}


def order_of(finding: Finding) -> Order | None:
    """The order that hangs on a finding; asked once."""
    if not hasattr(finding, "known_order"):
        finding.known_order = next(iter(asked(_of_finding, finding.pk)), None)  # type: ignore[attr-defined]
    found: Order | None = finding.known_order  # type: ignore[attr-defined]
    return found


def _of_finding(finding: int) -> QuerySet[Order]:
    related = ("area__centre", "responsible", "supervisor", "issued_by", "answered_by", "closed_by")
    return Order.objects.select_related(*related).filter(finding_id=finding)


def step_of_finding(request: HttpRequest, finding: Finding) -> NextStep | None:
    """The banner of a finding: issue its order, else what its order waits for."""
    order = order_of(finding)
    scope = request.scope  # type: ignore[attr-defined]
    if order is not None:
        order.finding = finding
        step = steps.next_step(steps.situation(scope, order))
        look = Button(label=_("看整改通知单"), url=order.get_absolute_url())
        return NextStep(kind=step.kind, sentence=step.sentence, reason=step.reason, icon=step.icon, secondary=look)
    if access.may_issue(scope, finding):
        return NextStep(
            sentence=_("等待您下发整改通知单"),
            reason=_("%(unit)s负责整改。期限按条款推算，可以改。") % {"unit": finding.responsible},
            primary=Button(
                label=_("下发通知单"), url=reverse("rectification:issue", args=[finding.pk]), go=True, inline=True
            ),
        )
    if finding.stage != FindingStage.OPEN:
        return None
    unit = finding.supervisor or finding.area.centre
    return NextStep(kind="wait", sentence=_("等待%(unit)s下发整改通知单") % {"unit": unit})


def issue_all(request: HttpRequest, rows: QuerySet[Finding]) -> None:
    """One order for each picked finding, all or none."""
    for finding in rows.order_by("pk"):
        actions.issue_order(finding=finding, by=request.user, at=now())  # type: ignore[arg-type]


def remind_all(request: HttpRequest, rows: QuerySet[Finding]) -> None:
    for order in Order.objects.filter(finding__in=rows).select_related("finding").order_by("finding_id"):
        actions.remind(order=order, by=request.user, at=now())  # type: ignore[arg-type]


def _may_issue_any(request: HttpRequest) -> bool:
    return bool(request.scope.has(Role.SECTION_HEAD, Role.CENTRE_HEAD))  # type: ignore[attr-defined]


BULK = (
    BulkAction(
        key="issue",
        label=gettext_lazy("下发通知单"),
        icon="send",
        run=issue_all,
        may=_may_issue_any,
        confirm=gettext_lazy("给选中的问题各下发一张整改通知单，期限按条款推算？"),
    ),
    BulkAction(
        key="remind",
        label=gettext_lazy("催办"),
        icon="bell-ringing",
        run=remind_all,
        may=lambda request: request.scope.is_inside,  # type: ignore[attr-defined]
        confirm=gettext_lazy("给选中问题的责任单位发催办？"),
    ),
)


def open_count(request: HttpRequest) -> Counting:
    return queries.open_orders(request.scope)  # type: ignore[attr-defined]


def find_orders(request: HttpRequest, q: str) -> list[Hit]:
    rows = Order.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    rows = rows.filter(Q(number__icontains=q) | Q(finding__title__icontains=q)).select_related("finding", "responsible")
    return [
        Hit(
            order.finding.title,
            f"{order.number} · {order.responsible} · {order.get_state_display()} · {day(order.due_on)}",
            order.get_absolute_url(),
        )
        for order in rows.order_by("-pk")[:8]
    ]
