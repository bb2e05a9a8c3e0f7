"""Who may register receivers, and who may look at what was sent to them."""

from wolong.ground.people.access import Scope, may_administer
from wolong.loop.subscriptions.models import Receiver


def may_register(scope: Scope) -> bool:
    """Other systems are connected by the system administrator alone."""
    return may_administer(scope)


def may_open(scope: Scope) -> bool:
    """The administrator, and whoever owns a receiver."""
    return may_administer(scope) or Receiver.objects.filter(owner_id=scope.person.pk).exists()


def may_try(scope: Scope, receiver: Receiver) -> bool:
    """Send a test or a notice again, and take up a paused receiver: its owner too."""
    return may_administer(scope) or receiver.owner_id == scope.person.pk
