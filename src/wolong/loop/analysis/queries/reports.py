"""Reports that a person sees, and what came of the acts of the one before."""

from datetime import date

from django.db.models import Q, QuerySet

from wolong.ground.ledger.models import Entry
from wolong.ground.ledger.queries import history_of
from wolong.ground.people.access import Scope
from wolong.ground.questions import asked
from wolong.loop.analysis.models import Problem, Report


def visible_to(scope: Scope) -> Q:
    """Reports are the bureau's own: of the areas that a person oversees."""
    return scope.areas("area__centre")


def with_page() -> QuerySet[Report]:
    return Report.objects.select_related("area__centre", "made_by", "issued_by")


def before(report: Report) -> Report | None:
    """The last issued report before this one."""
    return next(iter(asked(_before, report.area_id, report.first_on)), None)


def _before(area: int, day: date) -> QuerySet[Report]:
    rows = Report.objects.filter(area_id=area, first_on__lt=day, issued_at__isnull=False)
    return rows.order_by("-first_on")[:1]


def acts_of(report: Report) -> list[Problem]:
    """The problems of a report with what they led to."""
    return asked(_acts, report.pk)


def _acts(report: int) -> QuerySet[Problem]:
    related = ("order__owner", "order__verified_by", "proposal__draft", "standard")
    return Problem.objects.filter(report_id=report).select_related(*related).order_by("-failures", "pk")


def last_comment(report: Report) -> Entry | None:
    """When the comment that stands was written, and by whom."""
    return history_of(report).filter(verb="comment_report").order_by("-pk").first()
