"""What the demo shows in its open window: two standards and a note published, one note that waits for a company's answer."""

from datetime import datetime, timedelta

from wolong.entrance.demo.beginnings import Cast
from wolong.loop.notices.actions import approve_notice, draft_note, draft_thing, set_window, submit_notice
from wolong.loop.notices.models import Notice
from wolong.loop.notices.offers import STANDARDS
from wolong.norms.standards.models import Edition

CODES = ("Q/WLS BZ06-003", "Q/WLS BZ05-001")
WASHING = (
    "3 号楼外墙清洗期间请走南门",
    (
        "本周六 08:00 至 18:00 清洗 3 号楼外墙，北门改道，请走南门。\n"
        "清洗期间请关好东侧窗户，车辆不要停在警戒线内。\n"
        "现场联系：李主管，电话 139 0000 0000。"
    ),
)
LATE = (
    "关于保洁服务问题整改情况的通报",
    "上月保洁服务发现的问题，多数已按期整改。\n逾期未整改的，按合同约定处理，并计入本期考评。",
)


def open_window(cast: Cast, *, now: datetime) -> None:
    head, section_head = cast.people["chenzhuren"], cast.people["lizhuguan"]
    begun = now - timedelta(days=30)
    window = set_window(unit=cast.units["wls"], is_open=True, by=head, at=begun)
    given = {"window": window, "by": section_head}
    for days, code in enumerate(CODES):
        at = begun + timedelta(days=1 + days)
        edition = Edition.objects.in_force_on(at.date()).get(standard__code=code)
        _publish(draft_thing(**given, provider=STANDARDS, key=str(edition.pk), at=at), cast, at)  # type: ignore[arg-type]
    title, text = WASHING
    at = now - timedelta(days=3)
    _publish(draft_note(**given, title=title, text=text, at=at), cast, at)  # type: ignore[arg-type]
    title, text = LATE
    at = now - timedelta(days=1)
    waiting = draft_note(**given, title=title, text=text, concerns=cast.units["property"], at=at)  # type: ignore[arg-type]
    submit_notice(notice=waiting, by=section_head, at=at)


def _publish(notice: Notice, cast: Cast, at: datetime) -> None:
    """One writes and submits it, another approves an hour later."""
    submit_notice(notice=notice, by=cast.people["lizhuguan"], at=at)
    approve_notice(notice=notice, by=cast.people["chenzhuren"], at=at + timedelta(hours=1))
