"""The verbs of areas and places."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.places import access, actions
from wolong.estate.places.forms import AreaChangeForm, AreaForm, PlaceForm, RetireForm
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.states import Level
from wolong.estate.places.views.inside import Inside, scope_of
from wolong.estate.places.views.things import AreaPage, PlacePage
from wolong.ground.pages.generic import ActionPage
from wolong.ground.workdays.queries import now, today


class AddArea(Inside, ActionPage):
    title = gettext_lazy("设立办公区")
    verb = gettext_lazy("设立")
    form_class = AreaForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        return access.may_add_area(scope_of(request))

    def perform(self, request: HttpRequest, thing: Any, form: AreaForm) -> OfficeArea:
        return actions.add_area(**form.cleaned_data, by=request.user, at=now())

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return reverse("places:list")


class ChangeArea(Inside, ActionPage):
    title = gettext_lazy("修改办公区")
    verb = gettext_lazy("保存")
    form_class = AreaChangeForm
    detail_page = AreaPage

    def get_object(self, request: HttpRequest) -> OfficeArea:
        return AreaPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: OfficeArea) -> bool:
        return access.may_keep(scope_of(request), thing)

    def get_initial(self, request: HttpRequest, thing: OfficeArea) -> dict[str, Any]:
        return {"name": thing.name, "area_m2": thing.area_m2}

    def perform(self, request: HttpRequest, thing: OfficeArea, form: AreaChangeForm) -> OfficeArea:
        return actions.change_area(area=thing, **form.cleaned_data, by=request.user, at=now())


class _PlaceVerb(Inside, ActionPage):
    detail_page = PlacePage

    def get_object(self, request: HttpRequest) -> Place:
        return PlacePage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Place) -> bool:
        return access.may_keep(scope_of(request), thing.area)


class AddPlace(_PlaceVerb):
    """A place under the one in the address."""

    title = gettext_lazy("新增场所")
    verb = gettext_lazy("新增")
    form_class = PlaceForm
    detail_page = None

    def get_object(self, request: HttpRequest) -> Place:
        parent = super().get_object(request)
        if parent.level == Level.ROOM or parent.retired_on:
            raise Http404
        return parent

    def get_title(self, request: HttpRequest, thing: Place) -> str:
        return _("在%(place)s新增场所") % {"place": thing.full_name}

    def get_form_kwargs(self, request: HttpRequest, thing: Place) -> dict[str, Any]:
        return {"parent": thing}

    def perform(self, request: HttpRequest, thing: Place, form: PlaceForm) -> Place:
        return actions.add_place(area=thing.area, parent=thing, **form.cleaned_data, by=request.user, at=now())

    def get_success_url(self, request: HttpRequest, thing: Place, result: Place) -> str:
        return result.get_absolute_url()


class ChangePlace(_PlaceVerb):
    title = gettext_lazy("修改场所")
    verb = gettext_lazy("保存")
    form_class = PlaceForm

    def get_form_kwargs(self, request: HttpRequest, thing: Place) -> dict[str, Any]:
        return {"place": thing}

    def get_initial(self, request: HttpRequest, thing: Place) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in PlaceForm.base_fields}

    def perform(self, request: HttpRequest, thing: Place, form: PlaceForm) -> Place:
        return actions.change_place(place=thing, changes=form.cleaned_data, by=request.user, at=now())


class RetirePlace(_PlaceVerb):
    title = gettext_lazy("停用场所")
    verb = gettext_lazy("停用")
    explain = gettext_lazy("连同下级一起停用。记录都保留，职责和以后的检查不再包含这里。")
    form_class = RetireForm
    danger = True

    def get_initial(self, request: HttpRequest, thing: Place) -> dict[str, Any]:
        return {"on": today()}

    def perform(self, request: HttpRequest, thing: Place, form: RetireForm) -> Place:
        return actions.retire_place(place=thing, **form.cleaned_data, by=request.user, at=now())
