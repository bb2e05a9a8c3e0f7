"""Whom the news of an appraisal reaches, and in which words. Called by the receivers only."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.inbox.actions import tell
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.loop.appraisal.models import Period, Sheet, Statement


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _tell_unit(sheet: Sheet, sentence: str, key: str, at: datetime) -> None:
    """Those who answer for the scored unit."""
    people = holders(Role.SUPPLIER_MANAGER, Role.SECTION_HEAD, at=sheet.unit, on=_day(at))
    people = people.filter(organization__path__startswith=sheet.unit.path or "?")
    tell(people=people, sentence=sentence, url=sheet.get_absolute_url(), key=f"sheet-{sheet.pk}-{key}", at=at)


def presented(period: Period, at: datetime) -> None:
    for sheet in period.sheets.select_related("unit", "period"):
        words = _("%(period)s考评结果已出，可在 %(day)s前确认或陈述") % {"period": period, "day": period.answer_by_on}
        _tell_unit(sheet, words, f"presented-{at:%Y%m%d%H%M%S}", at)


def closed(period: Period, at: datetime) -> None:
    for sheet in period.sheets.select_related("unit", "period"):
        _tell_unit(sheet, _("%(period)s考评已结账") % {"period": period}, "closed", at)


def stated(statement: Statement, at: datetime) -> None:
    sheet = statement.sheet
    people = holders(Role.CENTRE_HEAD, at=sheet.period.area.centre, on=_day(at))
    words = _("%(unit)s对%(period)s考评作了陈述，等您答复") % {"unit": sheet.unit, "period": sheet.period}
    tell(people=people, sentence=words, url=sheet.get_absolute_url(), key=f"statement-{statement.pk}", at=at)


def decided(statement: Statement, at: datetime) -> None:
    words = _("陈述%(state)s：%(reply)s") % {"state": statement.get_state_display(), "reply": statement.reply[:60]}
    url, key = statement.sheet.get_absolute_url(), f"statement-{statement.pk}-decided"
    tell(people=[statement.stated_by], sentence=words, url=url, key=key, at=at)
