"""The service lines of an area, one line, one contract, and their verbs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.contracts import access, actions
from wolong.estate.contracts.forms import ContractForm, EndForm, LineFilter, LineForm, TermForm
from wolong.estate.contracts.models import Contract, ServiceLine, Term
from wolong.estate.contracts.rules import last_day
from wolong.estate.contracts.states import SupplyMode
from wolong.estate.places.access import may_keep as may_keep_area
from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.dates import long_day
from wolong.ground.pages.generic import (
    ActionPage,
    Button,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    HistoryLine,
    ListPage,
    SignedIn,
    Tab,
)
from wolong.ground.people.access import Scope
from wolong.ground.workdays.queries import now, today

MOST_LINES = 20


def scope_of(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined,no-any-return]


class ForThoseConcerned(SignedIn):
    """The bureau, and companies for their own; a tenant finds no such page."""

    def may(self, request: HttpRequest) -> bool:
        if not access.may_look(scope_of(request)):
            raise Http404
        return True


def period(valid: Any) -> str:
    until = last_day(valid)
    return (
        f"{valid.lower:%Y-%m-%d} – {until:%Y-%m-%d}" if until else _("%(day)s 起") % {"day": f"{valid.lower:%Y-%m-%d}"}
    )


def fee(amount: Decimal | None) -> str:
    return f"{amount:,.2f}" if amount is not None else ""


class LineList(ForThoseConcerned, ListPage):
    """Who performs what, on which contract, and who supervises it."""

    title = gettext_lazy("合同与服务")
    unit = gettext_lazy("项服务")
    columns = (
        Column(key="name", label=gettext_lazy("服务"), kind="link", sort=("name", "area__code"), width=96),
        Column(key="performer", label=gettext_lazy("承担单位"), sort=("performer__pinyin_key", "name")),
        Column(key="supervisor", label=gettext_lazy("主管科室"), sort=("supervisor__pinyin_key", "name"), width=128),
        Column(key="mode", label=gettext_lazy("供给方式"), value=lambda line: line.get_mode_display(), sort=("mode", "name"), width=104),
        Column(
            key="contract", label=gettext_lazy("合同"), value="contract.number", width=168, quiet=True,
            url=lambda line: line.contract.get_absolute_url() if line.contract else "",
        ),
        Column(
            key="fee", label=gettext_lazy("月费（元）"), value=lambda line: fee(line.monthly_fee_yuan), kind="number",
            sort="monthly_fee_yuan", width=128, export_value=lambda line: line.monthly_fee_yuan,
        ),
        Column(key="valid", label=gettext_lazy("期限"), value=lambda line: period(line.valid), sort="valid", width=208, quiet=True),
        Column(key="area", label=gettext_lazy("办公区"), sort="area__code", width=128, quiet=True),
        Column(key="root", label=gettext_lazy("范围"), value=lambda line: line.root or _("整个办公区"), sheet_only=True),
    )  # fmt: skip
    filterset_class = LineFilter
    search_fields = ("name", "performer__name", "performer__short_name", "contract__number", "contract__name")
    default_sort = ("area__code", "name")
    tabs = (
        Tab(key="now", label=gettext_lazy("现行"), where=lambda _request: Q(valid__contains=today())),
        Tab(
            key="own",
            label=gettext_lazy("自主管理"),
            where=lambda _request: Q(valid__contains=today(), mode=SupplyMode.OWN),
        ),
        Tab(key="ended", label=gettext_lazy("已结束"), where=lambda _request: Q(valid__endswith__lte=today())),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    empty = Empty(gettext_lazy("还没有服务线"), gettext_lazy("先登记合同，再写明合同里的每项服务。"), icon="file-text")

    def get_rows(self, request: HttpRequest) -> QuerySet[ServiceLine]:
        rows = ServiceLine.objects.visible_to(scope_of(request))
        return rows.select_related("area", "performer", "supervisor", "contract", "root")

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        if not access.may_keep_somewhere(scope_of(request)):
            return []
        return [
            Button(label=_("登记自办服务"), url=reverse("contracts:add_own"), icon="plus"),
            Button(label=_("登记合同"), url=reverse("contracts:add"), icon="plus", go=True),
        ]


class ContractPage(ForThoseConcerned, DetailPage):
    place = "contract"
    left_template_name = "contracts/_contract_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Contract]:
        return Contract.objects.visible_to(scope_of(request)).select_related("area__centre", "supplier")

    def get_subtitle(self, request: HttpRequest, thing: Contract) -> str:
        return thing.number

    def get_badges(self, request: HttpRequest, thing: Contract) -> Sequence[SafeString]:
        return [_period_badge(thing.valid)]

    def get_crumbs(self, request: HttpRequest, thing: Contract) -> list[Crumb]:
        return [Crumb(_("合同"), reverse("contracts:list")), Crumb(thing.number)]

    def get_buttons(self, request: HttpRequest, thing: Contract) -> list[Button]:
        if not access.may_keep_contract(scope_of(request), thing):
            return []
        verbs = ((_("登记条款"), "contracts:add_term"), (_("增加服务"), "contracts:add_line"))
        return [
            Button(label=label, url=reverse(name, args=[thing.pk]), icon="plus", inline=True) for label, name in verbs
        ]

    def get_facts(self, request: HttpRequest, thing: Contract) -> list[Fact]:
        facts = [
            Fact(_("供应商"), thing.supplier.name),
            Fact(_("办公区"), thing.area.name),
            Fact(_("管理单位"), thing.area.centre.name),
            Fact(_("期限"), period(thing.valid)),
        ]
        if thing.signed_on:
            facts.append(Fact(_("签订日期"), long_day(thing.signed_on)))
        return facts

    def get_history(self, request: HttpRequest, thing: Contract) -> list[HistoryLine]:
        return history_lines(thing, most=MOST_LINES, units=True)

    def get_context(self, request: HttpRequest, thing: Contract) -> dict[str, Any]:
        rows = (
            ServiceLine.objects.visible_to(scope_of(request))
            .filter(contract=thing)
            .select_related("supervisor", "root", "performer")
        )
        lines = list(rows.order_by("name"))
        fees = [line.monthly_fee_yuan for line in lines if line.monthly_fee_yuan is not None]
        return {
            "lines": [(line, period(line.valid), fee(line.monthly_fee_yuan)) for line in lines],
            "total": fee(sum(fees, Decimal(0))) if fees else "",
            "terms": list(thing.terms.order_by("pk")),
        }


class LinePage(ForThoseConcerned, DetailPage):
    place = "line"

    def get_rows(self, request: HttpRequest) -> QuerySet[ServiceLine]:
        rows = ServiceLine.objects.visible_to(scope_of(request))
        return rows.select_related("area__centre", "performer", "supervisor", "contract", "root")

    def get_title(self, request: HttpRequest, thing: ServiceLine) -> str:
        return _("%(service)s(%(area)s)") % {"service": thing.name, "area": thing.area.name}

    def get_badges(self, request: HttpRequest, thing: ServiceLine) -> Sequence[SafeString]:
        return [_period_badge(thing.valid)]

    def get_crumbs(self, request: HttpRequest, thing: ServiceLine) -> list[Crumb]:
        crumbs = [Crumb(_("合同"), reverse("contracts:list"))]
        if thing.contract:
            crumbs.append(Crumb(thing.contract.number, thing.contract.get_absolute_url()))
        return [*crumbs, Crumb(thing.name)]

    def get_buttons(self, request: HttpRequest, thing: ServiceLine) -> list[Button]:
        until = last_day(thing.valid)
        if not access.may_keep_line(scope_of(request), thing) or (until and until < today()):
            return []
        return [
            Button(
                label=_("结束服务"), url=reverse("contracts:end_line", args=[thing.pk]), icon="circle-off", inline=True
            )
        ]

    def get_facts(self, request: HttpRequest, thing: ServiceLine) -> list[Fact]:
        facts = [
            Fact(_("承担单位"), thing.performer.name),
            Fact(_("主管科室"), thing.supervisor.name if thing.supervisor else _("没有指定")),
            Fact(_("供给方式"), thing.get_mode_display()),
            Fact(_("范围"), thing.root.full_name if thing.root else _("整个办公区")),
            Fact(_("期限"), period(thing.valid)),
        ]
        if thing.contract:
            facts.append(Fact(_("合同"), thing.contract.name, thing.contract.get_absolute_url()))
        if thing.monthly_fee_yuan is not None and access.may_see_fee(scope_of(request), thing):
            facts.append(Fact(_("月费"), f"{fee(thing.monthly_fee_yuan)} 元"))
        return facts

    def get_history(self, request: HttpRequest, thing: ServiceLine) -> list[HistoryLine]:
        return history_lines(thing, most=MOST_LINES, units=True)


def _period_badge(valid: Any) -> SafeString:
    day, until = today(), last_day(valid)
    if until is not None and until < day:
        return badge_html(_("已结束"), "", "circle-off")
    if valid.lower is not None and valid.lower > day:
        return badge_html(_("未开始"), "", "clock")
    return badge_html(_("现行"), "ok", "circle-check")


class AddContract(ForThoseConcerned, ActionPage):
    title = gettext_lazy("登记合同")
    verb = gettext_lazy("登记")
    form_class = ContractForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        return access.may_keep_somewhere(scope_of(request))

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"areas": OfficeArea.objects.visible_to(scope_of(request)).select_related("centre")}

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"area": request.session.get("area")}

    def perform(self, request: HttpRequest, thing: Any, form: ContractForm) -> Contract:
        if not may_keep_area(scope_of(request), form.cleaned_data["area"]):
            raise Http404
        return actions.add_contract(**form.cleaned_data, by=request.user, at=now())

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return reverse("contracts:list")


class AddLine(ForThoseConcerned, ActionPage):
    """A line of a contract: its company performs it."""

    title = gettext_lazy("增加服务")
    verb = gettext_lazy("增加")
    form_class = LineForm
    detail_page = ContractPage

    def get_object(self, request: HttpRequest) -> Contract:
        return ContractPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Contract) -> bool:
        return access.may_keep_contract(scope_of(request), thing)

    def get_form_kwargs(self, request: HttpRequest, thing: Contract) -> dict[str, Any]:
        return {"area": thing.area, "contract": thing}

    def get_initial(self, request: HttpRequest, thing: Contract) -> dict[str, Any]:
        return {"since": thing.valid.lower, "until": last_day(thing.valid)}

    def perform(self, request: HttpRequest, thing: Contract, form: LineForm) -> ServiceLine:
        return actions.add_line(
            area=thing.area,
            contract=thing,
            performer=thing.supplier,
            mode=SupplyMode.PURCHASED,
            **form.cleaned_data,
            by=request.user,
            at=now(),
        )


class AddTerm(ForThoseConcerned, ActionPage):
    title = gettext_lazy("登记合同条款")
    verb = gettext_lazy("登记")
    explain = gettext_lazy("付款建议和违约金只在有合同条款可引时才出现。")
    form_class = TermForm
    detail_page = ContractPage

    def get_object(self, request: HttpRequest) -> Contract:
        return ContractPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Contract) -> bool:
        return access.may_keep_contract(scope_of(request), thing)

    def perform(self, request: HttpRequest, thing: Contract, form: TermForm) -> Term:
        return actions.add_term(contract=thing, **form.cleaned_data, by=request.user, at=now())


class AddOwnLine(ForThoseConcerned, ActionPage):
    """A line that a section of the centre performs itself."""

    title = gettext_lazy("登记自办服务")
    verb = gettext_lazy("登记")
    explain = gettext_lazy("由服务中心自己的科室承担的服务，没有合同。")
    form_class = LineForm

    def get_object(self, request: HttpRequest) -> OfficeArea:
        areas = OfficeArea.objects.visible_to(scope_of(request)).select_related("centre")
        wanted = request.GET.get("area") or request.session.get("area")
        if wanted and str(wanted).isdigit():
            return get_object_or_404(areas, pk=wanted)
        first = areas.first()
        if first is None:
            raise Http404
        return first

    def may_act(self, request: HttpRequest, thing: OfficeArea) -> bool:
        return may_keep_area(scope_of(request), thing)

    def get_title(self, request: HttpRequest, thing: OfficeArea) -> str:
        return _("登记自办服务：%(area)s") % {"area": thing.name}

    def get_form_kwargs(self, request: HttpRequest, thing: OfficeArea) -> dict[str, Any]:
        return {"area": thing}

    def perform(self, request: HttpRequest, thing: OfficeArea, form: LineForm) -> ServiceLine:
        return actions.add_line(area=thing, **form.cleaned_data, by=request.user, at=now())

    def get_success_url(self, request: HttpRequest, thing: OfficeArea, result: ServiceLine) -> str:
        return result.get_absolute_url()

    def get_cancel_url(self, request: HttpRequest, thing: OfficeArea) -> str:
        return reverse("contracts:list")


class EndLine(ForThoseConcerned, ActionPage):
    title = gettext_lazy("结束服务")
    verb = gettext_lazy("结束")
    explain = gettext_lazy("从次日起不再由这家单位承担；已做的记录都保留。")
    form_class = EndForm
    detail_page = LinePage
    danger = True

    def get_object(self, request: HttpRequest) -> ServiceLine:
        return LinePage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: ServiceLine) -> bool:
        return access.may_keep_line(scope_of(request), thing)

    def get_initial(self, request: HttpRequest, thing: ServiceLine) -> dict[str, Any]:
        return {"on": today()}

    def perform(self, request: HttpRequest, thing: ServiceLine, form: EndForm) -> ServiceLine:
        return actions.end_line(line=thing, **form.cleaned_data, by=request.user, at=now())
