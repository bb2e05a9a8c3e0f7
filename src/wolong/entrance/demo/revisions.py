"""Those who check and those who do say which clauses do not fit: one is accepted and waits for its draft; two deviations, one held,
one asked for."""

from datetime import datetime, timedelta

from django.utils import timezone

from wolong.entrance.demo.beginnings import Cast
from wolong.loop.duties.actions import ask_deviation, decide_deviation
from wolong.loop.duties.models import Duty
from wolong.norms.standards.actions import decide_proposal, propose_revision
from wolong.norms.standards.models import Clause
from wolong.norms.standards.states import EditionState, ProposalSource, Severity

LOCK = "啮合"


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
    """A pump that waits for a part is watched by hand meanwhile; for another piece the company asks today."""
    company = cast.people["zhaojingli"]
    duties = Duty.objects.current().filter(
        area=cast.areas["WLS"], doer=company.organization, equipment__isnull=False, requirement__severity=Severity.B
    )
    pump = duties.filter(line__name="给排水").order_by("pk").first()
    other = duties.exclude(line__name="给排水").order_by("pk").first()
    until = timezone.localdate(now) + timedelta(days=40)
    if pump is not None:
        deviation = ask_deviation(
            duty=pump, reason="配件停产，替代型号已订货，六周后到。", measure="每 4 小时人工巡视一次并记录压力。", until=until,
            by=company, at=now - timedelta(days=9),
        )  # fmt: skip
        decide_deviation(
            deviation=deviation, is_approved=True, decision="同意，巡视记录每周交设备管理科。",
            by=cast.people["chenzhuren"], at=now - timedelta(days=8),
        )  # fmt: skip
    if other is not None:
        ask_deviation(
            duty=other, reason="外立面施工占用通道，设备暂时无法停机检修。", measure="增加每日一次红外测温并拍照。",
            until=until, by=company, at=now - timedelta(hours=20),
        )  # fmt: skip
