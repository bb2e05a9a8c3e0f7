"""Contracts and service lines for tests: `contract(area, company)`, `line(area, "保洁", company)`."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.people import company
from tests.factories.places import OfficeAreaFactory
from wolong.estate.contracts.models import Contract, ServiceLine, Term
from wolong.estate.contracts.rules import days_from
from wolong.estate.contracts.states import SupplyMode, TermKind
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization

SINCE = date(2025, 1, 1)


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = Contract

    number = factory.Sequence(lambda n: f"HT-{n:04d}")
    name = "物业服务合同"
    area = factory.SubFactory(OfficeAreaFactory)
    supplier = factory.LazyFunction(company)
    valid = factory.LazyFunction(lambda: days_from(SINCE, None))


class ServiceLineFactory(DjangoModelFactory):
    """A purchased line has a contract of its own with its performer."""

    class Meta:
        model = ServiceLine

    area = factory.SubFactory(OfficeAreaFactory)
    name = "保洁"
    performer = factory.LazyFunction(company)
    mode = SupplyMode.PURCHASED
    contract = factory.Maybe(
        factory.LazyAttribute(lambda o: o.mode != SupplyMode.OWN),
        yes_declaration=factory.SubFactory(
            ContractFactory, area=factory.SelfAttribute("..area"), supplier=factory.SelfAttribute("..performer")
        ),
        no_declaration=None,
    )
    valid = factory.LazyFunction(lambda: days_from(SINCE, None))


def contract(area: OfficeArea, supplier: Organization | None = None, **more: Any) -> Contract:
    return ContractFactory(area=area, supplier=supplier or company(), **more)


def line(area: OfficeArea, name: str = "保洁", performer: Organization | None = None, **more: Any) -> ServiceLine:
    """A purchased line by a company; `mode="own"` for an in-house section."""
    return ServiceLineFactory(area=area, name=name, performer=performer or company(), **more)


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    contract = factory.SubFactory(ContractFactory)
    number = factory.Sequence(lambda n: f"第 9.{n} 条")
    kind = TermKind.PAYMENT
    text = "按考评等次付款。"
