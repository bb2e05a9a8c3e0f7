"""Those who check and those who do say which clauses do not fit: one is accepted and waits for its draft; two deviations, one held,
one asked for."""

from datetime import datetime, timedelta

from django.utils import timezone

from wolong.entrance.demo.beginnings import Cast
from wolong.entrance.start.examples import EXAMPLES, Here
from wolong.loop.duties.actions import ask_deviation, decide_deviation
from wolong.loop.duties.models import Duty
from wolong.norms.standards.actions import bring_sheet, confirm_clear_rows, decide_proposal, propose_revision
from wolong.norms.standards.models import Clause
from wolong.norms.standards.states import EditionState, ProposalSource

LOCK = "啮合"


def bring_scoring_sheet(cast: Cast, *, now: datetime) -> None:
    """A 考核表 is on its way to become clauses: what was plain is confirmed, the rest waits for somebody to look."""
    _name, make = EXAMPLES["sheet"]
    area = cast.areas["WLS"]
    at = Here(area.centre.name, area.centre.name, area.code, area, now.date())
    sheet = bring_sheet(
        data=make(at),
        file_name="保洁考核表.xlsx",
        service="保洁",
        by=cast.people["biaozhun"],
        at=now - timedelta(days=1),
    )
    confirm_clear_rows(sheet=sheet, by=cast.people["lizhuguan"], at=now - timedelta(hours=20))


def propose(cast: Cast, *, now: datetime) -> None:
    ruling = Clause.objects.filter(edition__state=EditionState.IN_FORCE).order_by("edition__number", "position")
    lock = ruling.filter(text__contains=LOCK).first()
    hall = ruling.filter(edition__number__startswith="Q/WLS BZ06-003", number="5.1.1").first()
    if lock is not None:
        proposal = propose_revision(
            clause=lock,
            reason="同一台电梯三个月里两次啮合不足，每次都在保养后一周内。只写了数值，没有写保养后要当场复测。",
            wanted=f"{lock.text.rstrip('。')}，保养后应当场复测并记录。",
            evidence="三次检查记录；维保单位认可当场复测可行。",
            source=ProposalSource.CHECK,
            by=cast.people["hezhuguan"],
            at=now - timedelta(days=6),
        )
        decide_proposal(
            proposal=proposal, is_accepted=True, decision="同意，与维保合同一并修订。",
            by=cast.people["biaozhun"], at=now - timedelta(days=4),
        )  # fmt: skip
    if hall is not None:
        propose_revision(
            clause=hall,
            reason="雨天大厅一天两次不够，晴天两次有余，建议分晴雨写。",
            source=ProposalSource.WORK,
            by=cast.people["zhaojingli"],
            at=now - timedelta(days=2),
        )


def depart(cast: Cast, *, now: datetime) -> None:
    """A spare pump that waits for a part is made up for by hand meanwhile; for a front behind scaffolding the company asks today."""
    company = cast.people["zhaojingli"]
    duties = Duty.objects.current().filter(area=cast.areas["WLS"], doer=company.organization).order_by("pk")
    pump = duties.filter(requirement__sentence__contains="备用水泵应每周轮换").first()
    facade = duties.filter(requirement__sentence__contains="外墙清洗每年").first()
    until = timezone.localdate(now) + timedelta(days=40)
    if pump is not None:
        deviation = ask_deviation(
            duty=pump, reason="备用泵机械密封停产，替代型号已订货，六周后到。", measure="每 4 小时人工巡视运行泵一次并记录压力。", until=until,
            by=company, at=now - timedelta(days=9),
        )  # fmt: skip
        decide_deviation(
            deviation=deviation, is_approved=True, decision="同意，巡视记录每周交设备管理科。",
            by=cast.people["chenzhuren"], at=now - timedelta(days=8),
        )  # fmt: skip
    if facade is not None:
        ask_deviation(
            duty=facade, reason="外立面正在维修，脚手架未拆，今年无法清洗。", measure="施工结束后 30 日内补洗，期间每周人工清洁底层。",
            until=until, by=company, at=now - timedelta(hours=20),
        )  # fmt: skip
