"""What the administrator's pages have in common: nobody else opens them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import ActionPage, Crumb
from wolong.ground.people.access import may_administer


class ByAdministrator:
    def may(self, request: HttpRequest) -> bool:
        return may_administer(request.scope)  # type: ignore[attr-defined]


class AdministratorAct(ByAdministrator, ActionPage):
    """A verb of the administrator."""

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        crumbs = [Crumb(_("人员"), reverse("people:list"))]
        return [*crumbs, Crumb(str(thing), thing.get_absolute_url())] if thing is not None else crumbs

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request
        return str(thing.get_absolute_url()) if thing is not None else reverse("people:list")
