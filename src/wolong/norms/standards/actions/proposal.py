"""A clause should be worded otherwise: proposed, accepted or not, drafted, in force."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.norms.standards import access
from wolong.norms.standards.actions.edition import draft_edition, refuse_baseless
from wolong.norms.standards.models import Clause, Edition, Proposal
from wolong.norms.standards.signals import proposal_decided, proposal_raised
from wolong.norms.standards.states import OPEN_PROPOSALS, PROPOSAL, ProposalSource, ProposalState


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("standard", "draft").get(pk=proposal.pk)


@transaction.atomic
def propose_revision(
    *,
    clause: Clause,
    reason: str,
    source: str = ProposalSource.OTHER,
    wanted: str = "",
    evidence: str = "",
    by: Person | None,
    at: datetime,
) -> Proposal:
    """A clause should be changed, with a reason; `by` is None where three deviations raise it by themselves.

    Anyone who may open the clause proposes. Announces `proposal_raised`. Refuses an empty reason, and a second proposal of
    the same person on the same clause while the first is open.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明理由：现在的要求哪里不合适。"))
    standard = clause.edition.standard
    if by is not None:
        same = Proposal.objects.filter(
            standard=standard, clause_number=clause.number, proposed_by=by, state__in=OPEN_PROPOSALS
        )
        if same.exists():
            raise Refused(_("您对这一条的提案还在办理。"))
    first = clause.requirements.order_by("ordinal").first()
    proposal = Proposal.objects.create(
        standard=standard,
        clause_number=clause.number,
        requirement=first,
        sentence=clause.text or (first.sentence if first else clause.title),
        source=source,
        reason=reason,
        wanted=wanted.strip(),
        evidence=evidence.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    sentence = _("提出修订 %(clause)s") % {"clause": f"{standard.code} {clause.number}"}
    write_entry(verb="propose_revision", sentence=sentence, subject=proposal, by=by, at=at, payload={"say": reason})
    proposal_raised.send(Proposal, proposal=proposal, by=by, at=at)
    return proposal


@transaction.atomic
def decide_proposal(*, proposal: Proposal, is_accepted: bool, decision: str, by: Person, at: datetime) -> Proposal:
    """A standards administrator accepts a proposal or not, with a word. Never who proposed it.

    Announces `proposal_decided`. Refuses one that was decided, and a rejection without a reason.
    """
    proposal = _locked(proposal)
    verb = "accept" if is_accepted else "reject"
    state = PROPOSAL.step(verb, proposal.state, sentence=_("这份提案已经办理过了。"))
    if not access.may_decide_proposal(scope_of(by, on=_day(at)), proposal):
        raise Refused(_("提案由标准管理员受理，提案人自己不能受理。"))
    decision = decision.strip()
    if not is_accepted and not decision:
        raise Refused(_("不采纳请写明理由，提案人会看到。"))
    proposal.state, proposal.decision, proposal.decided_by, proposal.decided_at = state, decision, by, at
    proposal.save()
    sentence = _("受理提案") if is_accepted else _("不采纳提案")
    write_entry(verb="decide_proposal", sentence=sentence, subject=proposal, by=by, at=at, payload={"say": decision})
    proposal_decided.send(Proposal, proposal=proposal, by=by, at=at)
    return proposal


@transaction.atomic
def draft_from_proposal(*, proposal: Proposal, text: str, evidence: str = "", by: Person, at: datetime) -> Edition:
    """The next edition is drafted from an accepted proposal, and hangs on it.

    Refuses a text of another standard, and a limit that is loosened with nothing but its failing to speak for it.
    """
    proposal = _locked(proposal)
    state = PROPOSAL.step("draft", proposal.state, sentence=_("先受理提案，再起草新版。"))
    if evidence.strip():
        proposal.evidence = evidence.strip()
    edition = draft_edition(text=text, by=by, at=at)
    if edition.standard_id != proposal.standard_id:
        raise Refused(_("标准号变了：提案说的是 %(code)s。") % {"code": proposal.standard.code})
    proposal.state, proposal.draft = state, edition
    proposal.save(update_fields=["state", "draft", "evidence"])
    refuse_baseless(edition)
    sentence = _("由提案起草 %(number)s") % {"number": edition.number}
    write_entry(verb="draft_from_proposal", sentence=sentence, subject=proposal, by=by, at=at)
    return edition


@transaction.atomic
def complete_proposals(*, edition: Edition, by: Person | None, at: datetime) -> list[Proposal]:
    """What hung on an edition that now rules is done."""
    done = []
    for proposal in Proposal.objects.select_for_update().filter(draft=edition, state=ProposalState.DRAFTED):
        proposal.state = PROPOSAL.step("complete", proposal.state, sentence=_("提案还没有起草。"))
        proposal.save(update_fields=["state"])
        sentence = _("随 %(number)s 实施而完成") % {"number": edition.number}
        write_entry(verb="complete_proposal", sentence=sentence, subject=proposal, by=by, at=at)
        done.append(proposal)
    return done
