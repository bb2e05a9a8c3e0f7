"""The daily task: editions whose first day has come."""

from procrastinate.contrib.django import app

from wolong.ground.workdays.queries import now, today
from wolong.norms.standards.actions import bring_due_into_force


# Five past midnight in China; the worker counts in UTC.
@app.periodic(cron="5 16 * * *", periodic_id="standards.bring_due_editions")
@app.task(queueing_lock="standards.bring_due_editions", name="standards.bring_due_editions")
def bring_due_editions(timestamp: int | None = None) -> int:
    """Bring into force what is approved and due; run again it does nothing."""
    del timestamp
    return len(bring_due_into_force(on=today(), at=now()))
