"""The floors: the smallest Django list page and detail page that still do the work, for a signed-in person.

List: 50 rows with three joins, and a count. Detail: one row with three joins. No frame, no rights, no filter.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path

from wolong.loop.findings.models import Finding

LIST = engines["django"].from_string(
    "<!doctype html><title>{{ count }}</title><table>{% for f in rows %}<tr><td>{{ f.number }}<td>{{ f.title }}"
    "<td>{{ f.place.full_name }}<td>{{ f.responsible.short_name }}<td>{{ f.requirement.sentence }}"
    "<td>{{ f.stage }}<td>{{ f.due_on }}<td>{{ f.severity }}</tr>{% endfor %}</table>{{ request.user.name }}"
)
DETAIL = engines["django"].from_string(
    "<!doctype html><title>{{ f.number }}</title><h1>{{ f.title }}</h1><p>{{ f.place.full_name }}"
    "<p>{{ f.responsible.short_name }}<p>{{ f.requirement.sentence }}{{ request.user.name }}"
)


@login_required
def floor_list(request: HttpRequest) -> HttpResponse:
    rows = Finding.objects.select_related("place", "responsible", "requirement").order_by("-found_at", "-pk")
    return HttpResponse(LIST.render({"rows": rows[:50], "count": rows.count()}, request))


@login_required
def floor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Finding.objects.select_related("place", "responsible", "requirement")
    return HttpResponse(DETAIL.render({"f": get_object_or_404(rows, pk=pk)}, request))


urlpatterns = [
    path("floor/list/", floor_list),
    path("floor/detail/<int:pk>/", floor_detail),
    path("", include("wolong.entrance.urls")),
]
