"""When a visit is submitted, its failures become findings in the same transaction."""

from typing import Any

from django.dispatch import receiver

from wolong.loop.fieldwork.signals import visit_submitted
from wolong.loop.findings import actions


@receiver(visit_submitted, dispatch_uid="findings.raise_findings")
def raise_findings(visit: Any, by: Any, at: Any, **_: Any) -> None:
    actions.raise_findings(visit=visit, by=by, at=at)
