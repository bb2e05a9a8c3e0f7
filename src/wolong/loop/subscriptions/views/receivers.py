"""Receivers: the list, one with how it fares, its log, and one delivery with every try."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import badge_html, state_html
from wolong.ground.pages.generic import (
    Button,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    HistoryLine,
    ListPage,
    NextStep,
    Tab,
)
from wolong.ground.people.access import may_administer
from wolong.loop.subscriptions import access
from wolong.loop.subscriptions.models import Delivery, Receiver
from wolong.loop.subscriptions.states import DeliveryState, Event

SHOWN = 10


def condition_of(receiver: Receiver) -> tuple[str, str, str]:
    """How a receiver fares: word, tone, icon."""
    if not receiver.is_active:
        return _("停用"), "", "ban"
    if receiver.paused_at is not None:
        return _("已暂停"), "bad", "player-pause"
    if receiver.failures:
        return _("连续失败 %(n)d 次") % {"n": receiver.failures}, "warn", "alert-triangle"
    return _("正常"), "ok", "circle-check"


class Opener:
    """The administrator, and whoever owns a receiver."""

    def may(self, request: HttpRequest) -> bool:
        return access.may_open(request.scope)  # type: ignore[attr-defined]


class ReceiverList(Opener, ListPage):
    title = gettext_lazy("对外通知")
    unit = gettext_lazy("个接收方")
    columns = (
        Column(key="name", label=gettext_lazy("接收方"), kind="link", sort="name"),
        Column(key="owner", label=gettext_lazy("归属人"), value="owner.name", width=110, sort="owner__pinyin_key"),
        Column(key="events", label=gettext_lazy("事件"), value=lambda r: len(r.events), kind="number", width=80),
        Column(key="condition", label=gettext_lazy("状况"), value=lambda r: condition_of(r)[0], width=150),
        Column(key="waiting", label=gettext_lazy("待发送"), kind="number", sort="waiting", width=100),
        Column(key="last_at", label=gettext_lazy("最近一次事件"), kind="datetime", sort="last_at", width=150),
    )
    search_fields = ("name", "address", "owner__name")
    tabs = (
        Tab(key="active", label=gettext_lazy("启用"), where=Q(is_active=True)),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    empty = Empty(
        gettext_lazy("没有接收方"),
        gettext_lazy("别的系统要随时知道整改和考评的进展时，在这里登记它的地址。"),
        icon="webhook",
    )

    def get_rows(self, request: HttpRequest) -> QuerySet[Receiver]:
        rows = Receiver.objects.visible_to(request.scope).select_related("owner")  # type: ignore[attr-defined]
        waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
        return rows.annotate(waiting=waiting, last_at=Max("deliveries__at"))

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        if not may_administer(request.scope):  # type: ignore[attr-defined]
            return []
        return [Button(label=_("登记接收方"), url=reverse("subscriptions:register"), icon="plus", go=True)]


class ReceiverPage(Opener, DetailPage):
    left_template_name = "subscriptions/_receiver_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Receiver]:
        rows = Receiver.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.select_related("owner__organization", "registered_by")

    def get_crumbs(self, request: HttpRequest, thing: Receiver) -> list[Crumb]:
        return [Crumb(_("对外通知"), reverse("subscriptions:list")), Crumb(thing.name)]

    def get_badges(self, request: HttpRequest, thing: Receiver) -> list[SafeString]:
        return [badge_html(*condition_of(thing))]

    def get_buttons(self, request: HttpRequest, thing: Receiver) -> list[Button]:
        pk = [thing.pk]
        if not thing.is_active:
            switch = Button(
                label=_("启用"), url=reverse("subscriptions:switch_on", args=pk), icon="circle-check", go=True
            )
            return [switch] if may_administer(request.scope) else []  # type: ignore[attr-defined]
        buttons = [
            Button(label=_("发测试"), url=reverse("subscriptions:ping", args=pk), icon="send", go=True, post=True)
        ]
        if may_administer(request.scope):  # type: ignore[attr-defined]
            buttons += [
                Button(label=_("修改"), url=reverse("subscriptions:change", args=pk), icon="edit"),
                Button(label=_("更换密钥"), url=reverse("subscriptions:secret", args=pk), icon="key"),
                Button(label=_("停用"), url=reverse("subscriptions:switch_off", args=pk), icon="ban"),
            ]
        return buttons

    def get_next_step(self, request: HttpRequest, thing: Receiver) -> NextStep | None:
        if thing.paused_at is not None and thing.is_active:
            resume = Button(label=_("恢复"), url=reverse("subscriptions:resume", args=[thing.pk]), go=True, post=True)
            return NextStep(
                kind="late",
                sentence=_("多日没有收下通知，%(day)s 起暂停")
                % {"day": f"{timezone.localtime(thing.paused_at):%m-%d %H:%M}"},
                reason=_("暂停期间的事件不会补发；暂停前没送到的，恢复后接着发。"),
                primary=resume,
            )
        if thing.rests_until is not None and thing.rests_until > timezone.now():
            again = f"{timezone.localtime(thing.rests_until):%m-%d %H:%M}"
            return NextStep(
                kind="soon",
                sentence=_("上次没有送到，%(at)s 后再试") % {"at": again},
                reason=_("每次失败后等得更久；连续失败三天就暂停。"),
            )
        return None

    def get_facts(self, request: HttpRequest, thing: Receiver) -> list[Fact]:
        secret = _("已设置，不再显示")
        if thing.old_secret_until is not None and thing.old_secret_until > timezone.now():
            until = f"{timezone.localtime(thing.old_secret_until):%m-%d %H:%M}"
            secret = _("已更换；旧密钥 %(until)s 前仍有效") % {"until": until}
        facts = [Fact(_("地址"), thing.address)] if may_administer(request.scope) else []  # type: ignore[attr-defined]
        return [
            *facts,
            Fact(_("归属人"), f"{thing.owner.name}（{thing.owner.organization}）", hint=_("只通知他看得到的事")),
            Fact(_("签名密钥"), secret),
            Fact(_("登记"), f"{thing.registered_by.name} {timezone.localtime(thing.registered_at):%Y-%m-%d}"),
        ]

    def get_history(self, request: HttpRequest, thing: Receiver) -> list[HistoryLine]:
        return history_lines(thing, most=20)

    def get_context(self, request: HttpRequest, thing: Receiver) -> dict[str, Any]:
        labels = dict(Event.choices)
        return {
            "event_labels": [(name, labels.get(name, name)) for name in thing.events],
            "deliveries": list(thing.deliveries.order_by("-pk")[:SHOWN]),
            "log_url": reverse("subscriptions:log", args=[thing.pk]),
        }


class DeliveryLog(Opener, ListPage):
    """Everything that was sent, or is to be sent, to one receiver in the last thirty days."""

    of_a_thing = Receiver

    unit = gettext_lazy("条")
    columns = (
        Column(key="event", label=gettext_lazy("事件"), value="event_name", kind="link"),
        Column(key="at", label=gettext_lazy("发生"), kind="datetime", sort="at", width=150),
        Column(key="state", label=gettext_lazy("状态"), kind="state", sort="state", width=120),
        Column(key="status", label=gettext_lazy("应答"), value=lambda d: d.last_status or "", width=80),
        Column(key="tries", label=gettext_lazy("次数"), value="attempts_made", kind="number", width=80),
        Column(key="next_at", label=gettext_lazy("下次发送"), kind="datetime", sort="next_at", width=150),
        Column(key="message", label=gettext_lazy("消息号"), sheet_only=True),
    )
    default_sort = ("-pk",)
    tabs = (
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
        Tab(key="waiting", label=gettext_lazy("待发送"), where=Q(state=DeliveryState.WAITING)),
        Tab(
            key="failed",
            label=gettext_lazy("没送到"),
            where=Q(state__in=(DeliveryState.GIVEN_UP, DeliveryState.WITHHELD)),
        ),
    )
    empty = Empty(
        gettext_lazy("还没有通知"), gettext_lazy("选定的事件发生后会到这里；也可以先发一次测试。"), icon="send"
    )

    def get_title(self) -> str:
        return _("投递记录：%(name)s") % {"name": self._receiver(self.request)}

    def _receiver(self, request: HttpRequest) -> Receiver:
        if not hasattr(self, "receiver"):
            rows = Receiver.objects.visible_to(request.scope)  # type: ignore[attr-defined]
            self.receiver = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.receiver

    def get_rows(self, request: HttpRequest) -> QuerySet[Delivery]:
        rows = Delivery.objects.filter(receiver=self._receiver(request)).defer("body")
        return rows.annotate(last_status=Max("attempts__status"))

    def get_crumbs(self, request: HttpRequest) -> list[Crumb]:
        receiver = self._receiver(request)
        return [
            Crumb(_("对外通知"), reverse("subscriptions:list")),
            Crumb(receiver.name, receiver.get_absolute_url()),
            Crumb(_("投递记录")),
        ]


class DeliveryPage(Opener, DetailPage):
    left_template_name = "subscriptions/_delivery_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Delivery]:
        return Delivery.objects.visible_to(request.scope).select_related("receiver__owner")  # type: ignore[attr-defined]

    def get_badges(self, request: HttpRequest, thing: Delivery) -> Sequence[SafeString]:
        return [state_html(DeliveryState(thing.state))]

    def get_crumbs(self, request: HttpRequest, thing: Delivery) -> list[Crumb]:
        return [
            Crumb(_("对外通知"), reverse("subscriptions:list")),
            Crumb(thing.receiver.name, thing.receiver.get_absolute_url()),
            Crumb(_("投递记录"), reverse("subscriptions:log", args=[thing.receiver_id])),
            Crumb(thing.event_name),
        ]

    def get_buttons(self, request: HttpRequest, thing: Delivery) -> list[Button]:
        if not thing.receiver.is_active:
            return []
        url = reverse("subscriptions:send_again", args=[thing.pk])
        return [Button(label=_("再发一次"), url=url, icon="send", go=True, post=True)]

    def get_facts(self, request: HttpRequest, thing: Delivery) -> list[Fact]:
        again = f"{timezone.localtime(thing.next_at):%m-%d %H:%M}" if thing.next_at else ""
        facts = [
            Fact(_("接收方"), thing.receiver.name, thing.receiver.get_absolute_url()),
            Fact(_("事件"), thing.event),
            Fact(_("消息号"), thing.message),
            Fact(_("发生"), f"{timezone.localtime(thing.at):%Y-%m-%d %H:%M:%S}"),
        ]
        return [*facts, Fact(_("下次发送"), again)] if again else facts

    def get_context(self, request: HttpRequest, thing: Delivery) -> dict[str, Any]:
        return {"attempts": list(thing.attempts.order_by("-pk")[:50])}
