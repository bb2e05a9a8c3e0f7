"""When one 应 may be departed from at one object, and for how long. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from wolong.norms.standards.states import Severity

LONGEST_MONTHS = 12  # what is needed for longer is a revision of the clause
ENOUGH_FOR_A_PROPOSAL = 3  # so many deviations from one clause say that the clause does not fit
DAYS_OF_WARNING = 10
MANDATORY = "强制"


def last_day_allowed(today: date) -> date:
    """A year from today, less a day; from 29 February on to 28 February."""
    try:
        return today.replace(year=today.year + LONGEST_MONTHS // 12)
    except ValueError:
        return today.replace(year=today.year + LONGEST_MONTHS // 12, day=28)


def why_not(*, severity: str, nature: str) -> str:
    """Why a clause can't be departed from at all; empty where it can. Grave and mandatory requirements are nobody's to waive."""
    if severity == Severity.A:
        return _("A 级要求不能偏离。做不到时请停用对象，或提出修订。")
    if nature == MANDATORY:
        return _("强制性标准的要求不能偏离。")
    return ""


def why_not_until(until: date, *, today: date) -> str:
    """Why a last day does not do; empty where it does."""
    if until <= today:
        return _("到期日要在今天以后。")
    if until > last_day_allowed(today):
        return _("偏离最长一年。长期做不到的，请提出修订。")
    return ""
