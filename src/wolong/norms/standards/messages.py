"""Whom the news of a proposal reaches, and in which words. Called by the receivers only."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.inbox.actions import tell
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.norms.standards.models import Proposal


def raised(proposal: Proposal, by: Person | None, at: datetime) -> None:
    """The standards administrators; not who proposed it."""
    day = timezone.localtime(at).date()
    people = Person.objects.filter(
        grants__role=Role.STANDARDS, grants__valid__contains=day, grants__acting_for=None, is_active=True
    ).distinct()
    words = _("有人提出修订 %(clause)s：%(reason)s") % {"clause": proposal, "reason": proposal.reason[:60]}
    told = people.exclude(pk=by.pk) if by is not None else people
    tell(people=told, sentence=words, url=proposal.get_absolute_url(), key=f"proposal-{proposal.pk}", at=at)


def decided(proposal: Proposal, at: datetime) -> None:
    if proposal.proposed_by is None:
        return
    words = _("修订提案%(state)s：%(clause)s") % {"state": proposal.get_state_display(), "clause": proposal}
    url, key = proposal.get_absolute_url(), f"proposal-{proposal.pk}-decided"
    tell(people=[proposal.proposed_by], sentence=words, url=url, key=key, at=at)
