"""The messages of the person who is signed in; nobody reads another's."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from wolong.ground.inbox import actions
from wolong.ground.inbox.models import Message
from wolong.ground.inbox.queries import messages_of
from wolong.ground.pages.generic import BulkAction, Button, Column, Empty, ListPage, SignedIn, Tab
from wolong.ground.workdays.queries import now


def _read_picked(request: HttpRequest, rows: QuerySet[Message]) -> None:
    actions.mark_read(person=request.user, messages=rows.values_list("pk", flat=True), at=now())


class MessageList(ListPage):
    title = _("消息")
    unit = _("条")
    columns = (
        Column(key="sentence", label=_("内容"), url=lambda m: reverse("inbox:message", args=[m.pk]), kind="link"),
        Column(key="sent_at", label=_("时间"), kind="datetime", sort="sent_at", width=120),
        Column(
            key="read", label=_("状态"), value=lambda m: _("已读") if m.read_at else _("未读"), width=80, sort="read_at"
        ),
    )
    search_fields = ("sentence",)
    tabs = (
        Tab(key="unread", label=_("未读"), where=Q(read_at=None)),
        Tab(key="all", label=_("全部"), where=Q()),
    )
    bulk_actions = (BulkAction(key="read", label=_("标为已读"), icon="check", run=_read_picked),)
    empty = Empty(_("没有消息"), _("有事需要您知道时会到这里。"))

    def get_rows(self, request: HttpRequest) -> QuerySet[Message]:
        return messages_of(request.user)

    def row_url(self, row: Message) -> str:
        return reverse("inbox:message", args=[row.pk])

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        del request
        return [Button(label=_("全部标为已读"), url=reverse("inbox:read_all"), icon="checks", post=True)]


class MessagePage(SignedIn):
    """Opens a message: notes that it was read and goes where it leads."""

    def get(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        message = messages_of(request.user).filter(pk=pk).first()
        if message is None:
            raise Http404
        actions.mark_read(person=request.user, messages=[message.pk], at=now())
        is_ours = url_has_allowed_host_and_scheme(message.url, allowed_hosts=None)
        return HttpResponseRedirect(message.url if message.url and is_ours else reverse("inbox:list"))


class ReadAllPage(SignedIn):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.mark_read(person=request.user, at=now())
        return HttpResponseRedirect(reverse("inbox:list"))
