"""A report is begun, its problems are asked why, each answer opens its act, and it is issued."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Organization, Person
from wolong.loop.analysis import access, queries
from wolong.loop.analysis.models import Problem, Report
from wolong.loop.analysis.rules.halves import half_of
from wolong.loop.analysis.signals import report_issued
from wolong.loop.analysis.states import LIFECYCLE, ReportState, Why
from wolong.loop.rectification.actions import order_systemic
from wolong.loop.rectification.models import SystemicOrder
from wolong.norms.standards.actions import propose_revision
from wolong.norms.standards.models import Proposal
from wolong.norms.standards.queries import ruling_clause
from wolong.norms.standards.states import ProposalSource


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _held(report: Report, by: Person, at: datetime) -> Report:
    """The report's row, locked, for who may write it; refuses an issued one."""
    report = Report.objects.select_for_update(of=("self",)).select_related("area__centre").get(pk=report.pk)
    if report.state != ReportState.DRAFT:
        raise Refused(_("%(report)s的报告已经印发，不再变动。") % {"report": report})
    if not access.may_write(scope_of(by, on=_day(at)), report):
        raise Refused(_("报告由服务中心和科室的负责人编写。"))
    return report


@transaction.atomic
def make_report(*, area: OfficeArea, day: date, by: Person, at: datetime) -> Report:
    """The report on the half-year around a day is begun, with the problems that matter so far.

    Refuses a half-year that has not begun, and a second report on it.
    """
    if not access.may_write_at(scope_of(by, on=_day(at)), area):
        raise Refused(_("报告由服务中心和科室的负责人编写。"))
    first, last = half_of(day)
    if first > _day(at):
        raise Refused(_("这个半年 %(day)s 才开始。") % {"day": first})
    try:
        with transaction.atomic():
            report = Report.objects.create(
                area=area, first_on=first, last_on=last, made_by=by, made_at=at,
                figures=queries.figures_beside(area, first, last, today=_day(at)), computed_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("这个半年的报告已经在写了。")) from error
    gather_problems(report)
    sentence = _("开始编写%(report)s分析报告") % {"report": report}
    write_entry(verb="make_report", sentence=sentence, subject=report, by=by, at=at)
    return report


@transaction.atomic
def compute_report(*, report: Report, at: datetime) -> Report:
    """The figures and the problems of a draft as the records are now; an issued one stays as it is."""
    report = Report.objects.select_for_update(of=("self",)).select_related("area__centre").get(pk=report.pk)
    if report.state != ReportState.DRAFT:
        raise Refused(_("%(report)s的报告已经印发，不再变动。") % {"report": report})
    _compute(report, at)
    report.save(update_fields=["figures", "computed_at"])
    return report


def _compute(report: Report, at: datetime) -> None:
    report.figures = queries.figures_beside(report.area, report.first_on, report.last_on, today=_day(at))
    report.computed_at = at
    gather_problems(report)


def compute_drafts(*, at: datetime) -> int:
    """Every report under way, each night."""
    drafts = list(Report.objects.filter(state=ReportState.DRAFT))
    for report in drafts:
        compute_report(report=report, at=at)
    return len(drafts)


def gather_problems(report: Report) -> int:
    """The problems that matter, with their counts; one that was answered stays even if it matters no longer."""
    rows = queries.problems_that_matter(report.figures)
    report.problems.filter(answered_at=None).delete()
    for row in rows:
        Problem.objects.update_or_create(
            report=report,
            standard_id=row["standard"],
            clause_number=row["number"],
            defaults={"label": row["label"], "sentence": row["sentence"], "failures": row["count"]},
        )
    return len(rows)


@transaction.atomic
def comment(*, report: Report, text: str, by: Person, at: datetime) -> Report:
    """What people say of the figures."""
    report = _held(report, by, at)
    report.comment = text.strip()
    report.save(update_fields=["comment"])
    write_entry(
        verb="comment_report", sentence=_("写评语"), subject=report, by=by, at=at, payload={"say": report.comment}
    )
    return report


@transaction.atomic
def answer_why(*, problem: Problem, why: str, remark: str, by: Person, at: datetime) -> Problem:
    """Why a clause fails; an answer that has opened its act is not changed any more. Refuses one without a word."""
    report = _held(problem.report, by, at)
    problem = Problem.objects.get(pk=problem.pk)
    if problem.order_id or problem.proposal_id:
        raise Refused(_("已经据此开出整改或提案，原因不再改。"))
    if not remark.strip():
        raise Refused(_("请写明怎么看出是这个原因。"))
    problem.why, problem.remark, problem.answered_by, problem.answered_at = Why(why), remark.strip(), by, at
    problem.save()
    sentence = _("%(label)s为什么：%(why)s") % {"label": problem.label, "why": problem.get_why_display()}
    write_entry(verb="answer_why", sentence=sentence, subject=report, by=by, at=at, payload={"say": problem.remark})
    return problem


@transaction.atomic
def order_from_problem(
    *, problem: Problem, demand: str, owner: Organization, due_on: date, by: Person, at: datetime
) -> SystemicOrder:
    """Execution, contract, training or resources: one unit mends it by a day. Refuses a clause that is itself the reason."""
    _held(problem.report, by, at)
    problem = Problem.objects.select_related("report__area__centre").get(pk=problem.pk)
    _must_be_open(problem)
    if problem.why == Why.CLAUSE:
        raise Refused(_("原因是条款本身，请提出修订。"))
    title = _("%(label)s：%(why)s") % {"label": problem.label, "why": problem.get_why_display()}
    order = order_systemic(
        area=problem.report.area, title=title, demand=demand, owner=owner, due_on=due_on, by=by, at=at
    )
    problem.order = order
    problem.save(update_fields=["order"])
    return order


@transaction.atomic
def propose_from_problem(*, problem: Problem, wanted: str, evidence: str, by: Person, at: datetime) -> Proposal:
    """The clause itself: a revision is proposed. Refuses any other reason, and a clause that rules no more."""
    _held(problem.report, by, at)
    problem = Problem.objects.select_related("report", "standard").get(pk=problem.pk)
    _must_be_open(problem)
    if problem.why != Why.CLAUSE:
        raise Refused(_("原因不在条款，请开系统性整改单。"))
    clause = ruling_clause(problem.standard, problem.clause_number, _day(at))
    if clause is None:
        raise Refused(_("这一条现在已经没有了。"))
    proposal = propose_revision(
        clause=clause, reason=problem.remark, wanted=wanted, evidence=evidence,
        source=ProposalSource.ANALYSIS, by=by, at=at,
    )  # fmt: skip
    problem.proposal = proposal
    problem.save(update_fields=["proposal"])
    return proposal


def _must_be_open(problem: Problem) -> None:
    if not problem.why:
        raise Refused(_("先回答为什么。"))
    if problem.order_id or problem.proposal_id:
        raise Refused(_("已经开出整改或提案。"))


@transaction.atomic
def issue_report(*, report: Report, by: Person, at: datetime) -> Report:
    """The report is issued; its figures are kept as they are.

    By the centre's head or a leader, never who wrote it. Announces `report_issued`. Refuses before the half-year is over, and
    while a problem has no answer or an answer no act.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("area__centre").get(pk=report.pk)
    state = LIFECYCLE.step("issue", report.state, sentence=_("%(report)s的报告已经印发。") % {"report": report})
    if not access.may_issue(scope_of(by, on=_day(at)), report):
        raise Refused(_("报告由服务中心负责人或局领导印发，编写人自己不能印发。"))
    if _day(at) <= report.last_on:
        raise Refused(_("这个半年到 %(day)s 才结束，之后才能印发。") % {"day": report.last_on})
    _compute(report, at)
    open_ones = report.problems.filter(order=None, proposal=None)
    if waiting := open_ones.count():
        raise Refused(_("还有 %(n)d 个突出问题没有问清为什么，或没有开出整改或提案。") % {"n": waiting})
    report.state, report.issued_by, report.issued_at = state, by, at
    report.save()
    sentence = _("印发%(report)s分析报告") % {"report": report}
    write_entry(verb="issue_report", sentence=sentence, subject=report, by=by, at=at, payload=report.figures["totals"])
    report_issued.send(Report, report=report, by=by, at=at)
    return report
