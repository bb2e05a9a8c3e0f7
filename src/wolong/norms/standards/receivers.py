"""What follows from the room's own news."""

from typing import Any

from django.dispatch import receiver

from wolong.norms.standards import actions, messages
from wolong.norms.standards.signals import edition_in_force, proposal_decided, proposal_raised


@receiver(edition_in_force, dispatch_uid="standards.complete_proposals")
def complete_proposals(edition: Any, by: Any, at: Any, **_: Any) -> None:
    actions.complete_proposals(edition=edition, by=by, at=at)


@receiver(proposal_raised, dispatch_uid="standards.tell_raised")
def tell_raised(proposal: Any, by: Any, at: Any, **_: Any) -> None:
    messages.raised(proposal, by, at)


@receiver(proposal_decided, dispatch_uid="standards.tell_decided")
def tell_decided(proposal: Any, at: Any, **_: Any) -> None:
    messages.decided(proposal, at)
