"""The profile of an area: adopted standards, excluded clauses, own settings, with their history."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.ledger.queries import history_of
from wolong.ground.pages.generic import ActionPage, Button, Crumb, HistoryLine
from wolong.ground.workdays.queries import now, today
from wolong.loop.duties import access, actions
from wolong.loop.duties.forms import AdoptForm, ExcludeForm, ParameterForm, ReasonForm
from wolong.loop.duties.models import Adoption, Duty, Exclusion, Parameter
from wolong.loop.duties.panels import area_of
from wolong.loop.duties.views.matrix import OverseePage, current_area
from wolong.norms.standards.models import Clause, Standard
from wolong.norms.standards.queries import editions_in_force

PROFILE_VERBS = (
    "adopt_standard", "drop_standard", "exclude_clause", "include_clause", "set_parameter", "clear_parameter",
    "derive_duties",
)  # fmt: skip
MOST_HISTORY = 30


class ProfilePage(OverseePage):
    def get(self, request: HttpRequest) -> HttpResponseBase:
        area = current_area(request)
        adoptions = list(
            Adoption.objects.filter(area=area)
            .select_related("standard", "adopted_by")
            .prefetch_related(
                Prefetch("exclusions", Exclusion.objects.select_related("excluded_by").order_by("clause_number")),
                Prefetch("parameters", Parameter.objects.select_related("set_by").order_by("clause_number", "key")),
            )
        )
        ruling = editions_in_force([one.standard_id for one in adoptions], today())
        counts = dict(
            Duty.objects.filter(area=area)
            .current()
            .order_by()
            .values_list("requirement__edition__standard_id")
            .annotate(n=Count("pk"))
        )
        may_keep = access.may_keep_profile(request.scope, area)  # type: ignore[attr-defined]
        entries = history_of(area).filter(verb__in=PROFILE_VERBS).order_by("-pk")[:MOST_HISTORY]
        buttons = [Button(label=_("职责矩阵"), url=reverse("duties:matrix"), icon="table")]
        if may_keep:
            buttons += [
                Button(label=_("全部采用"), url=reverse("duties:adopt-all"), icon="checks"),
                Button(label=_("采用标准"), url=reverse("duties:adopt"), icon="plus", go=True),
            ]
        context = {
            "title": _("采用的标准"),
            "subtitle": area.name,
            "crumbs": [Crumb(_("职责"), reverse("duties:matrix")), Crumb(_("采用的标准"))],
            "buttons": buttons,
            "area": area,
            "rows": [
                {"adoption": one, "edition": ruling.get(one.standard_id), "duties": counts.get(one.standard_id, 0)}
                for one in adoptions
            ],
            "may_keep": may_keep,
            "history": [HistoryLine(text=f"{e.actor_name} {e.sentence}".strip(), at=e.at) for e in entries],
        }
        return render(request, "duties/profile.html", context)


class ProfileAct(ActionPage):
    """A verb on the profile of the area that one looks at."""

    def area(self, request: HttpRequest) -> Any:
        return current_area(request)

    def may(self, request: HttpRequest) -> bool:
        return access.may_oversee(request.scope)  # type: ignore[attr-defined]

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        return access.may_keep_profile(request.scope, self.area_for(request, thing))  # type: ignore[attr-defined]

    def area_for(self, request: HttpRequest, thing: Any) -> Any:
        del thing
        return self.area(request)

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        del result
        return f"{reverse('duties:profile')}?area={self.area_for(request, thing).pk}"

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return self.get_success_url(request, thing, None)

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [Crumb(_("采用的标准"), self.get_cancel_url(request, thing)), Crumb(self.title)]


class AdoptPage(ProfileAct):
    title = _("采用标准")
    verb = _("采用")
    explain = _("采用后立即推导职责；以后出新版本时自动跟着更新。")
    form_class = AdoptForm

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        area = self.area_for(request, thing)
        ruling = Standard.objects.filter(editions__valid__contains=today())
        return {"standards": ruling.exclude(adoptions__area=area).order_by("code")}

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        area = self.area_for(request, thing)
        return actions.adopt_standard(area=area, standard=form.cleaned_data["standard"], by=request.user, at=now())  # type: ignore[arg-type]


class AdoptAllPage(ProfileAct):
    title = _("采用全部现行标准")
    verb = _("全部采用")

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        return actions.adopt_all(area=self.area_for(request, thing), by=request.user, at=now())  # type: ignore[arg-type]


class AdoptionAct(ProfileAct):
    """A verb on one adopted standard."""

    def get_object(self, request: HttpRequest) -> Any:
        seen = request.scope.areas("area__centre") if request.scope.is_inside else Q(pk__in=())  # type: ignore[attr-defined]
        found = Adoption.objects.filter(seen, pk=self.kwargs["pk"]).select_related("area__centre", "standard").first()
        if found is None:
            raise Http404
        return found

    def area_for(self, request: HttpRequest, thing: Any) -> Any:
        del request
        return thing.area

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request
        return f"{self.title}：{thing.standard.title}"


class DropPage(AdoptionAct):
    title = _("不再采用")
    verb = _("不再采用")
    explain = _("由它推导的职责今天结束，排除和设定一起取消；以前的检查记录保留。")
    form_class = ReasonForm
    danger = True

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        actions.drop_standard(area=thing.area, standard=thing.standard, reason=reason, by=request.user, at=now())  # type: ignore[arg-type]


class ExcludePage(AdoptionAct):
    title = _("排除条款")
    verb = _("排除")
    explain = _("排除的条款不产生职责，也不进监督缺口指数；理由一直显示。")
    form_class = ExcludeForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        by, at = request.user, now()
        return actions.exclude_clause(area=thing.area, standard=thing.standard, by=by, at=at, **form.cleaned_data)  # type: ignore[arg-type]


class ParameterPage(AdoptionAct):
    title = _("设定参数")
    verb = _("设定")
    form_class = ParameterForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        by, at = request.user, now()
        return actions.set_parameter(area=thing.area, standard=thing.standard, by=by, at=at, **form.cleaned_data)  # type: ignore[arg-type]


class IncludePage(AdoptionAct):
    title = _("恢复条款")
    verb = _("恢复")

    def get_object(self, request: HttpRequest) -> Any:
        found = Exclusion.objects.filter(pk=self.kwargs["exclusion"], adoption_id=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        adoption = super().get_object(request)
        self.clause_number = found.clause_number
        return adoption

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        actions.include_clause(
            area=thing.area,
            standard=thing.standard,
            clause_number=self.clause_number,
            by=request.user,  # type: ignore[arg-type]
            at=now(),
        )


class ClearPage(AdoptionAct):
    title = _("取消设定")
    verb = _("取消设定")

    def get_object(self, request: HttpRequest) -> Any:
        self.parameter = Parameter.objects.filter(pk=self.kwargs["parameter"], adoption_id=self.kwargs["pk"]).first()
        if self.parameter is None:
            raise Http404
        return super().get_object(request)

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form, thing
        if self.parameter is not None:
            actions.clear_parameter(parameter=self.parameter, by=request.user, at=now())  # type: ignore[arg-type]


class ConfirmPage(ActionPage):
    """Someone looked at a changed clause and at what hangs on it."""

    title = _("重新确认职责")
    verb = _("看过了，确认")
    explain = _("条款改了字句。请对照新旧条款，确认这些职责仍由原来的单位做和查。")

    def may(self, request: HttpRequest) -> bool:
        return access.may_oversee(request.scope)  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest) -> Any:
        found = Clause.objects.select_related("edition").filter(pk=self.kwargs["pk"]).first()
        if found is None or area_of(request) is None:
            raise Http404
        return found

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        area = area_of(request)
        return area is not None and access.may_confirm(request.scope, area)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del form
        area = area_of(request)
        return actions.confirm_duties(area=area, clause=thing, by=request.user, at=now())  # type: ignore[arg-type]
