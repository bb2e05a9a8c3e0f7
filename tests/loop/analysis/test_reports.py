"""Half a year: its figures, why clauses fail, what each answer opens, and what stands once it is issued."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from tests.factories.analysis import AFTER, HALF, begun, failing
from tests.factories.findings import World, at, world
from tests.factories.workdays import official
from tests.loop.rectification.desk import desk
from wolong.ground.lifecycle import Refused
from wolong.loop.analysis import actions, queries
from wolong.loop.analysis.models import Problem, Report
from wolong.loop.analysis.rules.halves import by_days, half_before, half_of, sentences
from wolong.loop.analysis.states import Why
from wolong.loop.analysis.views.figures import report_context
from wolong.loop.findings.actions import withdraw_finding
from wolong.loop.rectification import actions as orders
from wolong.loop.rectification.models import SystemicOrder
from wolong.loop.rectification.states import SystemicState
from wolong.norms.standards.models import Edition, Proposal
from wolong.norms.standards.states import EditionState, ProposalSource

pytestmark = pytest.mark.django_db
DUE = date(2027, 2, 1)


@pytest.fixture
def here(db: None) -> World:
    official(2026)
    official(2027)
    return world()


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def answered(problem: Problem, here: World, why: str = Why.TRAINING) -> Problem:
    return actions.answer_why(problem=problem, why=why, remark="都在夜班", by=here.head, at=at("2026-11-24"))


def ordered(problem: Problem, here: World) -> SystemicOrder:
    return actions.order_from_problem(
        problem=answered(problem, here), demand="夜班补训", owner=here.company, due_on=DUE, by=here.head,
        at=at("2026-11-24"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2026, 1, 1), (date(2026, 1, 1), date(2026, 6, 30))),
        (date(2026, 7, 1), (date(2026, 7, 1), date(2026, 12, 31))),
    ],
)
def test_half_years(day: date, half: tuple[date, date]) -> None:
    assert half_of(day) == half
    assert half_before(half[0])[1] < half[0]


def test_the_figures_count_what_stands(here: World) -> None:
    failing(here)
    withdrawn = here.line.findings.order_by("pk").last()
    assert withdrawn is not None
    withdraw_finding(finding=withdrawn, reason="判错", by=here.head, at=at("2026-11-20"))
    found = queries.figures_of(here.area, date(2026, 7, 1), date(2026, 12, 31), today=date(2026, 11, 24))
    assert (found["totals"]["findings"], found["totals"]["checks"]) == (2, 4)
    assert [(row["count"], row["repeats"]) for row in found["by_clause"]] == [(2, 1)]
    assert found["by_company"][0]["name"] == "示例物业公司"
    assert found["by_month"] == [{"month": "2026-11", "count": 2}]


def test_where_nobody_looked_the_sentences_say_so() -> None:
    nothing = {
        "totals": {"findings": 0, "checks": 0, "closed": 0},
        "by_clause": [],
        "gap": {"percent": None},
        "hours": 0,
    }
    assert list(sentences(nothing, None)) == ["这半年没有检查记录，没有什么可以分析：先把巡查做起来。"]


def test_a_clause_that_failed_often_or_again_is_asked_why(here: World) -> None:
    report = begun(here)
    assert [(one.failures, one.why) for one in report.problems.all()] == [(3, "")]
    other = world("BJX", name="北京西路办公区", bureau=here.centre.parent)
    assert begun(other, times=1).problems.count() == 0


def test_a_half_year_has_one_report_and_only_once_it_began(here: World) -> None:
    begun(here)
    with pytest.raises(Refused, match="已经在写"):
        actions.make_report(area=here.area, day=HALF, by=here.head, at=at("2026-11-24"))
    with pytest.raises(Refused, match="才开始"):
        actions.make_report(area=here.area, day=date(2027, 1, 1), by=here.head, at=at("2026-11-24"))
    with pytest.raises(Refused, match="负责人编写"):
        actions.make_report(area=here.area, day=HALF, by=here.finder, at=at("2026-11-24"))


def test_an_answer_opens_an_order_to_one_unit(here: World) -> None:
    problem = begun(here).problems.get()
    with pytest.raises(Refused, match="先回答为什么"):
        actions.order_from_problem(
            problem=problem, demand="补训", owner=here.company, due_on=DUE, by=here.head, at=at("2026-11-24")
        )
    order = ordered(problem, here)
    assert (order.owner, order.state, order.number) == (here.company, SystemicState.ORDERED, "XT-2026-WLS-0001")
    with pytest.raises(Refused, match="原因不再改"):
        answered(problem, here, Why.CONTRACT)
    with pytest.raises(Refused, match="已经开出"):
        actions.order_from_problem(
            problem=problem, demand="再来", owner=here.company, due_on=DUE, by=here.head, at=at("2026-11-24")
        )


def test_a_clause_that_is_itself_the_reason_opens_a_revision_and_nothing_else(here: World) -> None:
    problem = begun(here).problems.get()
    Edition.objects.update(state=EditionState.IN_FORCE)
    answered(problem, here, Why.CLAUSE)
    with pytest.raises(Refused, match="提出修订"):
        actions.order_from_problem(
            problem=problem, demand="改", owner=here.company, due_on=DUE, by=here.head, at=at("2026-11-24")
        )
    proposal = actions.propose_from_problem(problem=problem, wanted="", evidence="", by=here.head, at=at("2026-11-24"))
    assert (proposal.source, proposal.reason) == (ProposalSource.ANALYSIS, "都在夜班")
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("due", [date(2026, 11, 24), date(2020, 1, 1)])
def test_an_order_is_due_after_today(here: World, due: date) -> None:
    problem = answered(begun(here).problems.get(), here)
    with pytest.raises(Refused, match="今天以后"):
        actions.order_from_problem(
            problem=problem, demand="补训", owner=here.company, due_on=due, by=here.head, at=at("2026-11-24")
        )


def test_a_systemic_order_is_reported_by_its_unit_and_verified_by_another(here: World) -> None:
    order = ordered(begun(here).problems.get(), here)
    with pytest.raises(Refused, match="责任单位报告"):
        orders.report_systemic(order=order, account="办了", by=here.head, at=AFTER)
    with pytest.raises(Refused, match="还没有报告"):
        orders.verify_systemic(order=order, has_worked=True, verdict="好", by=here.head, at=AFTER)
    orders.report_systemic(order=order, account="夜班全员补训", by=here.manager, at=AFTER)
    with pytest.raises(Refused, match="责任单位自己不能验证"):
        orders.verify_systemic(order=order, has_worked=True, verdict="好", by=here.manager, at=AFTER)
    done = orders.verify_systemic(order=order, has_worked=False, verdict="又 3 次", by=here.head, at=AFTER)
    assert done.state == SystemicState.FAILED


def test_a_report_is_issued_by_another_after_the_half_year_and_stands(here: World) -> None:
    report = begun(here)
    with pytest.raises(Refused, match="12-31"):
        actions.issue_report(report=report, by=here.centre_head, at=at("2026-12-01"))
    with pytest.raises(Refused, match="编写人自己不能"):
        actions.issue_report(report=report, by=here.head, at=AFTER)
    with pytest.raises(Refused, match="1 个突出问题"):
        actions.issue_report(report=report, by=here.centre_head, at=AFTER)
    ordered(report.problems.get(), here)
    issued = actions.issue_report(report=report, by=here.centre_head, at=AFTER)
    assert issued.figures is not None
    before = issued.figures["totals"]["findings"]
    withdraw_finding(finding=here.line.findings.latest("pk"), reason="判错", by=here.head, at=AFTER)
    issued.refresh_from_db()
    assert issued.figures["totals"]["findings"] == before
    for verb in (
        lambda: actions.compute_report(report=report, at=AFTER),
        lambda: actions.issue_report(report=report, by=here.centre_head, at=AFTER),
        lambda: actions.comment(report=report, text="晚了", by=here.head, at=AFTER),
        lambda: answered(report.problems.get(), here),
    ):
        with pytest.raises(Refused, match="已经印发"):
            verb()


@pytest.fixture
def november() -> Iterator[None]:
    with time_machine.travel(at("2026-11-24"), tick=False):
        yield


def test_on_the_pages_every_figure_opens_and_each_answer_leads_on(here: World, november: None) -> None:
    report = begun(here)
    head = desk(here.head)
    page = text_of(head.get(report.get_absolute_url()))
    for words in ("还有 1 个突出问题要问为什么", "哪些条款最常不合格？", "哪家单位问题多？", "found_after=2026-07-01"):
        assert words in page, words
    problem = report.problems.get()
    why = reverse("analysis:why", args=[problem.pk])
    assert head.post(why, {"why": "training", "remark": ""}).status_code == 422
    assert head.post(why, {"why": "weather", "remark": "雨"}).status_code == 422
    led = head.post(why, {"why": "training", "remark": "都在夜班"})
    assert led["Location"] == reverse("analysis:order", args=[problem.pk])
    assert "。。" not in text_of(head.get(led["Location"]))  # the clause's own full stop, then the answer's
    posted = head.post(led["Location"], {"demand": "补训", "owner": here.company.pk, "due_on": "2027-02-01"})
    assert posted["Location"] == report.get_absolute_url()
    order = SystemicOrder.objects.get()
    manager = desk(here.manager)
    assert "等待您落实并报告" in text_of(manager.get(order.get_absolute_url()))
    reported = manager.post(reverse("rectification:report_systemic", args=[order.pk]), {"account": "已补训"})
    assert reported.status_code == 302
    assert "等待验证是否有效" in text_of(head.get(order.get_absolute_url()))
    assert head.get(reverse("analysis:paper", args=[report.pk])).content.startswith(b"%PDF")
    word = Document(io.BytesIO(head.get(reverse("analysis:word", args=[report.pk])).content))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert said.index("一、上个半年的措施落实情况") < said.index("二、总体情况") < said.index("七、为什么，怎么办")
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert any("夜班" in text for text in cells)
    assert any(text.startswith("XT-2026-WLS-0001：补训。责任单位") for text in cells)


def test_figures_open_lists_of_the_same_length(here: World, november: None) -> None:
    report, head = begun(here), desk(here.head)
    context = report_context(report)
    wanted = {str(label): (value, url) for label, value, url in context["totals"]}
    for label in ("问题", "已闭环", "A 级", "重复", "逾期未改"):
        value, url = wanted[label]
        assert head.get(url).context["total"] == value, label
    for chart in context["charts"]:
        for row in chart["rows"]:
            if row.get("url") and "stage=closed" not in row["url"]:
                assert head.get(row["url"]).context["total"] == row["count"], (chart["title"], row["name"])
    for _month, count, url in context["months"]:
        assert head.get(url).context["total"] == count
    for row in report.figures["gap"]["rows"]:
        assert head.get(row["url"]).context["total"] >= row["needed"] > row["itemised"]


def test_days_to_close_are_counted_once_each() -> None:
    assert [row["count"] for row in by_days([0, 0.5, 1, 1.1, 3, 10, 10.01, 30, 31])] == [3, 2, 1, 2, 1]


def test_an_old_report_without_the_later_figures_still_prints(here: World, november: None) -> None:
    report = begun(here)
    for key in ("by_system", "by_days", "omitted", "hours_by_line"):
        del report.figures[key]
    for key in ("rows", "unseen", "only_overall", "only_self"):
        del report.figures["gap"][key]
    report.save()
    head = desk(here.head)
    for name in ("report", "paper", "word"):
        assert head.get(reverse(f"analysis:{name}", args=[report.pk])).status_code == 200


def test_a_company_sees_no_report_and_no_other_units_order(here: World, november: None) -> None:
    other = world("BJX", name="北京西路办公区", bureau=here.centre.parent)
    report, theirs = begun(here), ordered(begun(other).problems.get(), other)
    manager = desk(here.manager)
    for address in (
        reverse("analysis:list"),
        report.get_absolute_url(),
        reverse("analysis:paper", args=[report.pk]),
        reverse("analysis:word", args=[report.pk]),
        reverse("analysis:why", args=[report.problems.get().pk]),
        theirs.get_absolute_url(),
        reverse("rectification:report_systemic", args=[theirs.pk]),
    ):
        assert manager.get(address).status_code in (403, 404), address
    assert theirs.number not in text_of(manager.get(reverse("rectification:systemics")))
    assert Report.objects.count() == 2
