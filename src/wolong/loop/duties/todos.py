"""What a section head or centre head has to do about duties: name who checks, look at changed clauses, decide on deviations."""

from collections.abc import Iterator

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.panels import list_url


def todos(request: HttpRequest) -> Iterator[Todo]:
    """Undated, one question for all areas: duties that nobody checks, duties whose clause has changed, deviations asked for."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if not scope.has(Role.SECTION_HEAD, Role.CENTRE_HEAD, Role.LEADER):
        return
    may_decide = scope.has(Role.CENTRE_HEAD, Role.LEADER)
    current = Duty.objects.current().filter(area=OuterRef("pk"))
    asked = Deviation.objects.waiting().filter(duty__area=OuterRef("pk")).exclude(asked_by=scope.person)
    rows = (
        OfficeArea.objects.filter(scope.areas("centre"))
        .annotate(
            unchecked=_count(current.without_checker(), "area"),
            doubtful=_count(current.suspect(), "area"),
            asked=_count(asked, "duty__area"),
        )
        .filter(Q(unchecked__gt=0) | Q(doubtful__gt=0) | Q(asked__gt=0))
        .order_by("pk")
        .values_list("pk", "name", "unchecked", "doubtful", "asked")
    )
    for pk, name, unchecked, doubtful, waiting in rows:
        duties, deviations = _("%(n)d 个职责"), _("%(n)d 份偏离申请")
        is_head = scope.has(Role.SECTION_HEAD, Role.CENTRE_HEAD)
        for count, what, sentence, url in (
            (
                waiting if may_decide else 0,
                deviations,
                _("批准或不批准 {}"),
                f"{reverse('duties:deviations')}?tab=asked",
            ),
            (unchecked if is_head else 0, duties, _("给 {} 指定监督科室"), f"{list_url(area=pk)}&tab=checker"),
            (doubtful if is_head else 0, duties, _("重新确认 {}"), f"{list_url(area=pk)}&tab=suspect"),
        ):
            if count:
                yield Todo(
                    due=None, sentence=sentence, strong=what % {"n": count}, url=url, verb=_("看一看"), context=name
                )


def _count(rows: "QuerySet[Duty] | QuerySet[Deviation]", by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
