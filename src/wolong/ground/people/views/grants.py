"""Grants and leave of one person."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wolong.ground.people import actions
from wolong.ground.people.forms import GrantForm, LeaveForm
from wolong.ground.people.models import Grant, Leave, Person
from wolong.ground.people.views.administration import AdministratorAct
from wolong.ground.people.views.persons import PersonAct


class GrantPage(PersonAct):
    title = _("授予角色")
    form_class = GrantForm

    def get_form_kwargs(self, request: HttpRequest, thing: Person) -> dict[str, Any]:
        return {"person": thing}

    def get_initial(self, request: HttpRequest, thing: Person) -> dict[str, Any]:
        return {"organization": thing.organization_id, "since": timezone.localdate()}

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Any:
        return actions.grant_role(person=thing, **form.cleaned_data, by=request.user, at=timezone.now())


class EndGrantPage(AdministratorAct):
    title = _("结束授权")
    explain = _("从今天起不再有效；以前做过的事不变。")
    danger = True

    def get_object(self, request: HttpRequest) -> Person:
        self.grant = get_object_or_404(Grant.objects.select_related("person"), pk=self.kwargs["pk"])
        return self.grant.person

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Any:
        return actions.end_grant(grant=self.grant, by=request.user, at=timezone.now())


class LeavePage(PersonAct):
    title = _("登记请假")
    explain = _("请假的日子由代理人代办。")
    form_class = LeaveForm

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Any:
        return actions.record_leave(person=thing, **form.cleaned_data, by=request.user, at=timezone.now())


class WithdrawLeavePage(AdministratorAct):
    title = _("取消请假")
    danger = True

    def get_object(self, request: HttpRequest) -> Person:
        self.leave = Leave.objects.select_related("person").filter(pk=self.kwargs["pk"]).first()
        if self.leave is None:
            raise Http404
        return self.leave.person

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Any:
        return actions.withdraw_leave(leave=self.leave, by=request.user, at=timezone.now())
