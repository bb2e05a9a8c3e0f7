"""考核表: brought, chosen, looked through row by row by whoever is there, and drafted."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
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
    NextStep,
    SignedIn,
    Tab,
)
from wolong.ground.workdays.queries import now, today
from wolong.norms.standards import access, actions
from wolong.norms.standards.forms import BringSheetForm, ChooseTabForm, FromSheetForm
from wolong.norms.standards.models import ScoringSheet
from wolong.norms.standards.queries import scoring
from wolong.norms.standards.rules.scoring import says_of_total
from wolong.norms.standards.states import RowState, SheetState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNDER_WAY = (SheetState.CHOOSING, SheetState.OPEN)


class Bringing:
    """考核表 are for those who draft standards."""

    def may(self, request: HttpRequest) -> bool:
        return access.may_bring_sheet(request.scope)  # type: ignore[attr-defined]


def progress(sheet: Any) -> str:
    if sheet.state == SheetState.CHOOSING:
        return ""
    return _("%(done)d / %(all)d") % {"done": sheet.all_rows - sheet.open_rows, "all": sheet.all_rows}


class SheetList(Bringing, ListPage):
    title = gettext_lazy("考核表")
    unit = gettext_lazy("张")
    default_sort = ("-brought_at", "pk")
    columns = (
        Column(key="title", label=gettext_lazy("名称"), kind="link"),
        Column(key="service", label=gettext_lazy("服务"), sort="service", width=96),
        Column(key="progress", label=gettext_lazy("看过"), value=progress, width=96),
        Column(key="brought_by", label=gettext_lazy("上传人"), width=104, quiet=True),
        Column(key="brought_at", label=gettext_lazy("上传时间"), kind="date", sort="brought_at", width=116),
        Column(key="edition", label=gettext_lazy("草案"), value=lambda one: one.edition.number if one.edition else "",
               url=lambda one: one.edition.get_absolute_url() if one.edition else "", width=196),
        Column(key="state", label=gettext_lazy("状态"), value=lambda one: SheetState(one.state), kind="state",
               sort=("state", "pk"), width=128, export_value=lambda one: one.get_state_display()),
    )  # fmt: skip
    tabs = (
        Tab(key="open", label=gettext_lazy("在整理"), where=Q(state__in=UNDER_WAY)),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    search_fields = ("title", "file_name")
    empty = Empty(
        gettext_lazy("没有考核表"),
        gettext_lazy("把现在用的考核表(xlsx)传上来，一条一条变成标准的条款。"),
        icon="file-import",
    )

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        del request
        return scoring.sheets()

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        del request
        return [Button(label=_("上传考核表"), url=reverse("standards:bring_sheet"), icon="file-import", go=True)]


class BringPage(Bringing, ActionPage):
    title = gettext_lazy("上传考核表")
    verb = gettext_lazy("读一读")
    explain = gettext_lazy(
        "表里的每一行变成一条条款，执行行由系统先提出，看不准的会标出来；由您或同事一条一条确认。随时可以停下，换人接着做。"
    )
    form_class = BringSheetForm
    has_files = True

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request, thing
        return {"services": scoring.services()}

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [*_crumbs(), Crumb(_("上传"))]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("standards:sheets")

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del thing
        file = form.cleaned_data["file"]
        data, by, service = file.read(), request.user, form.cleaned_data["service"]
        return actions.bring_sheet(data=data, file_name=file.name, service=service, by=by, at=now())  # type: ignore[arg-type]


def _crumbs() -> list[Crumb]:
    return [Crumb(_("标准"), reverse("standards:list")), Crumb(_("考核表"), reverse("standards:sheets"))]


class SheetPage(Bringing, DetailPage):
    """The whole sheet: how its columns were taken, every row with what it waits for, and what made no clause."""

    place = "scoring_sheet"
    stage = None
    template_name = "standards/sheet_detail.html"
    left_template_name = "standards/_sheet_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        del request
        return ScoringSheet.objects.defer("data").select_related("brought_by", "edition")

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request
        return str(thing.title)

    def get_badges(self, request: HttpRequest, thing: Any) -> Sequence[SafeString]:
        del request
        return [state_html(SheetState(thing.state))]

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request
        return [*_crumbs(), Crumb(thing.title)]

    def get_facts(self, request: HttpRequest, thing: Any) -> list[Fact]:
        del request
        return [
            Fact(_("文件"), thing.file_name, reverse("standards:sheet_file", args=[thing.pk])),
            Fact(_("工作表"), thing.tab or "—"),
            Fact(_("服务"), thing.service),
            Fact(_("分值合计"), _("%(n)s 分") % {"n": format(thing.total.normalize(), "f")}),
            Fact(_("上传"), thing.brought_by),
        ]

    def rows(self, thing: Any) -> list[Any]:
        if not hasattr(self, "_rows"):
            self._rows = list(thing.rows.select_related("changed_by").order_by("position", "pk"))
        return self._rows

    def get_next_step(self, request: HttpRequest, thing: Any) -> NextStep | None:
        del request
        if thing.state == SheetState.CHOOSING:
            url = reverse("standards:choose_tab", args=[thing.pk])
            return NextStep(
                sentence=_("文件里有几张工作表像考核表，请选一张"),
                primary=Button(label=_("选工作表"), url=url, go=True),
            )
        if thing.state == SheetState.DRAFTED:
            words = {"number": thing.edition.number if thing.edition else ""}
            return NextStep(
                kind="done", sentence=_("已起草为 %(number)s") % words, reason=_("由另一个人在标准页批准。")
            )
        if thing.state == SheetState.DROPPED:
            return NextStep(kind="done", sentence=_("这张考核表不用了"))
        return self._next_of_rows(thing)

    def _next_of_rows(self, thing: Any) -> NextStep:
        waiting = [row for row in self.rows(thing) if row.state == RowState.OPEN]
        if not waiting:
            url = reverse("standards:draft_sheet", args=[thing.pk])
            return NextStep(
                sentence=_("每一条都看过了，可以起草标准"), reason=_("草案由另一个人批准后才有效。"),
                primary=Button(label=_("起草"), url=url, icon="pencil", go=True),
            )  # fmt: skip
        clear = sum(row.is_clear for row in waiting)
        words = {"n": len(waiting), "unsure": len(waiting) - clear}
        first = next((row for row in waiting if not row.is_clear), waiting[0])
        together = None
        if clear:
            together = Button(
                label=_("一起确认没有疑问的 %(n)d 条") % {"n": clear}, url=reverse("standards:confirm_sheet", args=[thing.pk]),
                post=True, icon="checks",
            )  # fmt: skip
        return NextStep(
            sentence=_("还有 %(n)d 条没有确认，其中 %(unsure)d 条要看一眼") % words,
            reason=_("表上没写明的、系统看不准的都标了出来；改过的随时存着，谁都可以接着做。"),
            primary=Button(label=_("逐条看"), url=first.get_absolute_url(), go=True),
            secondary=together,
        )

    def get_buttons(self, request: HttpRequest, thing: Any) -> list[Button]:
        del request
        if thing.state not in UNDER_WAY:
            return []
        return [
            Button(label=_("不用了"), url=reverse("standards:drop_sheet", args=[thing.pk]), icon="ban", inline=True)
        ]

    def get_history(self, request: HttpRequest, thing: Any) -> list[HistoryLine]:
        del request
        return history_lines(thing)

    def get_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        words = {
            "number": _("序号"), "project": _("项目"), "content": _("内容"), "points": _("分值"), "rule": _("评分细则"), "method": _("检查方式"),
            "cycle": _("频次"), "doer": _("谁做"), "checker": _("谁查"), "filled": _("考核时填的，不用"), "": _("没认出，不用"),
        }  # fmt: skip
        return {
            "rows": self.rows(thing),
            "columns": [(name, words[role]) for name, role in thing.columns],
            "says_of_total": says_of_total(thing.total, thing.stated_total) if thing.tab else "",
        }


class SheetAct(Bringing, ActionPage):
    detail_page = SheetPage

    def get_object(self, request: HttpRequest) -> Any:
        del request
        return get_object_or_404(ScoringSheet.objects.select_related("brought_by", "edition"), pk=self.kwargs["pk"])

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [*_crumbs(), Crumb(thing.title, thing.get_absolute_url()), Crumb(self.get_title(request, thing))]


class ChooseTabPage(SheetAct):
    title = gettext_lazy("选工作表")
    verb = gettext_lazy("读这一张")
    form_class = ChooseTabForm
    detail_page = None
    template_name = "standards/sheet_tabs.html"

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del request
        return bool(thing.state == SheetState.CHOOSING)

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        self.tabs = scoring.tabs_of(thing)
        return {"tabs": [name for name, why in self.tabs if not why]}

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        del request, thing, form
        return {"others": [(name, why) for name, why in self.tabs if why]}

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        return actions.choose_tab(sheet=thing, tab=form.cleaned_data["tab"], by=request.user, at=now())  # type: ignore[arg-type]


class ConfirmClearPage(SheetAct):
    title = gettext_lazy("一起确认")
    verb = gettext_lazy("确认")
    explain = gettext_lazy("没有疑问的条款按系统读出的一起确认；要看一眼的仍然留着。")

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        count = actions.confirm_clear_rows(sheet=thing, by=request.user, at=now())  # type: ignore[arg-type]
        messages.success(request, _("确认了 %(n)d 条") % {"n": count})
        return thing


class DraftSheetPage(SheetAct):
    title = gettext_lazy("起草标准")
    verb = gettext_lazy("存为草案")
    explain = gettext_lazy("确认过的条款成为一份标准的草案，由另一个人批准，到实施那天起有效。")
    form_class = FromSheetForm
    detail_page = None

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        unit = request.user.organization.name  # type: ignore[union-attr]
        return {
            "title": thing.title,
            "number": scoring.free_number(today()),
            "effective": today(),
            "keeper": unit,
            "level": "合同附件",
        }

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        return actions.draft_from_sheet(sheet=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        del request, thing
        return str(result.get_absolute_url())


class DropPage(SheetAct):
    title = gettext_lazy("不用这张考核表")
    verb = gettext_lazy("不用了")
    explain = gettext_lazy("不再整理，记录留着。以后可以重新上传。")
    danger = True

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        return actions.drop_sheet(sheet=thing, by=request.user, at=now())  # type: ignore[arg-type]


class SheetFile(Bringing, SignedIn):
    """The file as it came."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        del request
        sheet = ScoringSheet.objects.filter(pk=pk).first()
        if sheet is None:
            raise Http404
        name = f'attachment; filename="sheet-{pk}.xlsx"'
        return HttpResponse(bytes(sheet.data), content_type=XLSX, headers={"Content-Disposition": name})
