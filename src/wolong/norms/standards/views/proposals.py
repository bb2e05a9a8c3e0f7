"""修订提案: the list, one proposal, and its verbs; what a draft would change before it is approved."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
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
    NextStep,
    Tab,
)
from wolong.ground.pages.registries.thread import Stage
from wolong.ground.people.access import Scope
from wolong.ground.workdays.queries import now, today
from wolong.language.wording import changes
from wolong.norms.standards import access, actions
from wolong.norms.standards.forms import DecideForm, FromProposalForm, ProposeForm
from wolong.norms.standards.models import Clause, Proposal
from wolong.norms.standards.queries import in_force, ruling_clause
from wolong.norms.standards.rules.editions import split_number
from wolong.norms.standards.rules.next_edition import first_day_after, next_text
from wolong.norms.standards.states import OPEN_PROPOSALS, ProposalSource, ProposalState
from wolong.norms.standards.views.acts import Drafting


class ProposalList(ListPage):
    title = gettext_lazy("修订提案")
    unit = gettext_lazy("份")
    default_sort = ("-proposed_at", "pk")
    columns = (
        Column(key="clause", label=gettext_lazy("条款"), value=str, kind="link", sort=("standard__code", "clause_number"), width=176),
        Column(key="reason", label=gettext_lazy("理由")),
        Column(key="source", label=gettext_lazy("来源"), value=lambda one: one.get_source_display(), sort=("source", "pk"), width=104),
        Column(key="proposed_by", label=gettext_lazy("提案人"), width=104, quiet=True),
        Column(key="proposed_at", label=gettext_lazy("提案时间"), kind="date", sort="proposed_at", width=112),
        Column(key="state", label=gettext_lazy("状态"), value=lambda one: ProposalState(one.state), kind="state",
               sort=("state", "pk"), width=116, export_value=lambda one: one.get_state_display()),
    )  # fmt: skip
    tabs = (
        Tab(key="open", label=gettext_lazy("在办"), where=Q(state__in=OPEN_PROPOSALS)),
        Tab(key="done", label=gettext_lazy("已办"), where=~Q(state__in=OPEN_PROPOSALS)),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    search_fields = ("standard__code", "standard__title", "clause_number", "reason")
    empty = Empty(
        gettext_lazy("没有修订提案"), gettext_lazy("条款页上的“这条不合适”、分析报告和偏离都会提出修订。"), icon="edit"
    )

    def may(self, request: HttpRequest) -> bool:
        return access.may_propose(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Proposal]:
        rows = Proposal.objects.filter(access.proposals_for(request.scope))  # type: ignore[attr-defined]
        return rows.select_related("standard", "proposed_by")


class ProposalPage(DetailPage):
    place = "proposal"
    stage = Stage.REVISION
    left_template_name = "standards/_proposal_left.html"

    def may(self, request: HttpRequest) -> bool:
        return access.may_propose(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Proposal]:
        rows = Proposal.objects.filter(access.proposals_for(request.scope))  # type: ignore[attr-defined]
        return rows.select_related("standard", "proposed_by", "decided_by", "draft__standard", "requirement__clause")

    def get_title(self, request: HttpRequest, thing: Proposal) -> str:
        del request
        return _("修订 %(clause)s") % {"clause": thing}

    def get_badges(self, request: HttpRequest, thing: Proposal) -> Sequence[SafeString]:
        del request
        return [state_html(ProposalState(thing.state))]

    def get_subtitle(self, request: HttpRequest, thing: Proposal) -> str:
        del request
        return thing.standard.title

    def get_crumbs(self, request: HttpRequest, thing: Proposal) -> list[Crumb]:
        del request
        return [Crumb(_("修订"), reverse("standards:proposals")), Crumb(str(thing))]

    def get_next_step(self, request: HttpRequest, thing: Proposal) -> NextStep:
        scope = request.scope  # type: ignore[attr-defined]
        if thing.state == ProposalState.ACCEPTED:
            return _to_draft(scope, thing)
        if thing.state != ProposalState.RAISED:
            return _what_came(thing)
        if not access.may_decide_proposal(scope, thing):
            return NextStep(kind="wait", sentence=_("等待标准管理员受理"))
        url = reverse("standards:decide_proposal", args=[thing.pk])
        return NextStep(
            sentence=_("等待您受理"),
            reason=_("受理后起草新版；不采纳要写明理由。"),
            primary=Button(label=_("受理或不采纳"), url=url, go=True, inline=True),
        )

    def get_facts(self, request: HttpRequest, thing: Proposal) -> list[Fact]:
        del request
        who = thing.proposed_by.name if thing.proposed_by else _("系统")
        facts = [
            Fact(_("提案"), f"{who} {long_day(thing.proposed_at)}"),
            Fact(_("来源"), thing.get_source_display()),
            Fact(_("依据"), thing.evidence or _("未写")),
        ]
        if thing.decided_by is not None:
            facts.append(Fact(_("受理"), f"{thing.decided_by.name} {long_day(thing.decided_at)}"))
        if thing.draft is not None:
            facts.append(Fact(_("新版"), thing.draft.number, thing.draft.get_absolute_url()))
        return facts

    def get_history(self, request: HttpRequest, thing: Proposal) -> list[HistoryLine]:
        del request
        return history_lines(thing)

    def get_context(self, request: HttpRequest, thing: Proposal) -> dict[str, Any]:
        pieces = changes(thing.sentence, thing.wanted) if thing.wanted else []
        clause = ruling_clause(thing.standard, thing.clause_number, today())
        seen = clause is not None and (
            request.scope.is_inside  # type: ignore[attr-defined]
            or Clause.objects.filter(access.clauses_for(request.scope), pk=clause.pk).exists()  # type: ignore[attr-defined]
        )
        return {
            "clause": clause if seen else None,
            "old": [piece for piece in pieces if piece[0] != "insert"],
            "new": [piece for piece in pieces if piece[0] != "delete"],
        }


def _to_draft(scope: Scope, proposal: Proposal) -> NextStep:
    if not access.may_draft(scope):
        return NextStep(kind="wait", sentence=_("等待起草新版"))
    url = reverse("standards:draft_proposal", args=[proposal.pk])
    return NextStep(
        sentence=_("等待起草新版"),
        reason=_("从现行文本改起；另一个人批准后才实施。"),
        primary=Button(label=_("起草新版"), url=url, go=True),
    )


def _what_came(proposal: Proposal) -> NextStep:
    """Rejected, drafted, or in force."""
    if proposal.state == ProposalState.REJECTED or proposal.draft is None:
        return NextStep(kind="done", sentence=_("没有采纳"), reason=proposal.decision, icon="circle-x")
    look = Button(label=_("看新版"), url=proposal.draft.get_absolute_url())
    if proposal.state == ProposalState.DONE:
        sentence = _("已随 %(number)s 实施") % {"number": proposal.draft.number}
        return NextStep(kind="done", sentence=sentence, secondary=look)
    sentence = _("新版已起草：%(state)s") % {"state": proposal.draft.get_state_display()}
    return NextStep(kind="wait", sentence=sentence, reason=proposal.draft.number, secondary=look)


class ProposePage(ActionPage):
    """这条不合适: from the clause's own page."""

    title = gettext_lazy("这条不合适")
    verb = gettext_lazy("提出修订")
    explain = gettext_lazy("由标准管理员受理。要放宽限值，除了“常不合格”还要有别的依据。")
    form_class = ProposeForm

    def get_object(self, request: HttpRequest) -> Clause:
        rows = Clause.objects.filter(access.clauses_for(request.scope))  # type: ignore[attr-defined]
        found = rows.select_related("edition__standard").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def may_act(self, request: HttpRequest, thing: Clause) -> bool:
        del thing
        return access.may_propose(request.scope)  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Clause, form: Any) -> dict[str, Any]:
        del request, form
        return {"explain": f"{thing.number} {thing.text} —— {self.explain}"}

    def get_initial(self, request: HttpRequest, thing: Clause) -> dict[str, Any]:
        del request
        return {"wanted": thing.text}

    def perform(self, request: HttpRequest, thing: Clause, form: ProposeForm) -> Proposal:
        source = ProposalSource.CHECK if request.scope.is_inside else ProposalSource.WORK  # type: ignore[attr-defined]
        given = form.cleaned_data
        wanted = given["wanted"] if given["wanted"].strip() != thing.text.strip() else ""
        return actions.propose_revision(
            clause=thing, reason=given["reason"], wanted=wanted, evidence=given["evidence"], source=source,
            by=request.user, at=now(),  # type: ignore[arg-type]
        )  # fmt: skip

    def get_success_url(self, request: HttpRequest, thing: Clause, result: Proposal) -> str:
        del request, thing
        return result.get_absolute_url()


class OnProposal(ActionPage):
    detail_page = ProposalPage

    def get_object(self, request: HttpRequest) -> Proposal:
        found: Proposal = ProposalPage.visible(request, self.kwargs["pk"])
        return found


class DecidePage(OnProposal):
    title = gettext_lazy("受理提案")
    verb = gettext_lazy("确定")
    form_class = DecideForm

    def may_act(self, request: HttpRequest, thing: Proposal) -> bool:
        return access.may_decide_proposal(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Proposal, form: DecideForm) -> Proposal:
        given = form.cleaned_data
        return actions.decide_proposal(
            proposal=thing, is_accepted=given["verdict"] == "accept", decision=given["decision"],
            by=request.user, at=now(),  # type: ignore[arg-type]
        )  # fmt: skip


class FromProposalPage(Drafting):
    """The next edition, begun with the ruling text and the sentence that was asked for."""

    title = gettext_lazy("起草新版")
    form_class = FromProposalForm
    get_object = OnProposal.get_object

    def may_act(self, request: HttpRequest, thing: Proposal) -> bool:
        return access.may_draft(request.scope) and thing.state == ProposalState.ACCEPTED  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Proposal) -> dict[str, Any]:
        del request
        on = today()
        ruling = in_force(thing.standard, on)
        if ruling is None:
            return {"evidence": thing.evidence}
        year = _free_year(thing, on)
        # The number bears the year of its issue; one edition a year.
        issued = on if year == on.year else date(year, 1, 1)
        effective = max(first_day_after(on), issued)
        number = f"{split_number(ruling.number).code}—{year}"
        text = next_text(
            ruling.text, number=number, old_number=ruling.number, issued=issued, effective=effective,
            old=thing.sentence, new=thing.wanted,
        )  # fmt: skip
        return {"text": text, "evidence": thing.evidence}

    def perform(self, request: HttpRequest, thing: Proposal, form: FromProposalForm) -> Any:
        given = form.cleaned_data
        return actions.draft_from_proposal(
            proposal=thing, text=given["text"], evidence=given["evidence"], by=request.user, at=now()  # type: ignore[arg-type]
        )  # fmt: skip

    def get_success_url(self, request: HttpRequest, thing: Proposal, result: Any) -> str:
        del request, thing
        return str(result.get_absolute_url())


def _free_year(proposal: Proposal, on: date) -> int:
    """This year, or the first later one that no edition bears."""
    taken = set(proposal.standard.editions.values_list("year", flat=True))
    year = on.year
    while year in taken:
        year += 1
    return year
