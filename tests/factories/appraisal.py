"""Periods and sheets of a small world: one with checks, presented or closed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from tests.factories.findings import LONG_AGO, World, at, world
from wolong.estate.contracts.models import Contract, Term
from wolong.estate.contracts.states import TermKind
from wolong.loop.appraisal import actions
from wolong.loop.appraisal.models import Period, Scheme, Score, Sheet, Statement
from wolong.loop.fieldwork.models import Observation
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.findings.models import Finding

QUARTER = date(2026, 11, 16)
AFTER = at("2027-01-04", 9, 0)  # the first working day after the quarter


def contracted(here: World, *, fee: str = "10000.00") -> Contract:
    """The world's line under a contract that pays by appraisal."""
    contract = Contract.objects.create(
        number=f"{here.code}-HT-1", name="物业服务合同", area=here.area, supplier=here.company,
        valid=DateRange(LONG_AGO, None),
    )  # fmt: skip
    Term.objects.create(contract=contract, number="第 9.2 条", kind=TermKind.PAYMENT, text="按考评等次付款。")
    here.line.contract, here.line.monthly_fee_yuan = contract, Decimal(fee)
    here.line.save()
    return contract


def submitted(observation: Observation) -> Observation:
    """The visit of an observation is submitted, so that it counts."""
    visit = observation.visit
    visit.state, visit.submitted_at = VisitState.SUBMITTED, observation.observed_at
    visit.save()
    return observation


def checked(here: World, *, when: datetime | None = None, **more: Any) -> Observation:
    """One conforming check of the line, submitted."""
    when = when or at("2026-11-10")
    return submitted(here.observation(when=when, verdict=Verdict.CONFORMS, value=Decimal("0.1"), **more))


def found(here: World, *, when: datetime | None = None, **more: Any) -> Finding:
    """One finding of a submitted visit: 2 points."""
    finding = here.finding(when=when or at("2026-11-16"), **more)
    submitted(finding.observation)
    return finding


def opened(here: World) -> Period:
    return actions.open_period(area=here.area, day=QUARTER, by=here.centre_head, at=at("2026-11-16"))


def presented(here: World) -> Period:
    """A quarter with one check and one finding, frozen after its end."""
    period = opened(here)
    checked(here)
    found(here)
    return actions.present_period(period=period, by=here.centre_head, at=AFTER)


def sheet_of(period: Period) -> Sheet:
    return period.sheets.select_related("period__area__centre", "unit", "contract", "scheme").get()


class SchemeFactory(DjangoModelFactory):
    class Meta:
        model = Scheme

    @classmethod
    def _create(cls, model_class: type[Scheme], *args: Any, **given: Any) -> Scheme:
        del model_class, args
        return sheet_of(opened(given.pop("world", None) or world())).scheme


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = Period

    @classmethod
    def _create(cls, model_class: type[Period], *args: Any, **given: Any) -> Period:
        del model_class, args
        return opened(given.pop("world", None) or world())


class SheetFactory(DjangoModelFactory):
    class Meta:
        model = Sheet

    @classmethod
    def _create(cls, model_class: type[Sheet], *args: Any, **given: Any) -> Sheet:
        del model_class, args
        return sheet_of(opened(given.pop("world", None) or world()))


class ScoreFactory(DjangoModelFactory):
    class Meta:
        model = Score

    @classmethod
    def _create(cls, model_class: type[Score], *args: Any, **given: Any) -> Score:
        del model_class, args
        return sheet_of(presented(given.pop("world", None) or world())).scores.get()


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = Statement

    @classmethod
    def _create(cls, model_class: type[Statement], *args: Any, **given: Any) -> Statement:
        del model_class, args
        here = given.pop("world", None) or world()
        return actions.state_case(
            sheet=sheet_of(presented(here)), text="当日按计划停用检修。", by=here.manager, at=at("2027-01-05")
        )
