"""The half-year report is being written: the first problems are answered, one by an order, one is still open."""

from datetime import datetime, timedelta

from django.utils import timezone

from wolong.entrance.demo.beginnings import Cast
from wolong.loop.analysis.actions import answer_why, make_report, order_from_problem
from wolong.loop.analysis.states import Why


def analyse(cast: Cast, *, now: datetime) -> None:
    today = timezone.localdate(now)
    writer = cast.people["lizhuguan"]
    report = make_report(area=cast.areas["WLS"], day=today, by=writer, at=now - timedelta(days=3))
    problems = list(report.problems.order_by("-failures", "pk")[:2])
    answers = (
        (Why.TRAINING, "都出在夜班，夜班人员三个月没有参加过培训。", "夜班全员补训一次，考核合格再上岗。", "property"),
        (Why.CONTRACT, "合同没有写备件到货的时限，每次都等备件。", "续签时写明备件 3 个工作日到货，先签补充协议。", "wls_equipment"),
    )  # fmt: skip
    for problem, (why, remark, demand, owner) in zip(problems, answers, strict=False):
        answer_why(problem=problem, why=why, remark=remark, by=writer, at=now - timedelta(days=2))
        problem.refresh_from_db()
        order_from_problem(
            problem=problem, demand=demand, owner=cast.units[owner], due_on=today + timedelta(days=30),
            by=writer, at=now - timedelta(days=2),
        )  # fmt: skip
