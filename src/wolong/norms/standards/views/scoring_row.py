"""One row of a 考核表: at the left as it stands on the sheet, at the right the clause as it will read, with a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.generic import ActionPage, Crumb
from wolong.ground.workdays.queries import now, today
from wolong.language.scoring.composing import CannotCompose, line_of
from wolong.norms.standards import actions
from wolong.norms.standards.forms import LeaveOutForm, RowForm
from wolong.norms.standards.models import ScoringRow
from wolong.norms.standards.queries import scoring, try_clause
from wolong.norms.standards.rules.scoring import execution_of, fields_of
from wolong.norms.standards.states import RowState, SheetState
from wolong.norms.standards.views.acts import rows_of
from wolong.norms.standards.views.scoring import Bringing

READING = "wl-reading"
WIDE = {"version", "text", "objects", "evidence"}


class RowAct(Bringing, ActionPage):
    def get_object(self, request: HttpRequest) -> Any:
        del request
        found = ScoringRow.objects.select_related("sheet", "changed_by").defer("sheet__data")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [
            Crumb(_("考核表"), reverse("standards:sheets")),
            Crumb(thing.sheet.title, thing.sheet.get_absolute_url()),
            Crumb(str(self.get_title(request, thing))),
        ]


class RowPage(RowAct):
    """Every change is kept as it is made (htmx); a button confirms and goes on to the next."""

    verb = gettext_lazy("确认，看下一条")
    form_class = RowForm
    template_name = "standards/sheet_row.html"

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request
        return _("第 %(row)d 行") % {"row": thing.first_row} + (
            _("，其中第 %(n)d 条") % {"n": thing.part} if thing.part else ""
        )

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        return {"version": thing.version, "text": thing.text, **fields_of(thing.execution)}

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        return {
            "objects": scoring.objects(),
            "services": scoring.services(),
            "checkers": scoring.checkers(),
            "current": fields_of(thing.execution),
        }

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        is_open = thing.sheet.state == SheetState.OPEN
        return {
            "row": thing,
            "fields": _fields(thing, form),
            "around": scoring.around(thing),
            "is_open": is_open,
            "is_conflict": form.is_bound and request.POST.get("version") != str(thing.version),
            **_reading(thing.text, thing.execution),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        htmx = getattr(request, "htmx", None)
        if htmx and htmx.target == READING:
            return self._keep(request)
        return super().post(request, *args, **kwargs)

    def _keep(self, request: HttpRequest) -> HttpResponse:
        """Keeps what is in the form just now; answers with the clause as it reads, or why it was not kept."""
        thing = self._allowed(request)
        form = self._form(request, thing, request.POST)
        said, is_conflict = "", False
        if not form.is_valid():
            said = _("还没有存：%(why)s") % {
                "why": " ".join(str(one) for errors in form.errors.values() for one in errors)
            }
        else:
            try:
                thing = self._save(request, thing, form, is_confirmed=False)
            except Refused as refusal:
                said, is_conflict = refusal.sentence, str(form.cleaned_data["version"]) != str(thing.version)
                thing.refresh_from_db()
        context = {
            "row": thing,
            "said": said,
            "is_swap": True,
            "is_conflict": is_conflict,
            **_reading(thing.text, thing.execution),
        }
        return render(request, "standards/_row_reading.html", context)

    def _save(self, request: HttpRequest, thing: Any, form: Any, *, is_confirmed: bool) -> ScoringRow:
        data = form.cleaned_data
        # Who was told of the other's change and still wants their own says so by a button of its own.
        version = thing.version if request.POST.get("then") == "over" else data["version"]
        return actions.save_row(
            row=thing, version=version, text=data["text"], execution=execution_of(data), is_confirmed=is_confirmed,
            by=request.user, at=now(),  # type: ignore[arg-type]
        )  # fmt: skip

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        is_confirmed = request.POST.get("then") not in {"keep", "over"}
        row = self._save(request, thing, form, is_confirmed=is_confirmed)
        following = scoring.next_open(row) if is_confirmed else row
        return HttpResponseRedirect((following or row.sheet).get_absolute_url())


class LeaveOutPage(RowAct):
    title = gettext_lazy("不要这一条")
    verb = gettext_lazy("不要")
    explain = gettext_lazy("这一条不写进标准；原文和理由都留着，以后可以再打开确认。")
    form_class = LeaveOutForm

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        return {"version": thing.version}

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        row = actions.leave_out_row(row=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]
        return HttpResponseRedirect((scoring.next_open(row) or row.sheet).get_absolute_url())


class SplitPage(RowAct):
    title = gettext_lazy("拆成两条")
    verb = gettext_lazy("拆开")
    explain = gettext_lazy("后面多出一条同样的，两条各写各的。")

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        actions.split_row(row=thing, by=request.user, at=now())  # type: ignore[arg-type]
        return HttpResponseRedirect(thing.get_absolute_url())


def _fields(row: ScoringRow, form: Any) -> list[dict[str, Any]]:
    """Each field with what is to be said of its value, while nobody has confirmed the row."""
    answers = []
    for field in form:
        key = RowForm.KEY_OF.get(field.name, "")
        is_settled = row.state == RowState.CONFIRMED
        origin = "" if is_settled else row.origin.get(key, "")
        say = row.says.get(key, "") if origin else ""
        answers.append({"field": field, "origin": origin, "say": say, "is_wide": field.name in WIDE})
    return answers


def _reading(text: str, execution: dict[str, str]) -> dict[str, Any]:
    """How the clause reads as a standard: its requirements, and what is wrong with it."""
    try:
        line = line_of(execution) if execution else ""
    except CannotCompose:
        line = ""
    tried = try_clause(f"{text}\n{line}", today=today())
    return {"rows": rows_of(tried.requirements, []), "problems": tried.diagnostics}
