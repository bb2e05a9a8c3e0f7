"""One order: banner, clause and readings, before and after, cause and measure, history."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wolong.ground.ledger.queries import seal_state_among
from wolong.ground.pages.badges import badge_html, severity_html, state_html
from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import Button, Crumb, DetailPage, Fact, History, HistoryLine, NextStep
from wolong.ground.pages.registries.thread import Stage as Bead
from wolong.ground.questions import asked
from wolong.loop.findings import case
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import access, queries, steps
from wolong.loop.rectification.models import Answer, Order
from wolong.loop.rectification.states import OPEN_STATES, State


def _answers(order: int) -> QuerySet[Answer]:
    return Answer.objects.filter(order_id=order).select_related("answered_by", "judged_by").order_by("pk")


class OrderPage(DetailPage):
    place = "order"
    stage = Bead.RECTIFICATION
    left_template_name = "rectification/_order_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Order]:
        return Order.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest) -> Order:
        order = queries.for_page(self.kwargs[self.lookup], queries.visible_to(request.scope))  # type: ignore[attr-defined]
        if order is None:
            raise Http404
        return queries.shared(order)

    def get_title(self, request: HttpRequest, thing: Order) -> str:
        del request
        return thing.finding.title

    def get_subtitle(self, request: HttpRequest, thing: Order) -> str:
        del request
        return _("整改通知单 %(number)s") % {"number": thing.number}

    def get_crumbs(self, request: HttpRequest, thing: Order) -> list[Crumb]:
        del request
        return [Crumb(_("整改"), reverse("rectification:list")), Crumb(thing.number)]

    def get_badges(self, request: HttpRequest, thing: Order) -> Sequence[SafeString]:
        shown: Any = Stage.EXTENSION if self.here(request, thing).extension else State(thing.state)
        badges = [state_html(shown), severity_html(thing.finding.severity)]
        if thing.watched_at:
            badges.append(badge_html(_("挂牌督办"), "bad", "flag"))
        if thing.times_returned:
            badges.append(badge_html(_("退回 %(n)d 次") % {"n": thing.times_returned}, "warn", "arrow-back-up"))
        return badges

    def get_buttons(self, request: HttpRequest, thing: Order) -> list[Button]:
        scope = request.scope  # type: ignore[attr-defined]
        buttons = [Button(label=_("打印通知单"), url=reverse("rectification:notice", args=[thing.pk]), icon="printer")]
        if access.may_watch(scope, thing):
            url = reverse("rectification:watch", args=[thing.pk])
            buttons.append(
                Button(label=_("挂牌督办"), url=url, icon="flag", post=True, confirm=_("对这张通知单挂牌督办？"))
            )
        return buttons

    def get_next_step(self, request: HttpRequest, thing: Order) -> NextStep:
        return steps.next_step(self.here(request, thing))

    def here(self, request: HttpRequest, thing: Order) -> steps.Situation:
        """What the banner, the badges and the history ask, asked once."""
        known: steps.Situation | None = getattr(self, "_here", None)
        if known is None or known.order is not thing:
            known = self._here = steps.situation(request.scope, thing)  # type: ignore[attr-defined]
        return known

    def get_history(self, request: HttpRequest, thing: Order) -> History:
        entries = self.entries = case.trail(thing, thing.finding)
        inside = request.scope.is_inside  # type: ignore[attr-defined]
        lines = case.history_lines(entries, units=inside)
        return History([*self._ahead(request, thing), *lines], seal=seal_state_among(thing, entries).sentence)

    def _ahead(self, request: HttpRequest, thing: Order) -> list[HistoryLine]:
        """What comes, and whom it waits for."""
        if thing.state not in OPEN_STATES:
            return []
        here = self.here(request, thing)
        if thing.state == State.ANSWERED:
            whom = "、".join(here.verifiers[:3]) or _("中心负责人")
            waits, will = _("等待%(who)s复查") % {"who": whom}, _("复查通过后闭环，计入考评")
        else:
            waits, will = _("等待%(unit)s整改") % {"unit": thing.responsible}, _("整改后由第三人复查")
        return [
            HistoryLine(text=will, state="will"),
            HistoryLine(text=waits, hint=_("到 %(day)s") % {"day": day(thing.due_on)}, state="now"),
        ]

    def get_context(self, request: HttpRequest, thing: Order) -> dict[str, Any]:
        answers = asked(_answers, thing.pk)
        last = answers[-1] if answers else None
        later = []
        if last is not None and last.value is not None:
            later = [(f"{timezone.localtime(last.answered_at):%m-%d}", last.value)]
        before, after = case.photos_of(thing.finding, order=thing)
        proof = after.get(last.pk, []) if last else []
        facts = case.facts_of(request, thing.finding)
        return {
            "case": case.case_of(thing.finding, later=later),
            "case_facts": [*facts[:3], self._term(thing), *facts[3:]],
            "answer": last,
            "earlier": [(one, after.get(one.pk, [])) for one in answers[:-1]],
            "pair": [*before[-1:], *proof[-1:]],
            "more_photos": [*before[:-1], *proof[:-1]],
        }

    def _term(self, thing: Order) -> Fact:
        """The deadline, and how it came about."""
        on = day(thing.due_on)
        granted = next((entry for entry in self.entries if entry.verb == "grant_extension"), None)
        if granted is not None and granted.payload.get("until") == thing.due_on.isoformat():
            words = _("延至 %(day)s") % {"day": on}
        elif thing.is_due_computed:
            label = thing.finding.requirement.term_label or _("按等级 %(letter)s") % {"letter": thing.finding.severity}
            words = _("%(label)s，到 %(day)s") % {"label": label, "day": on}
        else:
            words = _("到 %(day)s，签发时确定") % {"day": on}
        return Fact(_("整改期限"), words, hint=_("暂定") if thing.is_due_provisional else "")
