"""What happens every night by itself."""

from procrastinate.contrib.django import app

from wolong.ground.workdays.queries import now
from wolong.loop.analysis import actions


# Half past midnight in China; the worker counts in UTC.
@app.periodic(cron="30 16 * * *", periodic_id="analysis.compute_drafts")
@app.task(queueing_lock="analysis.compute_drafts", name="analysis.compute_drafts")
def compute_drafts(timestamp: int | None = None) -> int:
    """The figures of reports under way; run again it gives the same."""
    del timestamp
    return actions.compute_drafts(at=now())
