"""ActionPage: a form, one action, one partial. It makes every button of every lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.generic.details import DetailPage
from wolong.ground.pages.generic.parts import Crumb
from wolong.ground.pages.generic.signed_in import SignedIn


class NoForm(forms.Form):
    """An action that needs nothing but its button."""


class ActionPage(SignedIn):
    """Subclass it: `get_object`, `may_act`, `form_class`, `perform` (which calls one action).

    GET shows the form, alone or inside the page that asked by htmx. POST calls the action: a refusal or a wrong field
    is shown on top with links and answered 422; success redirects, or, with `detail_page`, swaps what changed.
    """

    title: Any = ""
    verb: Any = ""
    explain: Any = ""
    """One sentence under the title: what will follow."""
    form_class: Callable[..., Any] = NoForm
    template_name = "pages/action.html"
    part_template_name = "pages/_action_form.html"
    fields_template_name = "pages/_form_fields.html"
    """The fields alone; a room's own partial may add anything between them."""
    detail_page: type[DetailPage] | None = None
    has_files = False
    danger = False
    http_method_names = ["get", "post", "head", "options"]

    # What a room gives

    def get_object(self, request: HttpRequest) -> Any:
        """The thing acted on: Http404 for who may not see it. None for an action that makes a new thing."""
        del request
        return None

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        """Whether this person may do it at all (access.py); who may not gets 403. The action checks again."""
        del request, thing
        return True

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        """Call the action: `return actions.accept_answer(order=thing, by=request.user, at=now())`."""
        raise NotImplementedError

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request, thing
        return {}

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """More arguments of the form, e.g. `request=request` or `instance=thing`."""
        del request, thing
        return {}

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        """Where it goes on: the thing's page, or that of what was made."""
        del request
        return str((thing if thing is not None else result).get_absolute_url())

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request
        return thing.get_absolute_url() if thing is not None and hasattr(thing, "get_absolute_url") else "/"

    def get_title(self, request: HttpRequest, thing: Any) -> Any:
        del request, thing
        return self.title

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        cancel = self.get_cancel_url(request, thing)
        return [Crumb(str(thing), cancel)] if thing is not None else []

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        del request, thing, form
        return {}

    # The page

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        thing = self._allowed(request)
        return self._answer(request, thing, self._form(request, thing))

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        thing = self._allowed(request)
        form = self._form(request, thing, request.POST, request.FILES)
        if not form.is_valid():
            return self._answer(request, thing, form, status=422)
        try:
            # One transaction for the whole answer: a refusal after a first write leaves nothing behind.
            with transaction.atomic():
                result = self.perform(request, thing, form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        except ValidationError as error:
            self._add_errors(form, error)
        else:
            return self._done(request, thing, result)
        return self._answer(request, thing, form, status=422)

    def _allowed(self, request: HttpRequest) -> Any:
        thing = self.get_object(request)
        if not self.may_act(request, thing):
            raise PermissionDenied
        return thing

    def _form(self, request: HttpRequest, thing: Any, *data: Any) -> Any:
        return self.form_class(*data, initial=self.get_initial(request, thing), **self.get_form_kwargs(request, thing))

    @staticmethod
    def _add_errors(form: Any, error: ValidationError) -> None:
        """Errors of the model beside their fields; those of fields that the form lacks go to the top."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            form.add_error(name if name in form.fields else None, errors)

    def _is_inline(self, request: HttpRequest) -> bool:
        htmx = getattr(request, "htmx", None)
        return bool(htmx and htmx.target == "wl-act")

    def _answer(self, request: HttpRequest, thing: Any, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "page": self,
            "thing": thing,
            "form": form,
            "title": self.get_title(request, thing),
            "verb": self.verb or self.get_title(request, thing),
            "explain": self.explain,
            "danger": self.danger,
            "crumbs": self.get_crumbs(request, thing),
            "cancel_url": self.get_cancel_url(request, thing),
            "is_inline": self._is_inline(request),
            "multipart": self.has_files or form.is_multipart(),
            **self.get_context(request, thing, form),
        }
        template = self.part_template_name if self._is_inline(request) else self.template_name
        return render(request, template, context, status=status)

    def _done(self, request: HttpRequest, thing: Any, result: Any) -> HttpResponseBase:
        url = result.url if isinstance(result, HttpResponseRedirect) else ""
        if isinstance(result, HttpResponse) and not url:
            return result
        url = url or self.get_success_url(request, thing, result)
        if not getattr(request, "htmx", None):
            return HttpResponseRedirect(url)
        if self.detail_page is None or thing is None or not self._is_inline(request):
            return HttpResponse(headers={"HX-Redirect": url})
        context = self.detail_page.after(request, thing)
        return render(request, "pages/_detail_swap.html", {**context, "is_swap": True})
