"""The daily task: contracts begin and end by their dates, so the duties of every area are derived anew."""

from procrastinate.contrib.django import app

from wolong.estate.places.models import OfficeArea
from wolong.ground.workdays.queries import now, today
from wolong.loop.duties.actions import derive


# Twenty past midnight in China, after the editions of the day; the worker counts in UTC.
@app.periodic(cron="20 16 * * *", periodic_id="duties.derive_all")
@app.task(queueing_lock="duties.derive_all", name="duties.derive_all")
def derive_all(timestamp: int | None = None) -> int:
    """Derive every area; where nothing changed nothing happens. Returns how many areas changed."""
    del timestamp
    on, at = today(), now()
    return sum(bool(derive(area=area, by=None, at=at, on=on)) for area in OfficeArea.objects.select_related("centre"))
