"""Sheets on their way in: template, upload, preview with every error, confirmation, progress."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.places import access, actions
from wolong.estate.places.forms import ImportFilter, UploadForm
from wolong.estate.places.models import ImportJob, OfficeArea
from wolong.estate.places.states import ImportState
from wolong.estate.places.views.inside import Inside, chosen_area, scope_of
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.generic import ActionPage, Button, Column, Crumb, DetailPage, Empty, Fact, ListPage, NextStep
from wolong.ground.papers.sheets import Column as SheetColumn
from wolong.ground.papers.sheets import write_sheet, write_template
from wolong.ground.workdays.queries import now, today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FAULTS = 50
FAULT_COLUMNS = (
    SheetColumn(key="line", title=gettext_lazy("行"), kind="integer", width=8),
    SheetColumn(key="column", title=gettext_lazy("列"), width=14),
    SheetColumn(key="cell", title=gettext_lazy("单元格"), width=20),
    SheetColumn(key="sentence", title=gettext_lazy("问题"), width=70),
)


def title_of(job: ImportJob) -> str:
    return str(actions.source_of(job.kind).title)


def kinds_for(request: HttpRequest) -> list[str]:
    """The sheets that this person may bring: those of no area are the administrator's."""
    scope = scope_of(request)
    of_area, whole = access.may_keep_somewhere(scope), access.may_import(scope, None)
    return [kind for kind in actions.kinds_of_import() if (of_area if actions.source_of(kind).is_of_area else whole)]


class Keeper(Inside):
    """Imports are for those who keep an area."""

    def may(self, request: HttpRequest) -> bool:
        return super().may(request) and access.may_keep_somewhere(scope_of(request))


class ImportList(Keeper, ListPage):
    title = gettext_lazy("导入记录")
    unit = gettext_lazy("次")
    columns = (
        Column(key="file_name", label=gettext_lazy("文件"), kind="link"),
        Column(key="kind", label=gettext_lazy("内容"), value=title_of, width=80),
        Column(key="area", label=gettext_lazy("办公区"), sort="area__code", width=140, quiet=True),
        Column(key="state", label=gettext_lazy("状态"), kind="state", sort="state", width=120),
        Column(key="new", label=gettext_lazy("新增"), value=lambda job: job.counts.get("new"), kind="number", width=80),
        Column(
            key="changed",
            label=gettext_lazy("修改"),
            value=lambda job: job.counts.get("changed"),
            kind="number",
            width=80,
        ),
        Column(
            key="faults",
            label=gettext_lazy("错误"),
            value=lambda job: job.counts.get("faults"),
            kind="number",
            width=80,
        ),
        Column(key="by", label=gettext_lazy("上传人"), value="uploaded_by", width=100, quiet=True),
        Column(
            key="at",
            label=gettext_lazy("上传时间"),
            value="uploaded_at",
            kind="datetime",
            sort="uploaded_at",
            width=120,
        ),
    )
    filterset_class = ImportFilter
    search_fields = ("file_name",)
    empty = Empty(gettext_lazy("还没有导入过"), gettext_lazy("先下载模板，填好再上传。"), icon="file-import")

    def get_rows(self, request: HttpRequest) -> QuerySet[ImportJob]:
        rows = ImportJob.objects.visible_to(scope_of(request)).select_related("area", "uploaded_by")
        return rows.defer("preview", "faults")

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        return [Button(label=_("导入"), url=reverse("places:upload"), icon="file-import", go=True)]

    def get_crumbs(self, request: HttpRequest) -> list[Crumb]:
        return [Crumb(_("场所"), reverse("places:list")), Crumb(_("导入记录"))]


class Upload(Keeper, ActionPage):
    title = gettext_lazy("导入")
    verb = gettext_lazy("上传并查看会改什么")
    form_class = UploadForm
    has_files = True
    template_name = "places/upload.html"

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"areas": OfficeArea.objects.visible_to(scope_of(request)), "kinds": kinds_for(request)}

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"kind": request.GET.get("kind"), "area": chosen_area(request)}

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        kinds = [(kind, actions.source_of(kind).title) for kind in kinds_for(request)]
        return {"kinds": kinds, "area": chosen_area(request)}

    def perform(self, request: HttpRequest, thing: Any, form: UploadForm) -> ImportJob:
        area, file = form.cleaned_data["area"], form.cleaned_data["file"]
        if not actions.source_of(form.cleaned_data["kind"]).is_of_area:
            area = None
        if not access.may_import(scope_of(request), area):
            raise Http404
        job = actions.receive_import(
            kind=form.cleaned_data["kind"],
            area=area,
            data=file.read(),
            file_name=file.name,
            by=request.user,
            at=now(),
        )
        return actions.read_import(job=job, at=now()) if actions.is_read_at_once(job) else job

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return reverse("places:list")

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [
            Crumb(_("场所"), reverse("places:list")),
            Crumb(_("导入记录"), reverse("places:imports")),
            Crumb(_("导入")),
        ]


class ImportPage(Keeper, DetailPage):
    """What a sheet would do, or did; while the worker is at it, its progress."""

    template_name = "places/import_detail.html"
    left_template_name = "places/_import_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[ImportJob]:
        rows = ImportJob.objects.visible_to(scope_of(request))
        return rows.select_related("area__centre", "uploaded_by", "confirmed_by")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "htmx", None) and request.GET.get("part") == "progress":
            if self.thing.is_running:
                return render(request, "places/_import_progress.html", {"thing": self.thing, **_progress(self.thing)})
            return HttpResponse(headers={"HX-Refresh": "true"})
        return super().get(request, *args, **kwargs)

    def get_title(self, request: HttpRequest, thing: ImportJob) -> str:
        return _("导入%(what)s:%(file)s") % {"what": title_of(thing), "file": thing.file_name}

    def get_badges(self, request: HttpRequest, thing: ImportJob) -> Sequence[SafeString]:
        return [state_html(ImportState(thing.state))]

    def get_crumbs(self, request: HttpRequest, thing: ImportJob) -> list[Crumb]:
        return [
            Crumb(_("场所"), reverse("places:list")),
            Crumb(_("导入记录"), reverse("places:imports")),
            Crumb(thing.file_name),
        ]

    def get_buttons(self, request: HttpRequest, thing: ImportJob) -> list[Button]:
        again = f"{reverse('places:upload')}?kind={thing.kind}" + (f"&area={thing.area_id}" if thing.area_id else "")
        buttons = [Button(label=_("另传一个文件"), url=again, icon="file-import")] if not thing.is_running else []
        if thing.faults:
            url = reverse("places:faults", args=[thing.pk])
            buttons.append(Button(label=_("下载错误清单"), url=url, icon="file-spreadsheet"))
        return buttons

    def get_next_step(self, request: HttpRequest, thing: ImportJob) -> NextStep | None:
        counts = thing.counts
        if thing.state == ImportState.READY:
            return _offer(request, thing)
        if thing.state == ImportState.REJECTED:
            sentence = thing.sentence or _("有 %(n)d 处错误，什么都没有写入") % {"n": counts.get("faults", 0)}
            reason = _("请在文件里改正后再上传。")
            return NextStep(kind="late", sentence=sentence, reason=reason)
        if thing.state == ImportState.FAILED:
            return NextStep(kind="late", sentence=_("没有完成"), reason=thing.sentence)
        if thing.state == ImportState.DONE:
            sentence = _("已导入：新增 %(new)d，修改 %(changed)d，不变 %(unchanged)d") % counts
            reason = _("确认人 %(who)s。") % {"who": thing.confirmed_by}
            after = actions.source_of(thing.kind).after(thing)
            return NextStep(kind="done" if after is None else "mine", sentence=sentence, reason=reason, primary=after)
        return None

    def get_facts(self, request: HttpRequest, thing: ImportJob) -> list[Fact]:
        area = [Fact(_("办公区"), thing.area.name, thing.area.get_absolute_url())] if thing.area else []
        return [
            *area,
            Fact(_("上传人"), thing.uploaded_by),
            Fact(_("行数"), thing.rows_total),
            Fact(_("校验值"), thing.sha256[:16], hint=_("SHA-256 前 16 位")),
        ]

    def get_context(self, request: HttpRequest, thing: ImportJob) -> dict[str, Any]:
        counts = thing.counts
        return {
            "counted": [
                Fact(_("新增"), counts.get("new", 0)),
                Fact(_("修改"), counts.get("changed", 0)),
                Fact(_("不变"), counts.get("unchanged", 0)),
                Fact(_("错误"), counts.get("faults", 0)),
                *([Fact(_("不在表里"), counts["absent"], hint=_("只列出来，不会动"))] if counts.get("absent") else []),
            ]
            if counts
            else [],
            "faults": thing.faults[:SHOWN_FAULTS],
            "more_faults": max(0, counts.get("faults", 0) - SHOWN_FAULTS),
            "touched": [row for row in thing.preview if row["what"] != "absent"],
            "absent": (absent := [row for row in thing.preview if row["what"] == "absent"]),
            "more_absent": max(0, counts.get("absent", 0) - len(absent)),
            "is_truncated": counts.get("new", 0) + counts.get("changed", 0) > len(thing.preview) - len(absent),
            **_progress(thing),
        }


def _offer(request: HttpRequest, job: ImportJob) -> NextStep:
    counts = job.counts
    if not counts.get("new") and not counts.get("changed"):
        sentence = _("表里的 %(n)d 行都和现有的一样，不用写入") % {"n": counts.get("unchanged", 0)}
        return NextStep(kind="done", sentence=sentence)
    sentence = _("确认后新增 %(new)d，修改 %(changed)d;%(unchanged)d 行不变") % counts
    if not access.may_import(scope_of(request), job.area):
        return NextStep(kind="wait", sentence=_("等待办公区的管理人员确认"))
    confirm = Button(label=_("确认导入"), url=reverse("places:confirm", args=[job.pk]), go=True, post=True)
    return NextStep(sentence=sentence, reason=_("要么全部写入，要么一行也不写。"), primary=confirm)


def _progress(job: ImportJob) -> dict[str, Any]:
    return {"done": job.rows_done, "total": job.rows_total or 1, "stage": job.stage or job.get_state_display()}


class Confirm(Keeper, ActionPage):
    title = gettext_lazy("确认导入")

    def get_object(self, request: HttpRequest) -> ImportJob:
        return ImportPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: ImportJob) -> bool:
        return access.may_import(scope_of(request), thing.area)

    def perform(self, request: HttpRequest, thing: ImportJob, form: Any) -> ImportJob:
        job = actions.confirm_import(job=thing, by=request.user, at=now())
        return actions.apply_import(job=job, at=now()) if actions.is_written_at_once(job) else job


class Faults(Keeper):
    """Every error as a sheet, to work through beside the file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(ImportJob.objects.visible_to(scope_of(request)), pk=pk)
        rows = (
            {"line": line, "column": column, "cell": cell, "sentence": said} for line, column, cell, said in job.faults
        )
        return _download(write_sheet(FAULT_COLUMNS, rows, name=_("错误")), f"import-{job.pk}-errors.xlsx")


class Template(Keeper):
    """The sheet to fill in: empty with an example, or with what stands now."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in kinds_for(request):
            raise Http404
        source = actions.source_of(kind)
        area = chosen_area(request) if source.is_of_area else None
        if area is None and source.is_of_area:
            raise Http404
        if request.GET.get("filled"):
            data = write_sheet(source.columns(area), source.standing(area), name=str(source.title))
            return _download(data, f"{kind}-{area.code if area else ''}-{today():%Y-%m-%d}.xlsx".replace("--", "-"))
        return _download(write_template(source.columns(area), name=str(source.title)), f"{kind}-template.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
