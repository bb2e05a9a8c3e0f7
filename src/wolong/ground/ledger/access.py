"""Who may read the whole trail."""

from typing import Protocol

# Named as the roles of the people's room, which stands above this one.
READERS = ("auditor", "administrator", "leader")


class Reach(Protocol):
    def has(self, *roles: str) -> bool: ...


def may_read(scope: Reach) -> bool:
    """The auditor, the administrator and the bureau's leaders read every entry; others see the history of their things."""
    return scope.has(*READERS)


def may_verify(scope: Reach) -> bool:
    """Whoever may read may recompute."""
    return may_read(scope)
