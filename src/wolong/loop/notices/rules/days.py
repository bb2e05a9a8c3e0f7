"""Until when a company may answer, and from which day on a notice may appear."""

from datetime import date, timedelta

from wolong.ground.workdays.rules import Deadline, WorkCalendar

ANSWER_WORKDAYS = 5  # working days; the usual term of a hearing in writing, and a setting of each window
LONGEST_ANSWER = 60


def answer_due_on(*, told_on: date, workdays: int, calendar: WorkCalendar) -> Deadline:
    """The last of the working days after the day on which the company was told."""
    return calendar.add_workdays(told_on, workdays)


def earliest_on(due_on: date | None) -> date | None:
    """The first day on which it may appear: the day after the company's last one."""
    return due_on + timedelta(days=1) if due_on is not None else None


def is_too_early(*, due_on: date | None, today: date) -> bool:
    return due_on is not None and today <= due_on


def is_answer_over(*, due_on: date | None, today: date) -> bool:
    """Whether the company's days have passed, as where it was told of the same before."""
    return due_on is not None and today > due_on
