"""Drafting, approving, setting the first day, abolishing; and trying a clause before it is saved."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import ActionPage, Crumb, SignedIn
from wolong.ground.workdays.queries import now, today
from wolong.language.reading import read_text
from wolong.language.tree import Measure
from wolong.language.wording import words_of
from wolong.norms.standards import access, actions, registries
from wolong.norms.standards.forms import DraftForm, FirstDayForm, ReasonForm, TextsForm, TryForm
from wolong.norms.standards.models import Edition
from wolong.norms.standards.queries import problems_of, try_clause
from wolong.norms.standards.rules.comparing import FORCE
from wolong.norms.standards.states import EditionState
from wolong.norms.standards.views.reading import EditionPage

MOST_PROBLEMS = 200
MOST_SHOWN = 12  # problems of one text among several


class EditionAct(ActionPage):
    """A verb on an edition that this person may see."""

    detail_page = EditionPage

    def get_object(self, request: HttpRequest) -> Any:
        found = Edition.objects.visible_to(request.scope).select_related("standard", "drafted_by")  # type: ignore[attr-defined]
        edition = found.filter(pk=self.kwargs["pk"]).first()
        if edition is None:
            raise Http404
        return edition


class Drafting(ActionPage):
    """Both ways to a draft show what is wrong with the text, by line and column, beside it."""

    form_class = DraftForm
    has_files = True
    template_name = "standards/draft.html"
    verb = _("存为草案")

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        del request, thing
        text = form.cleaned_data.get("text", "") if form.is_bound and hasattr(form, "cleaned_data") else ""
        text = text or form.initial.get("text", "")
        problems = problems_of(text, today=today()) if text.strip() else []
        return {"problems": problems[:MOST_PROBLEMS], "count": len(problems), "checked": bool(text.strip())}


class DraftPage(Drafting):
    title = _("起草标准")

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return access.may_draft(request.scope)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del thing
        return actions.draft_edition(text=form.cleaned_data["text"], by=request.user, at=now())  # type: ignore[arg-type]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("standards:list")

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(_("标准"), reverse("standards:list")), Crumb(self.title)]


class DraftManyPage(ActionPage):
    """Several texts at once: each that can be read is a draft, each that can't is shown with its errors by line."""

    title = _("一次起草几份标准")
    verb = _("读一读，存为草案")
    explain = _("读得懂的都存为草案，由另一个人批准；读不懂的按行列出错在哪里，改好再传一次就行，已有的不重复。")
    form_class = TextsForm
    has_files = True

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return access.may_draft(request.scope)  # type: ignore[attr-defined]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("standards:list")

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(_("标准"), reverse("standards:list")), Crumb(self.title)]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del thing
        texts, others = form.cleaned_data["texts"], form.cleaned_data["others"]
        loaded = actions.draft_texts(texts=texts, by=request.user, at=now())  # type: ignore[arg-type]
        found = [_seen(name, text, loaded) for name, text in texts]
        context = {
            "title": _("读了 %(n)d 份") % {"n": len(texts)},
            "crumbs": self.get_crumbs(request, None),
            "texts": found,
            "others": others,
            "drafted": len(loaded.added),
            "known": len(loaded.known),
            "refused": len(loaded.refused) + len(others),
        }
        return render(request, "standards/drafted_many.html", context)


def _seen(name: str, text: str, loaded: actions.Loaded) -> dict[str, Any]:
    """What reading a text came to: its draft, or why there is none, and every problem by line."""
    document = read_text(text, file=name)
    problems = problems_of(text, today=today()) if name not in loaded.known else []
    return {
        "name": name,
        "number": document.number,
        "title": document.title,
        "clauses": len(document.clauses),
        "required": sum(len(clause.requirements) for clause in document.clauses),
        "edition": loaded.by_name.get(name),
        "is_known": name in loaded.known,
        "refusal": loaded.refused.get(name, ""),
        "problems": problems[:MOST_SHOWN],
        "left_off": max(len(problems) - MOST_SHOWN, 0),
    }


class RevisePage(Drafting):
    title = _("改草案")

    get_object = EditionAct.get_object

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        return access.may_revise(request.scope, thing)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        return {"text": thing.text}

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        text = form.cleaned_data["text"]
        return actions.revise_draft(edition=thing, text=text, by=request.user, at=now())  # type: ignore[arg-type]


class ApprovePage(EditionAct):
    title = _("批准草案")
    verb = _("批准")
    explain = _("批准后文本一字不能再改，到实施日期自动实施，并重新推导采用它的办公区的职责。")

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        return access.may_approve(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        return actions.approve_edition(edition=thing, by=request.user, at=now())  # type: ignore[arg-type]


class ForcePage(EditionAct):
    title = _("定实施日期")
    verb = _("确定")
    form_class = FirstDayForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        is_waiting = thing.state == EditionState.APPROVED
        return is_waiting and access.may_approve(request.scope)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        return {"on": thing.effective_on}

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        on, by, at = form.cleaned_data["on"], request.user, now()
        if on > today():
            return actions.schedule_edition(edition=thing, on=on, by=by, at=at)  # type: ignore[arg-type]
        if on != thing.effective_on:
            thing = actions.schedule_edition(edition=thing, on=on, by=by, at=at)  # type: ignore[arg-type]
        return actions.bring_into_force(edition=thing, by=by, at=at)  # type: ignore[arg-type]


class AbolishPage(EditionAct):
    title = _("废止标准")
    verb = _("废止")
    explain = _("从今天起不再有效，由它推导的职责随之结束；文本和以前的记录都保留。")
    form_class = ReasonForm
    danger = True

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        is_ruling = thing.state == EditionState.IN_FORCE
        return is_ruling and access.may_approve(request.scope)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.abolish_edition(edition=thing, reason=reason, by=request.user, at=now())  # type: ignore[arg-type]


EXAMPLE = """卫生间空气中氨的浓度不应大于 0.3 mg/m³，硫化氢的浓度不应大于 0.01 mg/m³。
> 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度抽查 20% | 等级:B | 扣分:2/项,上限6 | 整改:3个工作日 | 证据:读数、照片"""


class TryPage(SignedIn):
    """Paste one clause and see, before saving, how it is read and what it would make in an area."""

    def may(self, request: HttpRequest) -> bool:
        return access.may_read(request.scope)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request, {"text": request.GET.get("text", EXAMPLE)})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request, request.POST)

    def _answer(self, request: HttpRequest, data: Any) -> HttpResponseBase:
        areas = [pair for provider in registries.areas for pair in provider(request)]
        values = {"text": data.get("text", ""), "area": data.get("area") or (str(areas[0][0]) if areas else "")}
        form = TryForm(values, areas=areas)
        is_valid = form.is_valid()
        text = form.cleaned_data.get("text", "")
        tried = try_clause(text, today=today())
        area = next((pk for pk, _name in areas if str(pk) == form.cleaned_data.get("area")), None) if is_valid else None
        impacts = []
        if tried.requirements and area is not None:
            answers = (provider(tried.requirements, area, today()) for provider in registries.impact)
            impacts = [impact for impact in answers if impact is not None]
        context = {
            "title": _("试读一条"),
            "crumbs": [Crumb(_("标准"), reverse("standards:list")), Crumb(_("试读一条"))],
            "form": form,
            "has_text": bool(text.strip()),
            "problems": tried.diagnostics,
            "rows": rows_of(tried.requirements, impacts),
            "impacts": impacts,
            "area_name": dict(areas).get(area or 0, ""),
        }
        htmx = getattr(request, "htmx", None)
        is_part = bool(htmx and htmx.target == "wl-tried")
        return render(request, "standards/_tried.html" if is_part else "standards/try.html", context)


def rows_of(requirements: Any, impacts: list[Any]) -> list[dict[str, Any]]:
    """Requirements of one sentence and one execution line together, with what each later room says of them."""
    rows: list[dict[str, Any]] = []
    for one in requirements:
        key = (one.sentence, one.modality, str(one.execution))
        if not rows or rows[-1]["key"] != key:
            force = FORCE.get(one.modality, one.modality)
            row = {"key": key, "requirement": one, "force": force, "measures": [], "phrases": [], "unread": []}
            row["impact"] = [line for impact in impacts for line in impact.lines if line.ordinal == one.ordinal]
            rows.append(row)
        rows[-1]["measures"] += [words_of(Measure.from_json(measure)) for measure in one.measures]
        rows[-1]["phrases"] += one.predicates
        rows[-1]["unread"] += one.unread
    return rows
