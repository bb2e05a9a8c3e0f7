"""A desk of its own for these tests: three generic pages over the plainest models there are."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import include, path

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.generic import (
    ActionPage,
    BulkAction,
    Button,
    Column,
    DetailPage,
    Empty,
    Fact,
    HistoryLine,
    ListPage,
    NextStep,
    Tab,
)
from wolong.ground.pages.registries.thread import Stage

TODAY = date(2026, 11, 23)
reminded: list[str] = []


class GroupFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="名称", lookup_expr="icontains")
    kind = django_filters.ModelChoiceFilter(
        label="种类", queryset=ContentType.objects.all(), field_name="permissions__content_type"
    )
    number = django_filters.RangeFilter(label="编号", field_name="pk")

    class Meta:
        model = Group
        fields: list[str] = []


def remind(request: Any, rows: Any) -> None:
    if rows.filter(name="拒绝").exists():
        raise Refused("这个不能催办")
    reminded.extend(rows.values_list("name", flat=True))


class GroupList(ListPage):
    title = "小组"
    unit = "个"
    search_fields = ("name",)
    filterset_class = GroupFilter
    default_sort = ("name",)
    tabs = (Tab(key="all", label="全部", where=Q()), Tab(key="a", label="A 组", where=Q(name__startswith="A")))
    columns = (
        Column(key="severity", label="等级", kind="severity", value=lambda group: "B", width=60),
        Column(key="name", label="名称", sort="name", kind="link", url=lambda group: f"/groups/{group.pk}/"),
        Column(key="pk", label="编号", kind="number", sort="pk", width=120),
        Column(key="due_on", label="期限", kind="due", value=lambda group: TODAY, today=lambda: TODAY, width=130),
        Column(key="state", label="状态", kind="state", value=lambda group: "open", width=120),
    )
    bulk_actions = (BulkAction(key="remind", label="催办", icon="bell-ringing", run=remind, confirm="催办吗？"),)
    empty = Empty("没有小组", "建了就在这里。")

    def get_rows(self, request: Any) -> Any:
        return Group.objects.exclude(name__startswith="别人的")

    def row_url(self, row: Any) -> str:
        return f"/groups/{row.pk}/"

    def get_buttons(self, request: Any) -> list[Button]:
        return [Button(label="新建", url="/groups/new/", icon="plus", go=True)]


class GroupPage(DetailPage):
    place = "group"
    stage = Stage.FINDING
    facts_title = "依据与事实"

    def get_rows(self, request: Any) -> Any:
        return Group.objects.exclude(name__startswith="别人的")

    def get_next_step(self, request: Any, thing: Any) -> NextStep:
        if thing.name.startswith("改"):
            return NextStep(kind="done", sentence="已改名")
        return NextStep(
            sentence="等待您改名",
            primary=Button(label="改名", url=f"/groups/{thing.pk}/rename/", go=True, inline=True),
            secondary=Button(label="催办", url=f"/groups/{thing.pk}/rename/", inline=True),
        )

    def get_facts(self, request: Any, thing: Any) -> list[Fact]:
        return [Fact("名称", thing.name), Fact("限值", "0.3 mg/m³", verify=True)]

    def get_history(self, request: Any, thing: Any) -> list[HistoryLine]:
        return [HistoryLine(text=f"现在叫 {thing.name}", state="now")]


class RenameForm(forms.Form):
    name = forms.CharField(label="新名", max_length=20)


class RenamePage(ActionPage):
    title = "改名"
    verb = "改"
    form_class = RenameForm
    detail_page = GroupPage

    def get_object(self, request: Any) -> Any:
        return GroupPage.visible(request, self.kwargs["pk"])

    def may_act(self, request: Any, thing: Any) -> bool:
        return thing.name != "不许改"

    def perform(self, request: Any, thing: Any, form: Any) -> Any:
        Group.objects.filter(pk=thing.pk).update(name=form.cleaned_data["name"])
        if form.cleaned_data["name"] == "坏名":
            raise Refused("这个名字不行")
        if form.cleaned_data["name"] == "重名":
            raise ValidationError({"name": "重名了", "other": "别的也错了"})

    def get_success_url(self, request: Any, thing: Any, result: Any) -> str:
        return f"/groups/{thing.pk}/"

    def get_cancel_url(self, request: Any, thing: Any) -> str:
        return f"/groups/{thing.pk}/"


urlpatterns = [
    path("groups/", GroupList.as_view(), name="groups"),
    path("groups/<int:pk>/", GroupPage.as_view(), name="group"),
    path("groups/<int:pk>/rename/", RenamePage.as_view(), name="rename"),
    path("", include("wolong.entrance.urls")),
]
