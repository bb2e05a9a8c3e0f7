"""QR codes: one on a page, and sheets of labels to cut out and put up."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wolong.estate.places.models import Place
from wolong.estate.places.views.inside import Inside, scope_of
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.documents import qr_svg, render_pdf
from wolong.ground.workdays.queries import today

MOST_LABELS = 480  # 20 sheets of 24


class QrCode(Inside):
    """The address of a place as a picture; it leads to a page that asks who one is."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        place = get_object_or_404(Place.objects.visible_to(scope_of(request)), pk=pk)
        code = qr_svg(request.build_absolute_uri(place.get_absolute_url()))
        return HttpResponse(code, content_type="image/svg+xml")


class LabelSheet(Inside):
    """The labels of a place and of everything below it, as a PDF to print."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        place = get_object_or_404(Place.objects.visible_to(scope_of(request)), pk=pk)
        below = Place.objects.visible_to(scope_of(request)).within(place.path).in_use().order_by("walk_order")
        try:
            return label_sheet(request, below.rooms() if below.rooms().exists() else below)
        except Refused as refusal:
            return HttpResponse(refusal.sentence, status=422, content_type="text/plain; charset=utf-8")


def label_sheet(request: HttpRequest, places: QuerySet[Any]) -> HttpResponse:
    """24 labels on a page. A place that is not public shows its code alone: a lost sheet must not say where the plant is.

    Refuses more labels than one would print at once.
    """
    found = list(places.select_related("area")[: MOST_LABELS + 1])
    if len(found) > MOST_LABELS:
        raise Refused(_("一次最多打印 %(most)d 张标签，请按楼栋或楼层选择。") % {"most": MOST_LABELS})
    if not found:
        raise Refused(_("没有选中场所。"))
    labels = [
        {
            "name": _("内部场所") if place.is_not_public else place.full_name,
            "code": place.code,
            "area": place.area.name,
            "picture": f"qr/{place.pk}.svg",
        }
        for place in found
    ]
    files = {f"qr/{place.pk}.svg": qr_svg(request.build_absolute_uri(place.get_absolute_url())) for place in found}
    pdf = render_pdf("places/labels.typ", {"labels": labels, "printed": f"{today():%Y-%m-%d}"}, files=files)
    name = f"qr-labels-{today():%Y-%m-%d}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
