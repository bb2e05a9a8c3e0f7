"""Those who check and those who do say which clauses do not fit; one is accepted and waits for its draft."""

from datetime import datetime, timedelta

from wolong.entrance.demo.beginnings import Cast
from wolong.entrance.start.examples import EXAMPLES, Here
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
