"""Deadlines, escalation and separation of duties in rectification. Pure."""

from datetime import date, datetime, timedelta

from wolong.ground.workdays.rules import Deadline, WorkCalendar
from wolong.loop.findings.states import Stage
from wolong.loop.rectification.states import OPEN_STATES, OWED_STATES, State
from wolong.norms.standards.states import Severity

# 规范: where the clause is silent, an urgent finding has 1, a serious one 3, an ordinary one 10 working days.
WORKDAYS_TO_ANSWER = {Severity.A: 1, Severity.B: 3, Severity.C: 10}
AT_ONCE = "立即"
# Days past the deadline at which the company's manager, the section head and the centre head are told.
ESCALATION_DAYS = (1, 3, 7)
# A follow-up is asked for within these days after closure.
FOLLOW_UP_DAYS = 14

STAGE_OF = {
    State.ISSUED: Stage.ISSUED,
    State.RECEIVED: Stage.RECEIVED,
    State.ANSWERED: Stage.ANSWERED,
    State.RETURNED: Stage.RETURNED,
    State.CLOSED: Stage.CLOSED,
    State.CANCELLED: Stage.WITHDRAWN,
}


def due_on(
    *,
    severity: str,
    since: datetime,
    calendar: WorkCalendar,
    term_label: str = "",
    term_workdays: int | None = None,
    term_hours: int | None = None,
) -> Deadline:
    """The last day to answer an order: the clause's term, else that of the severity.

    `since` is local time. 立即 is the same day; hours run on the clock, through nights and rest days; working days follow
    the official calendar with 调休 and are provisional where they reach into a year not announced yet.
    """
    if AT_ONCE in term_label:
        return Deadline(since.date())
    if term_workdays is not None:
        return calendar.add_workdays(since.date(), term_workdays)
    if term_hours is not None:
        return Deadline((since + timedelta(hours=term_hours)).date())
    return calendar.add_workdays(
        since.date(), WORKDAYS_TO_ANSWER.get(Severity(severity), WORKDAYS_TO_ANSWER[Severity.C])
    )


def recomputed(*, old: date, new: Deadline, today: date) -> Deadline:
    """A deadline counted anew after the calendar changed never falls into the past of somebody who was in time."""
    if old >= today > new.on:
        return Deadline(today, new.is_provisional)
    return new


def is_overdue(*, state: str, due: date, today: date) -> bool:
    """Whether the responsible unit is late; an answered order waits for the verifier, not for the unit."""
    return state in OWED_STATES and due < today


def escalation_step(*, due: date, today: date) -> int:
    """How many of the three steps an order has reached: 0 none, 1 after one day, 2 after three, 3 after seven."""
    late = (today - due).days
    return sum(late >= days for days in ESCALATION_DAYS)


def workdays_left(*, due: date, today: date, calendar: WorkCalendar) -> int:
    """Working days until the deadline, itself included; negative when it is past."""
    return calendar.workdays_between(today, due)


def are_three_people(*, finder: int, answerer: int | None, verifier: int) -> bool:
    """Finder, answerer and verifier are three different people (分权制衡)."""
    return answerer is not None and len({finder, answerer, verifier}) == 3


def may_extend_to(*, until: date, due: date, today: date) -> bool:
    """More time is later than the deadline, and not past."""
    return until > due and until >= today


def stage_of(state: str, *, is_extension_open: bool = False) -> Stage:
    """The stage that the finding shows; a request for more time shows until it is decided."""
    if is_extension_open and state in OPEN_STATES:
        return Stage.EXTENSION
    return STAGE_OF[State(state)]


def needs_follow_up(*, severity: str, closed_on: date, today: date, is_followed_up: bool) -> bool:
    """A serious finding (A, B) is followed up with the user of the place within two weeks after closure."""
    return (
        not is_followed_up and severity in (Severity.A, Severity.B) and 0 <= (today - closed_on).days <= FOLLOW_UP_DAYS
    )


def day_words(day: date) -> str:
    """11-24 周二"""
    return f"{day:%m-%d} 周{'一二三四五六日'[day.weekday()]}"
