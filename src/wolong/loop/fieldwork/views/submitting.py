"""The summary before a visit is submitted, with the companion's word."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.workdays.queries import now
from wolong.loop.fieldwork import actions
from wolong.loop.fieldwork.forms import SubmitForm
from wolong.loop.fieldwork.queries.walking import walk_of
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.fieldwork.views.walking import Walking, ticks, uuid_of


class SubmitPage(Walking):
    def get(self, request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        return self.answer(request, SubmitForm(initial={"companion_unit": self._usual_unit()}))

    def _usual_unit(self) -> str:
        """The company that does most of what is checked here: usually it accompanies."""
        doers = self.round.items.standing().values_list("duty__doer__name", flat=True)
        counted = [name for name in doers if name]
        return max(sorted(set(counted)), key=counted.count, default="")

    def answer(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponseBase:
        walk = walk_of(self.round)
        if walk.visit is None:
            return HttpResponseRedirect(reverse("fieldwork:round", args=[self.round.pk]))
        if walk.visit.submitted_at is not None and status == 200:
            return HttpResponseRedirect(walk.visit.get_absolute_url())
        verdicts = [step.observation.verdict for step in walk.steps if step.observation]
        context = {
            "title": _("提交前看一遍"),
            "walk": walk,
            "ticks": ticks(walk),
            "counts": [(verdict, verdicts.count(verdict.value)) for verdict in Verdict],
            "failures": [step for step in walk.steps if step.fails],
            "form": form,
            "client_id": uuid4(),
            "back_url": reverse("fieldwork:round", args=[self.round.pk]),
        }
        return render(request, "fieldwork/submit.html", context, status=status)

    def post(self, request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        visit = walk_of(self.round).visit
        if visit is None:
            raise Http404
        form = SubmitForm(request.POST)
        who: Any = request.user
        if form.is_valid():
            try:
                visit = actions.submit_visit(
                    visit=visit, by=who, at=now(), client_id=uuid_of(request), **form.cleaned_data
                )
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return HttpResponseRedirect(visit.get_absolute_url())
        return self.answer(request, form, status=422)
