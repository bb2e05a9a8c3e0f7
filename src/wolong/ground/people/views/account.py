"""Everybody's own page: who one is here, leave, tokens of the API."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import ActionPage, Button, Crumb, SignedIn
from wolong.ground.pages.registries.panels import panels_for
from wolong.ground.people import actions
from wolong.ground.people.forms import LeaveForm, TokenForm
from wolong.ground.people.models import AccessToken


class AccountPage(SignedIn):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        change = Button(label=_("修改密码"), url=reverse("account_change_password"), icon="lock", go=True)
        password = [change] if person.has_usable_password() else []  # the demo's people have none
        context = {
            "title": _("我的账号"),
            "subtitle": person.organization.name,
            "buttons": [
                *password,
                Button(label=_("登记请假"), url=reverse("people:my_leave"), icon="calendar-off"),
                Button(label=_("建立接口令牌"), url=reverse("people:make_token"), icon="key"),
            ],
            "person": person,
            "grants": person.grants.select_related("organization", "acting_for").order_by("-valid"),
            "leaves": person.leaves.order_by("-days")[:10],
            "tokens": person.tokens.order_by("-pk"),
            "today": timezone.localdate(),
            "panels": panels_for("account", request, person),
        }
        return render(request, "people/account.html", context)


class OwnAct(ActionPage):
    """A verb on oneself."""

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(_("我的账号"), reverse("people:account"))]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("people:account")

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        del request, thing, result
        return reverse("people:account")


class MyLeavePage(OwnAct):
    title = _("登记请假")
    explain = _("请假的日子由您的代理人代办。")
    form_class = LeaveForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        return actions.record_leave(person=request.user, **form.cleaned_data, by=request.user, at=timezone.now())


class MakeTokenPage(OwnAct):
    title = _("建立接口令牌")
    explain = _("别的系统拿着令牌替您办事：看得到的、办得了的不超过您自己，也不超过下面选定的几项。")
    form_class = TokenForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        token, raw = actions.make_token(owner=request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        context = {
            "title": _("接口令牌"),
            "thing": token,
            "secret": raw,
            "explain": _("请现在抄走。系统只存它的摘要，离开这一页就再也看不到了。"),
            "crumbs": self.get_crumbs(request, thing),
            "back_url": reverse("people:account"),
        }
        return render(request, "people/shown_once.html", context)


class RevokeTokenPage(OwnAct):
    title = _("作废接口令牌")
    explain = _("作废后马上不能再用。")
    danger = True

    def get_object(self, request: HttpRequest) -> AccessToken:
        token = AccessToken.objects.filter(pk=self.kwargs["pk"], owner=request.user).first()
        if token is None:
            raise Http404
        return token

    def perform(self, request: HttpRequest, thing: AccessToken, form: Any) -> Any:
        return actions.revoke_token(token=thing, by=request.user, at=timezone.now())
