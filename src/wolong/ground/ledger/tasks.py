"""What the trail does by itself: seal every five minutes, recompute every night."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from wolong.ground.ledger import actions

logger = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *", periodic_id="ledger.seal_entries")
@app.task(queueing_lock="ledger.seal_entries", name="ledger.seal_entries")
def seal_entries(timestamp: int | None = None) -> int:
    """Seal what is over; a second run finds nothing left."""
    del timestamp
    seal = actions.seal_entries(at=timezone.now())
    return seal.entries if seal is not None else 0


@app.periodic(cron="40 2 * * *", periodic_id="ledger.verify_chain")
@app.task(queueing_lock="ledger.verify_chain", name="ledger.verify_chain")
def verify_chain(timestamp: int | None = None) -> bool:
    """Recompute the chain at night, and say loudly where it broke."""
    del timestamp
    found = actions.note_verification(at=timezone.now())
    if not found.is_ok:
        logger.error("ledger: %s", found.sentence)
    return found.is_ok
