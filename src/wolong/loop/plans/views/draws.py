"""Where two people give their parts of the seed; and each draw, with everything that is needed to repeat it."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.generic import ActionPage, Button, Crumb, DetailPage, Fact, SignedIn
from wolong.ground.pages.registries import thread
from wolong.ground.workdays.queries import now
from wolong.loop.plans import access, actions
from wolong.loop.plans.drawing import verify_export
from wolong.loop.plans.forms import ReasonForm, SeedForm
from wolong.loop.plans.models import Draw, Plan
from wolong.loop.plans.queries import export_draw, seeds_wanted, turns_of
from wolong.loop.plans.views.months import PlanPage


class SeedPage(ActionPage):
    """All turns of a plan; the form for one's part where one is wanted."""

    title = gettext_lazy("抽样")
    verb = gettext_lazy("给出这一段")
    form_class = SeedForm
    template_name = "plans/seeds.html"

    def get_object(self, request: HttpRequest) -> Plan:
        return PlanPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Plan) -> bool:
        if request.method in ("GET", "HEAD"):
            return access.may_see_plans(request.scope)  # type: ignore[attr-defined]
        return access.may_give_seed(request.scope, thing)  # type: ignore[attr-defined]

    def get_title(self, request: HttpRequest, thing: Plan) -> str:
        del request
        return _("%(month)s 抽样") % {"month": f"{thing.month:%Y-%m}"}

    def get_crumbs(self, request: HttpRequest, thing: Plan) -> list[Crumb]:
        del request
        return [Crumb(_("计划"), reverse("plans:list")), Crumb(f"{thing.month:%Y-%m}", thing.get_absolute_url())]

    def get_context(self, request: HttpRequest, thing: Plan, form: Any) -> dict[str, Any]:
        del form
        turns = turns_of(thing)
        wanted = seeds_wanted(thing)
        shown = []
        for turn in turns:
            seeds = [
                {"seed": seed, "value": seed.value if access.may_read_seed(
                    seed, both_given=turn.is_complete, person=request.user) else ""}  # type: ignore[arg-type]
                for seed in turn.seeds.values()
            ]  # fmt: skip
            shown.append({"turn": turn, "seeds": seeds})
        current = next((turn for turn in turns if turn.number == wanted), None)
        gave = current is not None and any(seed.given_by_id == request.user.pk for seed in current.seeds.values())
        may = access.may_give_seed(request.scope, thing)  # type: ignore[attr-defined]
        return {
            "turns": shown,
            "current": current,
            "gave": gave,
            "wants_mine": current is not None and may and not gave,
        }

    def perform(self, request: HttpRequest, thing: Plan, form: Any) -> Any:
        turn = seeds_wanted(thing) or 0
        who: Any = request.user
        return actions.give_seed(plan=thing, turn=turn, value=form.cleaned_data["value"], by=who, at=now())

    def get_success_url(self, request: HttpRequest, thing: Plan, result: Any) -> str:
        del request, result
        return reverse("plans:draws", args=[thing.pk])


class DrawPage(DetailPage):
    stage = thread.Stage.PLAN
    left_template_name = "plans/_draw_left.html"

    def may(self, request: HttpRequest) -> bool:
        return access.may_see_plans(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Draw.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.select_related(
            "plan__area__centre", "seed_a__given_by", "seed_b__given_by", "replaces", "replaced_by"
        )

    def get_title(self, request: HttpRequest, thing: Draw) -> str:
        del request
        return _("抽样 · %(stratum)s") % {"stratum": thing.stratum}

    def get_badges(self, request: HttpRequest, thing: Draw) -> list[Any]:
        del request
        if not thing.is_drawn:
            return [badge_html(_("待抽"), "warn", "hourglass")]
        if hasattr(thing, "replaced_by"):
            return [badge_html(_("已被重抽代替"), "", "history")]
        return [badge_html(_("已抽"), "ok", "circle-check")]

    def get_crumbs(self, request: HttpRequest, thing: Draw) -> list[Crumb]:
        del request
        plan = thing.plan
        return [
            Crumb(f"{plan.month:%Y-%m}", plan.get_absolute_url()),
            Crumb(_("抽样"), reverse("plans:draws", args=[plan.pk])),
            Crumb(thing.stratum),
        ]

    def get_buttons(self, request: HttpRequest, thing: Draw) -> list[Button]:
        if not thing.is_drawn:
            return []
        buttons = [Button(label=_("导出（JSON）"), url=reverse("plans:export", args=[thing.pk]), icon="download")]
        if access.may_compile(request.scope, thing.plan.area) and not hasattr(thing, "replaced_by"):  # type: ignore[attr-defined]
            buttons.append(
                Button(label=_("重新抽样"), url=reverse("plans:redraw", args=[thing.pk]), icon="refresh", inline=True)
            )
        return buttons

    def get_facts(self, request: HttpRequest, thing: Draw) -> list[Fact]:
        del request
        facts = [
            Fact(_("名录"), _("%(n)s 个") % {"n": len(thing.population)}, hint=thing.population_hash),
            Fact(_("样本"), _("%(n)s 个") % {"n": thing.size}),
            Fact(_("算法"), thing.algorithm),
        ]
        for label, seed in ((_("种子一"), thing.seed_a), (_("种子二"), thing.seed_b)):
            if seed is not None:
                facts.append(Fact(label, f"{seed.value}（{seed.given_by.name}）", hint=seed.commitment))
        if thing.replaces is not None:
            facts.append(Fact(_("代替"), thing.replaces.stratum, thing.replaces.get_absolute_url(), hint=thing.reason))
        return facts

    def get_context(self, request: HttpRequest, thing: Draw) -> dict[str, Any]:
        del request
        sampled = {entry["id"] for entry in thing.sample or ()}
        faults = verify_export(json.loads(json.dumps(export_draw(thing)))) if thing.is_drawn else []
        return {"sampled": sampled, "faults": faults}


class ExportDraw(SignedIn):
    """The file that `wolong draw verify` reads."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Draw.objects.visible_to(request.scope).filter(drawn_at__isnull=False)  # type: ignore[attr-defined]
        found = get_object_or_404(rows.select_related("plan__area", "seed_a__given_by", "seed_b__given_by"), pk=pk)
        text = json.dumps(export_draw(found), ensure_ascii=False, indent=2)
        headers = {"Content-Disposition": f'attachment; filename="draw-{found.pk}.json"'}
        return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


class RedrawPage(ActionPage):
    title = gettext_lazy("重新抽样")
    explain = gettext_lazy("第一次的结果保留；重抽要两个人重新给种子。")
    form_class = ReasonForm

    def get_object(self, request: HttpRequest) -> Draw:
        return DrawPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Draw) -> bool:
        if not thing.is_drawn:
            raise Http404
        return access.may_compile(request.scope, thing.plan.area)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Draw, form: Any) -> Draw:
        who: Any = request.user
        return actions.redraw(draw=thing, reason=form.cleaned_data["reason"], by=who, at=now())

    def get_success_url(self, request: HttpRequest, thing: Draw, result: Any) -> str:
        del request, result
        return reverse("plans:draws", args=[thing.plan_id])
