"""One's own views of a list: as the menu of that list, and as a page where they are renamed and thrown away."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import ActionPage, Button, Crumb, ListPage, SignedIn
from wolong.ground.savedviews import actions
from wolong.ground.savedviews.forms import NameForm, SaveForm
from wolong.ground.savedviews.models import SavedView
from wolong.ground.savedviews.queries import views_of
from wolong.ground.savedviews.rules import kept_query


class OfAList(SignedIn):
    """A page about the views of the list that `list` names; who may not open that list finds nothing here."""

    @cached_property
    def list_name(self) -> str:
        return self.request.GET.get("list", "")

    @cached_property
    def list_page(self) -> ListPage:
        try:
            match = resolve(reverse(self.list_name))
        except (NoReverseMatch, Resolver404) as unknown:
            raise Http404 from unknown
        kind = getattr(match.func, "view_class", None)
        if kind is None or not issubclass(kind, ListPage) or match.view_name != self.list_name:
            raise Http404
        page = kind()
        page.setup(self.request)
        if not page.may(self.request):
            raise Http404
        return page

    @property
    def list_url(self) -> str:
        return reverse(self.list_name)

    @property
    def views_url(self) -> str:
        return f"{reverse('savedviews:views')}?{urlencode({'list': self.list_name})}"


class ViewsPage(OfAList):
    """All views of one list, with what can be done with each; asked by htmx it is the menu of the list."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        title, at = self.list_page.get_title(), request.GET.get("at", "")
        opening = request.user.opening_views.get(self.list_name)
        views = list(views_of(request.user, self.list_name))
        now = parse_qs(at).get("view", [""])[0]
        current = next((view for view in views if str(view.pk) == now), None)
        save_url = f"{reverse('savedviews:save')}?{urlencode({'list': self.list_name, 'at': at})}"
        context = {
            "title": _("%(list)s的视图") % {"list": title},
            "crumbs": [Crumb(title, self.list_url)],
            "buttons": [Button(label=SavePage.title, url=save_url, icon="bookmark-plus", go=True)] if at else [],
            "views": [(view, view.pk == opening, self._buttons(view, view.pk == opening)) for view in views],
            "current": current,
            "is_changed": current is not None and current.query != kept_query(at),
            "plain_url": f"{self.list_url}?view=" if opening else self.list_url,
            "views_url": self.views_url,
            "save_url": save_url,
            "form": SaveForm(auto_id="view_%s"),
        }
        template = "savedviews/_menu.html" if getattr(request, "htmx", None) else "savedviews/views.html"
        return render(request, template, context)

    @staticmethod
    def _buttons(view: SavedView, is_opening: bool) -> list[Button]:
        verb = (_("不再默认"), "open_plainly") if is_opening else (_("设为默认"), "open_with")
        return [
            Button(label=verb[0], url=reverse(f"savedviews:{verb[1]}", args=[view.pk]), post=True),
            Button(label=_("改名"), url=reverse("savedviews:rename", args=[view.pk])),
            Button(
                label=_("删除"),
                url=reverse("savedviews:delete", args=[view.pk]),
                post=True,
                confirm=_("删除视图“%(name)s”？") % {"name": view.name},
            ),
        ]


class SavePage(OfAList, ActionPage):
    title = _("保存当前视图")
    verb = _("保存")
    explain = _("筛选、搜索、排序、标签页和列都会存下来，只有您自己看得到。")
    form_class = SaveForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del request, thing
        return self.list_page is not None

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(self.list_page.get_title(), self.list_url)]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del thing
        return f"{self.list_url}?{urlencode(parse_qs(request.GET.get('at', '')), doseq=True)}"

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> SavedView:
        return actions.save_view(
            list_name=self.list_name,
            address=request.GET.get("at", ""),
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )


class OfAView(OfAList, ActionPage):
    """A verb on one's own view; another's is not there."""

    def get_object(self, request: HttpRequest) -> SavedView:
        view = get_object_or_404(views_of(request.user), pk=self.kwargs["pk"])
        self.list_name = view.list_name
        return view

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [
            Crumb(self.list_page.get_title(), self.list_url),
            Crumb(_("视图"), self.views_url),
        ]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return self.views_url

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        del request, thing, result
        return self.views_url


class RenamePage(OfAView):
    title = _("给视图改名")
    verb = _("改名")
    form_class = NameForm

    def get_initial(self, request: HttpRequest, thing: SavedView) -> dict[str, Any]:
        del request
        return {"name": thing.name}

    def perform(self, request: HttpRequest, thing: SavedView, form: Any) -> Any:
        return actions.rename_view(view=thing, **form.cleaned_data, by=request.user)


class DeletePage(OfAView):
    title = _("删除视图")
    verb = _("删除")
    danger = True

    def perform(self, request: HttpRequest, thing: SavedView, form: Any) -> Any:
        del form
        return actions.delete_view(view=thing, by=request.user)


class OpenWithPage(OfAView):
    title = _("设为默认视图")
    verb = _("设为默认")
    explain = _("以后打开这个列表，先看到这个视图。")

    def perform(self, request: HttpRequest, thing: SavedView, form: Any) -> Any:
        del form
        return actions.open_with(view=thing, by=request.user)


class OpenPlainlyPage(OfAView):
    title = _("不再默认打开视图")
    verb = _("不再默认")

    def perform(self, request: HttpRequest, thing: SavedView, form: Any) -> Any:
        del form
        return actions.open_plainly(view=thing, by=request.user)
