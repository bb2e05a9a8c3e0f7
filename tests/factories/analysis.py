"""Half-year reports of a small world in which one clause fails again and again."""

from datetime import date
from typing import Any

from factory.django import DjangoModelFactory

from tests.factories.appraisal import checked, found
from tests.factories.findings import World, at, world
from wolong.loop.analysis import actions
from wolong.loop.analysis.models import Problem, Report

HALF = date(2026, 11, 16)
AFTER = at("2027-01-05")


def failing(here: World, times: int = 3) -> None:
    """One clause fails on one object, so many times a month apart or less; beside it one check conforms."""
    duty = here.duty()
    for number in range(times):
        found(here, duty=duty, when=at(f"2026-11-{5 + 5 * number:02d}"))
    checked(here)


def begun(here: World, times: int = 3) -> Report:
    failing(here, times)
    return actions.make_report(area=here.area, day=HALF, by=here.head, at=at("2026-11-24"))


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    @classmethod
    def _create(cls, model_class: type[Report], *args: Any, **given: Any) -> Report:
        del model_class, args
        return begun(given.pop("world", None) or world())


class ProblemFactory(DjangoModelFactory):
    class Meta:
        model = Problem

    @classmethod
    def _create(cls, model_class: type[Problem], *args: Any, **given: Any) -> Problem:
        del model_class, args
        return begun(given.pop("world", None) or world()).problems.get()
