"""The demo's larger office area, with its people, standards and duties, on the eve of the simulated year."""

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from bench.simulation.year import Setting
from wolong.entrance.demo.beginnings import gather_people, learn_calendar, load_standards
from wolong.entrance.demo.estate_data import build as build_estate
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Person
from wolong.loop.duties.actions import adopt_standard
from wolong.norms.standards.models import Standard

CODE, CATERING = "WLS", "Q/WLS BZ09-"
DAYS_BEFORE = 15


@transaction.atomic
def build(year: int) -> None:
    """Every standard but catering is adopted some days before the year begins; nothing has been checked yet."""
    day = date(year, 1, 1) - timedelta(days=DAYS_BEFORE)
    at = timezone.make_aware(datetime.combine(day, time(9)))
    cast = gather_people(at=at, today=day)
    learn_calendar(at=at)
    load_standards(cast, at=at)
    build_estate(cast.people["admin"], at, cast.units)
    area = OfficeArea.objects.get(code=CODE)
    for standard in Standard.objects.exclude(code__startswith=CATERING).order_by("code"):
        adopt_standard(area=area, standard=standard, by=cast.people["chenzhuren"], at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def setting(year: int) -> Setting:
    return Setting(
        area=OfficeArea.objects.select_related("centre").get(code=CODE),
        first=Person.objects.get(account="chenzhuren"),
        second=Person.objects.get(account="lizhuguan"),
        year=year,
    )
