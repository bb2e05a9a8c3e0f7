"""What happens every day by itself."""

from procrastinate.contrib.django import app

from wolong.ground.workdays.queries import now, today
from wolong.loop.rectification import actions


@app.periodic(cron="10 7 * * *", periodic_id="rectification.escalate_overdue")
@app.task(queueing_lock="rectification.escalate_overdue", name="rectification.escalate_overdue")
def escalate_overdue(timestamp: int | None = None) -> int:
    """Tell of late orders each morning, before people come; running it twice tells nobody twice."""
    del timestamp
    return actions.escalate_overdue(on=today(), at=now())
