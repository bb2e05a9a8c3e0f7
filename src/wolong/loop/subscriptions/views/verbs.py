"""The verbs on receivers and deliveries."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.generic import ActionPage, Crumb
from wolong.ground.people.access import may_administer
from wolong.ground.workdays.queries import now
from wolong.loop.subscriptions import access, actions
from wolong.loop.subscriptions.forms import ReceiverForm
from wolong.loop.subscriptions.models import Delivery, Receiver
from wolong.loop.subscriptions.views.receivers import DeliveryPage, Opener, ReceiverPage


def _shown_once(request: HttpRequest, receiver: Receiver, secret: str, crumbs: list[Crumb]) -> Any:
    context = {
        "title": _("签名密钥"),
        "thing": receiver,
        "secret": secret,
        "explain": _("请现在交给接收方。它用这个密钥核对每条通知的签名；离开这一页就再也看不到了。"),
        "crumbs": crumbs,
        "back_url": receiver.get_absolute_url(),
    }
    return render(request, "people/shown_once.html", context)


class _ByAdministrator(ActionPage):
    def may(self, request: HttpRequest) -> bool:
        return may_administer(request.scope)  # type: ignore[attr-defined]

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        crumbs = [Crumb(_("对外通知"), reverse("subscriptions:list"))]
        return [*crumbs, Crumb(thing.name, thing.get_absolute_url())] if thing is not None else crumbs

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return str(thing.get_absolute_url()) if thing is not None else reverse("subscriptions:list")

    def get_object(self, request: HttpRequest) -> Any:
        return ReceiverPage.visible(request, self.kwargs["pk"])


class RegisterPage(_ByAdministrator):
    title = gettext_lazy("登记接收方")
    verb = gettext_lazy("登记并生成密钥")
    explain = gettext_lazy("登记后半分钟内开始通知；密钥只显示一次。")
    form_class = ReceiverForm

    def get_object(self, request: HttpRequest) -> Any:
        return None

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"owner": request.user.pk}

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        receiver, secret = actions.register_receiver(**form.cleaned_data, by=request.user, at=now())
        return _shown_once(request, receiver, secret, self.get_crumbs(request, receiver))


class ChangePage(_ByAdministrator):
    title = gettext_lazy("修改接收方")
    form_class = ReceiverForm

    def get_initial(self, request: HttpRequest, thing: Receiver) -> dict[str, Any]:
        return {"name": thing.name, "address": thing.address, "owner": thing.owner_id, "events": thing.events}

    def perform(self, request: HttpRequest, thing: Receiver, form: Any) -> Any:
        return actions.change_receiver(receiver=thing, **form.cleaned_data, by=request.user, at=now())


class SecretPage(_ByAdministrator):
    title = gettext_lazy("更换密钥")
    verb = gettext_lazy("生成新密钥")
    explain = gettext_lazy("新密钥只显示一次。一天之内每条通知同时带新旧两个签名，接收方有时间换过来。")

    def perform(self, request: HttpRequest, thing: Receiver, form: Any) -> Any:
        secret = actions.replace_secret(receiver=thing, by=request.user, at=now())
        return _shown_once(request, thing, secret, self.get_crumbs(request, thing))


class SwitchOffPage(_ByAdministrator):
    title = gettext_lazy("停用接收方")
    explain = gettext_lazy("不再通知；还没送到的不再发送。记录留着。")
    danger = True

    def perform(self, request: HttpRequest, thing: Receiver, form: Any) -> Any:
        return actions.switch_receiver(receiver=thing, is_active=False, by=request.user, at=now())


class SwitchOnPage(_ByAdministrator):
    title = gettext_lazy("启用接收方")
    explain = gettext_lazy("从现在起通知；停用期间的事件不补发。")

    def perform(self, request: HttpRequest, thing: Receiver, form: Any) -> Any:
        return actions.switch_receiver(receiver=thing, is_active=True, by=request.user, at=now())


class _ByOwner(Opener, ActionPage):
    """A verb of the owner and of the administrator."""

    def get_object(self, request: HttpRequest) -> Any:
        return ReceiverPage.visible(request, self.kwargs["pk"])

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        receiver = thing.receiver if isinstance(thing, Delivery) else thing
        return access.may_try(request.scope, receiver)  # type: ignore[attr-defined]


class PingPage(_ByOwner):
    title = gettext_lazy("发测试")
    explain = gettext_lazy("马上发一条没有内容的通知，看对方收不收。")

    def perform(self, request: HttpRequest, thing: Receiver, form: Any) -> Any:
        delivery = actions.ping(receiver=thing, by=request.user, at=now())
        messages.info(request, _("测试已发出，几秒后刷新看结果"))
        return delivery

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        return str(result.get_absolute_url())


class ResumePage(_ByOwner):
    title = gettext_lazy("恢复接收方")

    def perform(self, request: HttpRequest, thing: Receiver, form: Any) -> Any:
        return actions.resume_receiver(receiver=thing, by=request.user, at=now())


class SendAgainPage(_ByOwner):
    title = gettext_lazy("再发一次")
    explain = gettext_lazy("同一条消息、同一个消息号，马上再发。")

    def get_object(self, request: HttpRequest) -> Any:
        return DeliveryPage.visible(request, self.kwargs["pk"])

    def perform(self, request: HttpRequest, thing: Delivery, form: Any) -> Any:
        delivery = actions.send_again(delivery=thing, by=request.user, at=now())
        messages.info(request, _("已再发一次，几秒后刷新看结果"))
        return delivery
