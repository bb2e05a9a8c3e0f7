"""Reports that a person sees, and what came of the acts of the one before."""

from django.db.models import Q, QuerySet

from wolong.ground.ledger.models import Entry
from wolong.ground.ledger.queries import history_of
from wolong.ground.people.access import Scope
from wolong.loop.analysis.models import Problem, Report


def visible_to(scope: Scope) -> Q:
    """Reports are the bureau's own: of the areas that a person oversees."""
    return scope.areas("area__centre")


def with_page() -> QuerySet[Report]:
    return Report.objects.select_related("area__centre", "made_by", "issued_by")


def before(report: Report) -> Report | None:
    """The last issued report before this one."""
    rows = Report.objects.filter(area=report.area_id, first_on__lt=report.first_on, issued_at__isnull=False)
    return rows.order_by("-first_on").first()


def acts_of(report: Report) -> list[Problem]:
    """The problems of a report with what they led to."""
    rows = report.problems.select_related("order__owner", "order__verified_by", "proposal__draft", "standard")
    return list(rows.order_by("-failures", "pk"))


def last_comment(report: Report) -> Entry | None:
    """When the comment that stands was written, and by whom."""
    return history_of(report).filter(verb="comment_report").order_by("-pk").first()
