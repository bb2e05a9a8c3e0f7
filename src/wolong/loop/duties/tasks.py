"""The daily tasks: contracts begin and end by their dates, so the duties of every area are derived anew; deviations that run out are
announced."""

from procrastinate.contrib.django import app

from wolong.estate.places.models import OfficeArea
from wolong.ground.workdays.queries import now, today
from wolong.loop.duties import messages
from wolong.loop.duties.actions import derive
from wolong.loop.duties.queries import deviations_ending


# Twenty past midnight in China, after the editions of the day; the worker counts in UTC.
@app.periodic(cron="20 16 * * *", periodic_id="duties.derive_all")
@app.task(queueing_lock="duties.derive_all", name="duties.derive_all")
def derive_all(timestamp: int | None = None) -> int:
    """Derive every area; where nothing changed nothing happens. Returns how many areas changed."""
    del timestamp
    on, at = today(), now()
    return sum(bool(derive(area=area, by=None, at=at, on=on)) for area in OfficeArea.objects.select_related("centre"))


# Half past seven in China, before work begins.
@app.periodic(cron="30 23 * * *", periodic_id="duties.tell_of_expiry")
@app.task(queueing_lock="duties.tell_of_expiry", name="duties.tell_of_expiry")
def tell_of_expiry(timestamp: int | None = None) -> int:
    """Who asked and who approved learn once that a deviation runs out. Returns how many run out soon."""
    del timestamp
    ending = list(deviations_ending(on=today()))
    for deviation in ending:
        messages.expiring(deviation, now())
    return len(ending)
