"""The notices that a person sees, and the windows of the bureau."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import Button, Crumb, Empty, ListPage, Tab
from wolong.loop.notices import access, queries
from wolong.loop.notices.forms import NoticeFilter
from wolong.loop.notices.models import Notice, Window
from wolong.loop.notices.states import State
from wolong.loop.notices.tables import COLUMNS, WINDOW_COLUMNS


class NoticeList(ListPage):
    title = _("公示")
    unit = _("件")
    columns = COLUMNS
    tabs = (
        Tab(key="open", label=_("办理中"), where=Q(state__in=(State.DRAFT, State.SUBMITTED, State.RETURNED))),
        Tab(key="public", label=_("已公示"), where=Q(state=State.PUBLISHED)),
        Tab(key="withdrawn", label=_("已撤回"), where=Q(state=State.WITHDRAWN)),
        Tab(key="all", label=_("全部"), where=Q()),
    )
    filterset_class = NoticeFilter
    search_fields = ("title", "number", "reference")
    default_sort = ("-pk",)
    empty = Empty(_("没有公示件"), _("拟稿、批准之后，公示件才会对外出现。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Notice]:
        rows = Notice.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        return rows.select_related("window__unit", "concerns").defer("original", "body", "text", "facts")

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        scope = request.scope  # type: ignore[attr-defined]
        buttons = []
        if access.may_draft_any(scope):
            buttons += [
                Button(label=_("拟通知"), url=reverse("notices:draft_note"), icon="plus", go=True),
                Button(label=_("公示标准等"), url=reverse("notices:draft_thing"), icon="book"),
            ]
        if scope.is_inside:
            buttons.append(Button(label=_("公示窗口"), url=reverse("notices:windows"), icon="settings"))
        return [*buttons, Button(label=_("看公开页"), url=reverse("public:home"), icon="world")]


class WindowList(ListPage):
    title = _("公示窗口")
    unit = _("个")
    columns = WINDOW_COLUMNS
    default_sort = ("unit__path",)
    empty = Empty(_("没有公示窗口"), _("由单位负责人开放后，这个单位才能公示。"))

    def may(self, request: HttpRequest) -> bool:
        return bool(request.scope.is_inside)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Window]:
        rows = Window.objects.filter(access.windows_for(request.scope))  # type: ignore[attr-defined]
        return rows.select_related("unit", "set_by")

    def get_crumbs(self, request: HttpRequest) -> list[Crumb]:
        del request
        return [Crumb(_("公示"), reverse("notices:list"))]

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        if not access.may_set_any_window(request.scope):  # type: ignore[attr-defined]
            return []
        return [Button(label=_("设置公示窗口"), url=reverse("notices:set_window"), icon="settings", go=True)]
