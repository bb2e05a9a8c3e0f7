"""The duties one by one: the bureau those of its areas, a company its own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.pages.badges import badge_html, severity_html
from wolong.ground.pages.dates import long_day
from wolong.ground.pages.generic import Button, Column, Crumb, DetailPage, Empty, Fact, HistoryLine, ListPage, Tab
from wolong.ground.pages.registries.thread import Stage
from wolong.ground.people.models import Organization
from wolong.ground.workdays.queries import today
from wolong.loop.duties import access
from wolong.loop.duties.models import Duty
from wolong.loop.duties.queries import deviation_at
from wolong.loop.duties.rules.deviating import why_not
from wolong.loop.duties.rules.gap_index import first_day_that_counts, is_in_time
from wolong.loop.duties.rules.next_check import next_check_by
from wolong.loop.duties.states import Result
from wolong.norms.standards.models import Clause, Requirement, Standard


def _within(model: type[Any], lookup: str) -> Callable[[HttpRequest], QuerySet[Any]]:
    """What a picker offers: a company only what its own duties name, the bureau everything of the kind."""

    def offered(request: HttpRequest) -> QuerySet[Any]:
        scope = request.scope  # type: ignore[attr-defined]
        if scope.is_inside:
            return model.objects.all()  # type: ignore[attr-defined,no-any-return]
        own = Duty.objects.current().visible_to(scope).order_by()
        return model.objects.filter(pk__in=own.values(lookup))  # type: ignore[attr-defined,no-any-return]

    return offered


def picker(
    label: Any, model: type[Any], lookup: str, *, to_duty: str = "", hidden: bool = False
) -> django_filters.ModelChoiceFilter:
    """A filter over one kind of thing that a duty names; `to_duty` leads from the rows to their duty (`duty__`).

    A hidden one is set by links and shown as a chip, never as a long menu.
    """
    more = {"widget": forms.HiddenInput} if hidden else {}
    offered = _within(model, lookup)
    return django_filters.ModelChoiceFilter(label=label, field_name=f"{to_duty}{lookup}", queryset=offered, **more)


class DutyFilter(django_filters.FilterSet):
    area = picker(gettext_lazy("办公区"), OfficeArea, "area")
    standard = picker(gettext_lazy("标准"), Standard, "requirement__edition__standard")
    line = picker(gettext_lazy("服务"), ServiceLine, "line", hidden=True)
    doer = picker(gettext_lazy("谁做"), Organization, "doer")
    checker = picker(gettext_lazy("谁查"), Organization, "checker")
    clause = picker(gettext_lazy("条款"), Clause, "requirement__clause", hidden=True)
    requirement = picker(gettext_lazy("要求"), Requirement, "requirement", hidden=True)
    place = picker(gettext_lazy("场所"), Place, "place", hidden=True)
    equipment = picker(gettext_lazy("设备"), Equipment, "equipment", hidden=True)
    keeper = django_filters.CharFilter(
        label=gettext_lazy("归口"), field_name="requirement__edition__keeper", widget=forms.HiddenInput
    )

    class Meta:
        model = Duty
        fields: tuple[str, ...] = ()


def cycle_words(duty: Duty) -> str:
    if duty.is_event_driven:
        return _("按事件")
    words = {1: _("每月"), 3: _("每季度"), 6: _("每半年"), 12: _("每年")}
    if duty.cycle_months is None:
        return _("没有频次")
    said = words.get(duty.cycle_months) or _("每 %(n)d 个月") % {"n": duty.cycle_months}
    if duty.sample_percent is not None:
        said += _("抽查 %(p)s %%") % {"p": f"{duty.sample_percent:f}".rstrip("0").rstrip(".")}
    return str(said)


def last_words(duty: Duty) -> str:
    """The last itemised check with its result; else what weaker look there was."""
    if duty.last_itemised_on:
        return f"{duty.last_itemised_on:%m-%d} {duty.get_last_result_display()}".strip()
    if duty.last_overall_on:
        return _("%(day)s 概查") % {"day": f"{duty.last_overall_on:%m-%d}"}
    return _("%(day)s 自查") % {"day": f"{duty.last_self_on:%m-%d}"} if duty.last_self_on else _("未检查")


class DutyList(ListPage):
    title = gettext_lazy("职责")
    unit = gettext_lazy("个")
    search_fields = ("object_label", "requirement__sentence", "requirement__clause__number")
    filterset_class = DutyFilter
    default_sort = ("requirement_id", "place__walk_order", "pk")
    tabs = (
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
        Tab(key="doer", label=gettext_lazy("没人做"), where=Q(doer__isnull=True)),
        Tab(key="checker", label=gettext_lazy("没人查"), where=Q(checker__isnull=True)),
        Tab(
            key="unchecked",
            label=gettext_lazy("从未逐项检查"),
            where=Q(last_itemised_on__isnull=True, is_event_driven=False),
        ),
        Tab(key="failing", label=gettext_lazy("上次不符合"), where=Q(last_result=Result.FAILS)),
        Tab(key="suspect", label=gettext_lazy("待重新确认"), where=Q(is_suspect=True)),
    )
    columns = (
        Column(
            key="clause",
            label=gettext_lazy("条款"),
            value=lambda d: f"{d.requirement.edition.standard.code.rsplit(' ', 1)[-1]} {d.requirement.clause.number}",
            export_value=lambda d: f"{d.requirement.edition.standard.code} {d.requirement.clause.number}",
            sort=("requirement__edition__number", "requirement__clause__position"),
            width=128,
            url=lambda d: d.requirement.clause.get_absolute_url(),
        ),
        Column(key="sentence", label=gettext_lazy("要求"), value="requirement.sentence", kind="link"),
        Column(
            key="to_verify",
            label=gettext_lazy("核对"),
            value=lambda d: _("待核") if d.requirement.is_to_verify else "",
            width=58,
            quiet=True,
        ),
        Column(key="object_label", label=gettext_lazy("对象"), sort="object_label", width=140),
        Column(
            key="doer", label=gettext_lazy("谁做"), value=lambda d: d.doer or _("没人做"), sort="doer__path", width=118
        ),
        Column(
            key="checker",
            label=gettext_lazy("谁查"),
            value=lambda d: d.checker or _("没人查"),
            sort="checker__path",
            width=110,
        ),
        Column(key="cycle", label=gettext_lazy("检查"), value=cycle_words, sort="cycle_months", width=110),
        Column(key="last", label=gettext_lazy("上次检查"), value=last_words, sort="last_itemised_on", width=116),
        Column(key="failures", label=gettext_lazy("不符合"), kind="number", sort="failures", width=70),
        Column(key="line", label=gettext_lazy("服务"), value=lambda d: d.line.name if d.line else "", sheet_only=True),
        Column(key="since", label=gettext_lazy("自"), value=lambda d: d.valid.lower, sheet_only=True),
    )
    empty = Empty(gettext_lazy("没有职责"), gettext_lazy("办公区采用标准以后，职责由系统推导出来。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Duty.objects.current().visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.joined().select_related("requirement__edition__standard")

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        buttons = [Button(label=gettext_lazy("偏离"), url=reverse("duties:deviations"), icon="route-alt-left")]
        if access.may_oversee(request.scope):  # type: ignore[attr-defined]
            buttons.append(Button(label=gettext_lazy("职责矩阵"), url=reverse("duties:matrix"), icon="table"))
        return buttons


class DutyPage(DetailPage):
    """One duty with its standing and how it came about."""

    place = "duty"
    stage = Stage.DUTY
    facts_title = gettext_lazy("谁做，谁查")
    left_template_name = "duties/_duty_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Duty.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.joined().select_related("requirement__edition__standard", "last_itemised_by")

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request
        return f"{thing.requirement.clause.number} · {thing.object_label}"

    def get_badges(self, request: HttpRequest, thing: Any) -> list[SafeString]:
        del request
        found = []
        if thing.valid.upper:
            found.append(badge_html(_("已结束"), "", "history"))
        if thing.doer is None:
            found.append(badge_html(_("没人做"), "bad", "alert-triangle"))
        if thing.checker is None:
            found.append(badge_html(_("没人查"), "bad", "alert-triangle"))
        if thing.is_suspect:
            found.append(badge_html(_("条款改了，待重新确认"), "warn", "help-circle"))
        if thing.requirement.severity:
            found.append(severity_html(thing.requirement.severity))
        return found

    def get_subtitle(self, request: HttpRequest, thing: Any) -> str:
        del request
        return str(thing.requirement.edition)

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request
        return [Crumb(gettext_lazy("职责"), reverse("duties:list")), Crumb(thing.object_label)]

    def get_buttons(self, request: HttpRequest, thing: Any) -> list[Button]:
        """申请偏离, where one may; the deviation that holds is a fact."""
        requirement = thing.requirement
        is_barred = why_not(severity=requirement.severity, nature=requirement.edition.nature)
        if is_barred or not access.may_ask_deviation(request.scope, thing):  # type: ignore[attr-defined]
            return []
        return [
            Button(
                label=gettext_lazy("申请偏离"),
                url=reverse("duties:ask_deviation", args=[thing.pk]),
                icon="route-alt-left",
            )
        ]

    def get_facts(self, request: HttpRequest, thing: Any) -> list[Fact]:
        inside = request.scope.is_inside  # type: ignore[attr-defined]
        thing_url = (thing.equipment or thing.place).get_absolute_url() if inside else ""
        upper = thing.valid.upper
        until = _("%(low)s 起") % {"low": thing.valid.lower} if upper is None else f"{thing.valid.lower} – {upper}"
        return [
            Fact(gettext_lazy("对象"), thing.object_label, thing_url),
            Fact(gettext_lazy("办公区"), thing.area),
            Fact(gettext_lazy("谁做"), thing.doer or _("没人做")),
            Fact(
                gettext_lazy("服务"),
                thing.line.name if thing.line else "—",
                thing.line.get_absolute_url() if thing.line else "",
            ),
            Fact(gettext_lazy("谁查"), thing.checker or _("没人查")),
            Fact(gettext_lazy("检查"), f"{thing.requirement.method} {cycle_words(thing)}".strip()),
            Fact(gettext_lazy("下次检查"), long_day(next_check_by(thing.cycle_months, today=today())) or "—"),
            Fact(gettext_lazy("有效期"), until),
            *self._deviation(thing),
        ]

    @staticmethod
    def _deviation(thing: Any) -> list[Fact]:
        held = deviation_at(thing, on=today())
        if held is None:
            return []
        words = _("到 %(until)s：%(measure)s") % {"until": held.until_on, "measure": held.measure}
        return [Fact(gettext_lazy("偏离中"), words, held.get_absolute_url(), hint=held.number)]

    def get_history(self, request: HttpRequest, thing: Any) -> list[HistoryLine]:
        """The duties of the same 应 at the same object over time, newest first."""
        rows = Duty.objects.visible_to(request.scope).filter(  # type: ignore[attr-defined]
            area_id=thing.area_id,
            place_id=thing.place_id,
            equipment_id=thing.equipment_id,
            requirement__edition__standard_id=thing.requirement.edition.standard_id,
            requirement__clause__number=thing.requirement.clause.number,
            requirement__ordinal=thing.requirement.ordinal,
        )
        rows = rows.select_related("doer", "requirement__edition").order_by("-valid", "-pk")[:10]
        return [
            HistoryLine(
                text=_("%(day)s 起由%(doer)s做") % {"day": row.valid.lower, "doer": row.doer or _("无人")},
                hint=row.requirement.edition.number,
                url="" if row.pk == thing.pk else row.get_absolute_url(),
                state="now" if row.valid.upper is None else "past",
            )
            for row in rows
        ]

    def get_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        return {"standing": standing_of(thing, today()), "duty": thing}


def standing_of(duty: Duty, on: date) -> list[Fact]:
    """What is known of how it is kept."""
    counts = bool(duty.cycle_months) and is_in_time(
        duty.last_itemised_on, cycle_months=duty.cycle_months or 1, today=on
    )
    hint = ""
    if duty.cycle_months and not counts:
        first = first_day_that_counts(duty.cycle_months, today=on)
        hint = _("要在 %(day)s 以后逐项查过才算按期") % {"day": first}
    by = f"{duty.last_itemised_by or ''} {duty.get_last_result_display()}".strip()
    return [
        Fact(gettext_lazy("逐项检查"), long_day(duty.last_itemised_on) or _("未检查"), hint=by if counts else hint),
        Fact(gettext_lazy("概查"), long_day(duty.last_overall_on) or "—"),
        Fact(gettext_lazy("自查"), long_day(duty.last_self_on) or "—"),
        Fact(gettext_lazy("不符合"), _("%(n)d 次") % {"n": duty.failures}, hint=long_day(duty.last_failed_on)),
        Fact(gettext_lazy("投诉"), _("%(n)d 次") % {"n": duty.complaints}),
    ]
