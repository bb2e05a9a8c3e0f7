"""What appraisal adds to other pages: menu, beads, to-dos, the contract's scores."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.contracts.models import Contract
from wolong.ground.pages.registries import menu, panels, states, thread, todos
from wolong.ground.pages.registries.thread import Bead, Stage
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import today
from wolong.loop.appraisal import access, queries, steps
from wolong.loop.appraisal.figures import score_words
from wolong.loop.appraisal.models import Period, Sheet
from wolong.loop.appraisal.rules.scheme import plain
from wolong.loop.appraisal.states import PeriodState, StatementState
from wolong.loop.duties.models import Duty
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage as FindingStage
from wolong.loop.rectification.models import Order
from wolong.norms.standards.models import Edition
from wolong.norms.standards.queries import rewritten
from wolong.norms.standards.states import EditionState

MOST_SHEETS = 4


def bead_of_finding(request: HttpRequest, finding: Finding) -> Bead | None:
    """Where the finding's points count: its sheet, or the period that nobody has opened yet."""
    del request
    if finding.stage in (FindingStage.WITHDRAWN, FindingStage.NOTED):
        return None
    points = f"−{plain(finding.points)}" if finding.points else _("不扣分")
    sheet = queries.sheet_of_finding(finding, found_on=timezone.localtime(finding.found_at).date())
    if sheet is None:
        return Bead("ahead", _("将计入 %(points)s") % {"points": points}, _("本期考评还没有开启"))
    url = reverse("appraisal:sheet", args=[sheet["pk"]])
    quarter = (sheet["period__first_on"].month + 2) // 3
    title = _("%(year)d 年第 %(n)d 季度考评 %(points)s") % {
        "year": sheet["period__first_on"].year, "n": quarter, "points": points}  # fmt: skip
    return Bead("done", _("%(n)d 季度 %(points)s") % {"n": quarter, "points": points}, title, url)


def bead_of_order(request: HttpRequest, order: Order) -> Bead | None:
    return bead_of_finding(request, order.finding)


def beads_of_sheet(request: HttpRequest, sheet: Sheet) -> dict[Stage, Bead]:
    """The chain of a sheet in totals, each bead a list that makes it."""
    period = sheet.period
    findings = (
        f"{reverse('findings:list')}?tab=all&responsible={sheet.unit_id}"
        f"&found_after={period.first_on}&found_before={period.last_on}"
    )
    orders = f"{reverse('rectification:list')}?tab=all&responsible={sheet.unit_id}"
    closed_to = [Stage.CLAUSE, Stage.DUTY, Stage.PLAN, Stage.FIELDWORK]
    beads = {
        **{stage: Bead("done", _("不可看")) for stage in closed_to},
        Stage.FINDING: Bead("done", _("本期问题"), _("本期发现的问题"), findings),
        Stage.RECTIFICATION: Bead("done", _("整改"), _("整改通知单"), orders),
        Stage.APPRAISAL: Bead("done", period.get_state_display(), str(sheet)),
    }
    if request.scope.is_inside:  # type: ignore[attr-defined]
        beads |= {
            Stage.CLAUSE: Bead("done", _("标准"), _("标准库"), reverse("standards:list")),
            Stage.DUTY: Bead("done", _("职责"), _("职责清单"), f"{reverse('duties:list')}?doer={sheet.unit_id}"),
            Stage.PLAN: Bead("done", _("月计划"), _("本期的月计划"), reverse("plans:list")),
            Stage.FIELDWORK: Bead("done", _("巡查"), _("巡查记录"), reverse("fieldwork:list")),
        }
    return beads


def todos_of(request: HttpRequest) -> Iterator[Todo]:
    """For the chair: open, present, answer, close; for the unit: confirm or state."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if scope.has(Role.CENTRE_HEAD):
        yield from _of_chair(scope)
    if scope.has(Role.SUPPLIER_MANAGER, Role.SECTION_HEAD):
        yield from _of_unit(scope)


def _of_chair(scope: Scope) -> Iterator[Todo]:
    rows = Period.objects.filter(steps.waiting_periods(scope)).exclude(state=PeriodState.CLOSED)
    for period in rows.select_related("area__centre", "closed_by"):
        step = steps.step_of_period(scope, period, today=today())
        if step.primary is None:
            continue
        yield Todo(
            due=period.answer_by_on or period.last_on,
            sentence=_("{}") + f"：{step.sentence}",
            strong=_("%(area)s %(period)s考评") % {"area": period.area, "period": period},
            context=str(step.reason),
            verb=step.primary.label,
            url=period.get_absolute_url(),
        )


def _of_unit(scope: Scope) -> Iterator[Todo]:
    units = {int(part) for held in scope.held for part in held.path.split("/") if part}
    rows = Sheet.objects.filter(unit__in=units, period__state=PeriodState.PRESENTED, confirmed_at=None).exclude(
        statements__state=StatementState.STATED
    )
    for sheet in rows.select_related("period__area", "unit"):
        if access.may_confirm(scope, sheet):
            yield Todo(
                due=sheet.period.answer_by_on,
                sentence=_("确认 {} 的考评结果，或作陈述"),
                strong=str(sheet.period),
                context=_("%(area)s · %(unit)s") % {"area": sheet.period.area, "unit": sheet.unit},
                verb=_("看考评表"),
                url=sheet.get_absolute_url(),
            )


def scores_of_contract(request: HttpRequest, contract: Contract) -> panels.PanelContent | None:
    seen = Sheet.objects.filter(queries.visible_to(request.scope), contract=contract)  # type: ignore[attr-defined]
    rows = queries.with_score(seen.select_related("period", "unit")).order_by("-period__first_on")[:MOST_SHEETS]
    lines: list[tuple[Any, str, str]] = [(one, score_words(one), one.grade or "—") for one in rows]  # type: ignore[attr-defined]
    if not lines:
        return None
    return panels.PanelContent("appraisal/_contract_panel.html", {"rows": lines})


def touched_by(request: HttpRequest, edition: Edition) -> panels.PanelContent | None:
    """Sheets under way on which findings by the words of a draft's forerunner count; what was found stays as it was."""
    if edition.state not in (EditionState.DRAFT, EditionState.APPROVED):
        return None
    asked = rewritten(edition)
    seen = Sheet.objects.filter(queries.visible_to(request.scope)).exclude(period__state=PeriodState.CLOSED)  # type: ignore[attr-defined]
    duties = Duty.objects.current().filter(requirement__in=asked, doer=OuterRef("unit"), area=OuterRef("period__area"))
    count = seen.filter(Exists(duties)).count()
    url = f"{reverse('appraisal:list')}?tab=now"
    rows = [(_("进行中的考评表，以后按新条款计分"), count, url)]
    return panels.PanelContent("standards/_touched_panel.html", {"rows": rows})


def register() -> None:
    _add_panels()
    menu.register(
        menu.MenuEntry(
            section=menu.Section.LOOP,
            order=70,
            label=gettext_lazy("考评"),
            url_name="appraisal:list",
            icon="stars",
            key="k",
            may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
        )
    )
    states.register(
        PeriodState,
        {
            PeriodState.OPEN: ("run", "progress"),
            PeriodState.PRESENTED: ("warn", "eye-check"),
            PeriodState.CLOSED: ("ok", "circle-check"),
        },
    )
    states.register(
        StatementState,
        {
            StatementState.STATED: ("warn", "hourglass"),
            StatementState.UPHELD: ("ok", "circle-check"),
            StatementState.REJECTED: ("", "circle-x"),
        },
    )
    thread.register_chain(Sheet, beads_of_sheet)
    thread.register(Stage.APPRAISAL, bead_of_finding, subject=Finding)
    thread.register(Stage.APPRAISAL, bead_of_order, subject=Order)
    todos.register(todos_of)


def _add_panels() -> None:
    panels.register(
        "edition",
        panels.Panel(
            key="touched-scores",
            title=gettext_lazy("考评"),
            order=12,
            render=touched_by,
            may=lambda request: request.scope.is_inside,  # type: ignore[attr-defined]
        ),
    )
    panels.register(
        "contract",
        panels.Panel(
            key="appraisal",
            title=gettext_lazy("考评"),
            order=40,
            side="right",
            may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
            render=scores_of_contract,
        ),
    )
