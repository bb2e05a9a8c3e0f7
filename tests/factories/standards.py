"""Standards and editions for tests: written as rows, without the reader, unless a test wants the text read."""

import datetime as dt
import hashlib

import factory
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories.people import PersonFactory
from wolong.norms.standards.models import Clause, Edition, Proposal, Requirement, Standard
from wolong.norms.standards.states import EditionState, ProposalSource

FIRST_DAY = dt.date(2026, 3, 1)


class StandardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standard

    code = factory.Sequence(lambda n: f"Q/WLS BZ{n:02}-001")
    title = factory.Sequence(lambda n: f"示例服务规范 {n}")
    level = "企业"
    position = "服务提供/物业服务/清洁"


class EditionFactory(factory.django.DjangoModelFactory):
    """An edition that rules since 2026-03-01."""

    class Meta:
        model = Edition

    standard = factory.SubFactory(StandardFactory)
    year = 2026
    number = factory.LazyAttribute(lambda edition: f"{edition.standard.code}—{edition.year}")
    title = factory.SelfAttribute("standard.title")
    state = EditionState.IN_FORCE
    nature = "推荐"
    effective_on = FIRST_DAY
    valid = factory.LazyAttribute(
        lambda edition: (
            None
            if edition.state in {EditionState.DRAFT, EditionState.APPROVED}
            else DateRange(edition.effective_on, None)
        )
    )
    text = factory.LazyAttribute(lambda edition: f"# {edition.title}\n")
    sha256 = factory.LazyAttribute(lambda edition: hashlib.sha256(edition.number.encode()).hexdigest())


class ClauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Clause

    edition = factory.SubFactory(EditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    number = factory.Sequence(lambda n: f"5.1.{n + 1}")
    level = 3
    text = "大厅地面每日清扫应不少于 2 次。"


class RequirementFactory(factory.django.DjangoModelFactory):
    """大厅, done by 保洁, looked at monthly."""

    class Meta:
        model = Requirement

    clause = factory.SubFactory(ClauseFactory)
    edition = factory.SelfAttribute("clause.edition")
    ordinal = 1
    modality = "shall"
    sentence = factory.SelfAttribute("clause.text")
    execution = factory.LazyAttribute(lambda row: {"对象": row.selectors, "责任": row.doer, "频次": row.cycle_label})
    fingerprint = factory.LazyAttribute(
        lambda row: hashlib.sha256(
            f"{row.sentence}{row.selectors}{row.doer}{row.cycle_label}{row.clause.number}".encode()
        ).hexdigest()
    )
    selectors = "场所/大厅"
    doer = "保洁"
    method = "查看"
    cycle_label = "每月"
    cycle_months = 1
    severity = "C"


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    standard = factory.SubFactory(StandardFactory)
    clause_number = "5.1.1"
    sentence = "大厅地面每日清扫应不少于 2 次。"
    source = ProposalSource.CHECK
    reason = "大厅改为石材，一日两次不够。"
    proposed_by = factory.SubFactory(PersonFactory)
    proposed_at = dt.datetime(2026, 11, 16, 10, 0, tzinfo=dt.UTC)
