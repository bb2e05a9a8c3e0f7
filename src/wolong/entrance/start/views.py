"""The page of the first afternoon, its sheets, and the two verbs on the shipped standards."""

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.entrance.start import examples, sheets, steps
from wolong.entrance.start.forms import SheetForm
from wolong.estate.places.access import may_keep_somewhere
from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.generic import ActionPage, Crumb, SignedIn
from wolong.ground.papers.sheets import write_template
from wolong.ground.people.access import may_administer
from wolong.ground.workdays.queries import now, today
from wolong.norms.standards.access import may_approve, may_draft
from wolong.norms.standards.actions import approve_waiting, draft_library

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FAULTS = 50


class StartPage(SignedIn):
    """The steps, done and to do."""

    def may(self, request: HttpRequest) -> bool:
        return steps.may_open(request.scope)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = steps.steps_for(request)
        following = next((step for step in found if not step.is_done and step.ways), None)
        done = sum(step.is_done for step in found)
        context = {"title": _("起步"), "steps": found, "following": following, "done": done}
        return render(request, "entrance/start.html", context)


class _Kind:
    """The sheet that the address names, for who may bring it."""

    kwargs: dict[str, Any]

    @property
    def kind(self) -> sheets.Kind:
        try:
            return sheets.KINDS[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    def may(self, request: HttpRequest) -> bool:
        scope = request.scope  # type: ignore[attr-defined]
        return may_keep_somewhere(scope) if self.kind.key == "lines" else may_administer(scope)


class Template(_Kind, SignedIn):
    """An empty sheet with notes, choices and an example."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        del request, kind
        data = write_template(self.kind.columns, name=str(self.kind.title))
        name = f'attachment; filename="{self.kind.key}.xlsx"'
        return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": name})


class Example(SignedIn):
    """A filled-in file that really imports, for who may do the step."""

    def may(self, request: HttpRequest) -> bool:
        scope, kind = request.scope, self.kwargs["kind"]  # type: ignore[attr-defined]
        if kind in {"units", "people"}:
            return may_administer(scope)
        return may_draft(scope) if kind in {"sheet", "texts", "text"} else may_keep_somewhere(scope)

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in examples.EXAMPLES:
            raise Http404
        name, make = examples.EXAMPLES[kind]
        area = OfficeArea.objects.visible_to(request.scope).select_related("centre").order_by("pk").first()  # type: ignore[attr-defined]
        data = make(examples.here(today(), area))
        return FileResponse(io.BytesIO(data), as_attachment=True, filename=name)


class SheetPage(_Kind, ActionPage):
    """Brings one sheet: all of it, or nothing and a list of what hinders."""

    verb = gettext_lazy("导入")
    explain = gettext_lazy(
        "先下载模板填好再传。有一行不对就什么都不写入；已有的行不会重复；和现有的不同，会请您先看过再确认。"
    )
    form_class = SheetForm
    has_files = True
    template_name = "entrance/start_sheet.html"

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return _("导入%(what)s") % {"what": self.kind.title}

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(_("起步"), reverse("start")), Crumb(str(self.kind.title))]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("start")

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        del request, thing
        return {
            "template_url": reverse("start-template", args=[self.kind.key]),
            "example_url": reverse("start-example", args=[self.kind.key]),
            "faults": form.faults[:SHOWN_FAULTS],
            "faults_left": max(0, len(form.faults) - SHOWN_FAULTS),
        }

    def perform(self, request: HttpRequest, thing: Any, form: SheetForm) -> Any:
        del thing
        brought = self._bring(request, form.cleaned_data["file"])
        if brought.faults:
            form.faults = brought.faults
            return self._answer(request, None, form, status=422)
        if brought.waiting is not None:
            messages.info(request, _("还没有写入：请先看会改什么，再确认。"))
            return HttpResponseRedirect(brought.waiting.get_absolute_url())
        words = {"what": self.kind.title, "new": brought.new, "changed": brought.changed, "known": brought.known}
        said = _("%(what)s：新增 %(new)d，修改 %(changed)d，已有 %(known)d") % words
        if brought.passwords:
            context = {
                "title": _("一次性密码"),
                "said": said,
                "passwords": brought.passwords,
                "crumbs": self.get_crumbs(request, None),
            }
            return render(request, "entrance/start_passwords.html", context)
        messages.success(request, said)
        return HttpResponseRedirect(reverse("start"))

    def _bring(self, request: HttpRequest, file: Any) -> sheets.Brought:
        given = {"data": file.read(), "by": request.user, "at": now()}
        if not self.kind.source:
            return sheets.bring_lines(**given)
        return sheets.bring(self.kind.source, area=None, file_name=file.name, at_once=False, **given)


class _Standards(ActionPage):
    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("start")

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        del request, thing, result
        return reverse("start")


class DraftLibrary(_Standards):
    title = gettext_lazy("起草随附的标准")
    verb = gettext_lazy("起草")
    explain = gettext_lazy("随附的标准成为草案，由另一个人审定；已经有的不重复。")

    def may(self, request: HttpRequest) -> bool:
        return may_draft(request.scope)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del thing, form
        loaded = draft_library(folder=settings.LIBRARY, by=request.user, at=now())  # type: ignore[arg-type]
        words = {"new": len(loaded.added), "known": len(loaded.known)}
        messages.success(request, _("起草 %(new)d 项，已有 %(known)d 项") % words)
        for name, reason in loaded.refused.items():
            messages.warning(request, f"{name}：{reason}")
        return loaded


class ApproveWaiting(_Standards):
    title = gettext_lazy("审定并实施")
    verb = gettext_lazy("审定并实施")
    explain = gettext_lazy("别人起草的全部草案由您审定；实施日期已到的从今天起实施。")

    def may(self, request: HttpRequest) -> bool:
        return may_approve(request.scope)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del thing, form
        waiting = steps.waiting_for(request.scope)  # type: ignore[attr-defined]
        approved = approve_waiting(editions=waiting, by=request.user, at=now())  # type: ignore[arg-type]
        messages.success(request, _("审定 %(n)d 项") % {"n": len(approved)})
        return approved
