"""The order as a paper."""

from django.http import HttpRequest, HttpResponse

from wolong.ground.pages.generic import SignedIn
from wolong.loop.rectification.papers import notice_pdf
from wolong.loop.rectification.views.order import OrderPage


class NoticePaper(SignedIn):
    """整改通知单 as PDF, shown in the browser; for whom the order's page is."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        order = OrderPage.visible(request, pk)
        link = request.build_absolute_uri(order.get_absolute_url())
        pdf = notice_pdf(order, link=link, printed_by=str(request.user))
        name = f'inline; filename="{order.number}.pdf"'
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})
