"""What became of the findings: ordered, answered, verified; some late, one returned, one reopened, one watched."""

from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.utils import timezone

from wolong.entrance.demo.beginnings import Cast
from wolong.entrance.demo.rounds import conforming, photograph
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import calendar
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import measure_of
from wolong.loop.findings.states import Stage
from wolong.loop.rectification.actions import (
    accept_answer,
    answer_order,
    ask_extension,
    escalate_overdue,
    follow_up,
    issue_order,
    receive_order,
    return_answer,
    watch_order,
)
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import Cause

CAUSES = cycle(
    (
        (Cause.MANAGEMENT, "巡检卡没有这一项，领班漏查", "巡检卡补上这一项，每日签字"),
        (Cause.PERSON, "新到岗人员不熟悉要求", "当天带教并重新作业，一周内复训"),
        (Cause.MACHINE, "部件磨损未及时更换", "更换部件，列入下月保养"),
        (Cause.METHOD, "作业安排在使用高峰之后才做", "调整作业时段，增加一次"),
    )
)
# How far the last findings of an area have come, oldest first: whatever the day, the story shows every stage.
PROGRESS = ("closed", "extension", "returned", "answered", "received", "closed", "issued", "open")
OLD_AND_LATE = 19  # every so many of the older findings was never answered


class _Chapter:
    """The orders of one story: everybody acts in time, never later than now."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return min(timezone.make_aware(datetime.combine(day, time(hour, minute))), self.now - timedelta(minutes=3))

    def head_of(self, finding: Finding) -> Person:
        unit = finding.supervisor or finding.area.centre
        found = holders(Role.SECTION_HEAD, at=unit, on=timezone.localdate(self.now)).exclude(pk=finding.found_by_id)
        return found.order_by("pk").first() or self._centre_head(finding.area.centre)

    def _centre_head(self, centre: Organization) -> Person:
        return holders(Role.CENTRE_HEAD, at=centre, on=timezone.localdate(self.now)).order_by("pk").first() or next(
            iter(self.cast.people.values())
        )

    def answerer(self, order: Order) -> Person | None:
        people = Person.objects.filter(grants__organization__path__startswith=order.responsible.path, is_active=True)
        return people.exclude(pk=order.finding.found_by_id).distinct().order_by("pk").first()

    def tell(self, finding: Finding, goal: str) -> None:
        """Bring one finding as far as `goal`."""
        found_on = timezone.localdate(finding.found_at)
        days = calendar()
        if goal == "open" or finding.stage != Stage.OPEN:
            return
        head = self.head_of(finding)
        order = issue_order(finding=finding, by=head, at=self.at(found_on, 16, 30))
        answerer = self.answerer(order)
        if goal == "issued" or answerer is None:
            return
        next_morning = self.at(days.add_workdays(found_on, 1).on, 9, 10)
        # What must be mended at once is received and answered on the day it was found.
        received_at = self.at(found_on, 16, 40) if order.due_on <= found_on else next_morning
        order = receive_order(order=order, by=answerer, at=received_at)
        if goal == "received":
            return
        if goal == "extension":
            until = days.add_workdays(max(order.due_on, timezone.localdate(self.now)), 3).on
            ask_extension(
                order=order, until=until, reason="配件在途，供货单位已发货", by=answerer, at=self.at(order.due_on, 9)
            )
            return
        answered_on = min(order.due_on, days.add_workdays(found_on, 2).on)
        if not self._answer(order, answerer, self.at(answered_on, 17, 5)):
            return
        order.refresh_from_db()
        if goal == "answered":
            return
        judged_at = self.at(days.add_workdays(answered_on, 1).on, 10, 20)
        if goal == "returned":
            return_answer(order=order, remark="照片看不出整改后的整体情况，请补拍全景。", by=head, at=judged_at)
        else:
            accept_answer(order=order, remark="现场看过，已整改。", by=head, at=judged_at)

    def _answer(self, order: Order, by: Person, at: datetime) -> bool:
        kind, cause, measure = next(CAUSES)
        finding = order.finding
        read = measure_of(finding.observation)
        photos = [] if finding.place.is_no_photo else [photograph(finding.duty, is_clean=True, by=by, at=at)]
        try:
            answer_order(
                order=order,
                cause_kind=kind,
                cause=cause,
                measure=measure,
                value_text=conforming(read) if read is not None else "",
                evidence=photos,
                by=by,
                at=at,
            )
        except Refused:
            return False  # a place without photographs and without a reading: the proof is brought by hand later
        return True


def work_off_findings(cast: Cast, *, now: datetime) -> None:
    """Older findings are closed but for a few that are late; the last ones of each area stand at every stage."""
    chapter = _Chapter(cast, now)
    findings = Finding.objects.select_related(
        "area__centre", "supervisor", "responsible", "place", "duty__place", "duty__equipment", "observation"
    ).order_by("found_at", "pk")
    for area in cast.areas.values():
        told = list(findings.filter(area=area))
        older, last = told[: -len(PROGRESS)], told[-len(PROGRESS) :]
        for number, finding in enumerate(older):
            chapter.tell(finding, "received" if number % OLD_AND_LATE == OLD_AND_LATE - 1 else "closed")
        for finding, goal in zip(last, PROGRESS[-len(last) :], strict=True):
            chapter.tell(finding, goal)
    _look_back(cast, now)
    escalate_overdue(on=timezone.localdate(now), at=now)


def _look_back(cast: Cast, now: datetime) -> None:
    """A user of the place says whether it is really fixed; the leader watches the gravest."""
    closed = (
        Order.objects.filter(state="closed", area__code="WLS")
        .select_related("finding", "supervisor")
        .order_by("closed_at")
    )
    for order in closed[:3]:
        follow_up(
            order=order, is_fixed=True, said_by="使用单位联络员", by=order.issued_by, at=now - timedelta(hours=30)
        )
    last = closed.order_by("-closed_at").first()
    if last is not None:
        follow_up(
            order=last,
            is_fixed=False,
            said_by="使用单位联络员",
            remark="第二天又出现了。",
            by=last.issued_by,
            at=now - timedelta(hours=2),
        )
    grave = Order.objects.exclude(state__in=("closed", "cancelled")).order_by("finding__severity", "due_on").first()
    if grave is not None:
        watch_order(order=grave, by=cast.people["juzhang"], at=now - timedelta(hours=1))
