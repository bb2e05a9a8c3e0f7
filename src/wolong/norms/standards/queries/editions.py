"""Which edition rules on a day, and what a clause says then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from wolong.ground.questions import asked
from wolong.language.execution import parse_execution
from wolong.norms.standards.models import Clause, Edition, Requirement, Standard
from wolong.norms.standards.rules.columns import columns_of
from wolong.norms.standards.states import EditionState


def in_force(standard: Standard, on: date) -> Edition | None:
    """The one edition that rules on a day."""
    return Edition.objects.in_force_on(on).filter(standard=standard).first()


def editions_in_force(standard_ids: Iterable[int], on: date) -> dict[int, Edition]:
    """The ruling editions of several standards, by standard; one query."""
    found = Edition.objects.in_force_on(on).filter(standard_id__in=list(standard_ids))
    return {edition.standard_id: edition for edition in found}


def clauses_marked(edition: Edition) -> QuerySet[Clause]:
    """The clauses of an edition in order, each with `to_verify`: whether a value of it is 待核."""
    doubtful = Requirement.objects.filter(clause=OuterRef("pk"), is_to_verify=True)
    return Clause.objects.filter(edition=edition).annotate(to_verify=Exists(doubtful)).order_by("position")


def requirement_on(*, standard: Standard, clause_number: str, on: date, ordinal: int = 1) -> Requirement | None:
    """What a clause demanded on a day: the requirement under that number in the edition that ruled then (rule 1)."""
    return (
        Requirement.objects.in_force_on(on)
        .select_related("clause", "edition")
        .filter(edition__standard=standard, clause__number=clause_number, ordinal=ordinal)
        .first()
    )


def _earlier(standard: int, edition: int, year: int) -> QuerySet[Edition]:
    """Editions of years before, newest first, whatever became of them; drafts don't count."""
    return (
        Edition.objects.filter(standard_id=standard)
        .exclude(state__in=(EditionState.DRAFT, EditionState.APPROVED))
        .exclude(pk=edition)
        .filter(Q(year__lt=year) | Q(year=year, pk__lt=edition))
        .order_by("-year", "-pk")
    )


def previous_edition(edition: Edition) -> Edition | None:
    """The edition that this one follows."""
    return _earlier(edition.standard_id, edition.pk, edition.year).first()


def previous_clause(clause: Clause) -> Clause | None:
    """The clause of the same number in the edition before; one query."""
    edition = clause.edition
    return next(iter(asked(_previous_clause, edition.standard_id, edition.pk, edition.year, clause.number)), None)


def _previous_clause(standard: int, edition: int, year: int, number: str) -> QuerySet[Clause]:
    earlier = Subquery(_earlier(standard, edition, year).values("pk")[:1])
    return Clause.objects.filter(edition_id=earlier, number=number).select_related("edition").order_by("pk")[:1]


def successor_of(clause: Clause, on: date) -> Clause | None:
    """The clause that stands in its place in the edition that rules on a day, for who opens an older one."""
    same = ruling_clause(clause.edition.standard, clause.number, on)
    if same is None and (ruling := in_force(clause.edition.standard, on)) is not None:
        same = same_clause(clause, ruling)
    return None if same is None or same.edition_id == clause.edition_id else same


def _of_number_on(standard: int, number: str, on: date) -> QuerySet[Clause]:
    ruling = Edition.objects.in_force_on(on).filter(standard_id=standard)
    return Clause.objects.filter(edition__in=ruling.values("pk"), number=number).order_by("pk")[:1]


def listed_standards(on: date) -> QuerySet[Standard]:
    """Standards with their ruling edition of a day, its number of 应, and how many values are 待核."""
    ruling = Edition.objects.in_force_on(on).filter(standard=OuterRef("pk"))
    newest = Edition.objects.filter(standard=OuterRef("pk")).order_by("-year", "-pk")
    binding = Requirement.objects.binding().filter(edition=OuterRef("ruling_id")).order_by().values("edition")
    return Standard.objects.annotate(
        ruling_id=Subquery(ruling.values("pk")[:1]),
        ruling_number=Subquery(ruling.values("number")[:1]),
        effective_on=Subquery(ruling.values("effective_on")[:1]),
        review_due_on=Subquery(ruling.values("review_due_on")[:1]),
        nature=Subquery(newest.values("nature")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        newest_id=Subquery(newest.values("pk")[:1]),
        bound=Subquery(binding.annotate(n=Count("pk")).values("n")),
        to_verify=Subquery(binding.filter(is_to_verify=True).annotate(n=Count("pk")).values("n")),
    )


def awaiting_approval() -> QuerySet[Edition]:
    """Drafts, oldest first."""
    return Edition.objects.filter(state=EditionState.DRAFT).select_related("drafted_by").order_by("drafted_at", "pk")


def same_clause(clause: Clause, edition: Edition) -> Clause | None:
    """The clause of another edition that stands in the same place: same number, else the same requirement moved."""
    found = edition.clauses.filter(number=clause.number).prefetch_related("requirements").first()
    if found is not None:
        return found
    moved = edition.requirements.filter(
        fingerprint__in=clause.requirements.values_list("fingerprint", flat=True)
    ).select_related("clause")
    first = moved.order_by(F("clause__position")).first()
    return first.clause if first else None


def ruling_clause(standard: Standard, number: str, on: date) -> Clause | None:
    """The clause of a number in the edition that rules on a day."""
    return next(iter(asked(_of_number_on, standard.pk, number, on)), None)


def rewritten(edition: Edition) -> list[int]:
    """Requirements of the ruling edition that a draft words otherwise or leaves out: what depends on them is touched."""
    kept = edition.requirements.order_by().values("fingerprint")
    ruling = Edition.objects.filter(standard=edition.standard_id, state=EditionState.IN_FORCE).exclude(pk=edition.pk)
    rows = Requirement.objects.filter(edition__in=ruling).exclude(fingerprint__in=kept)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class CheckCycle:
    """How often and how much is checked: whole months, or by event; `sample_percent` None is every object."""

    months: int | None = None
    is_event_driven: bool = False
    sample_percent: Decimal | None = None


def check_cycle(written: str) -> CheckCycle:
    """A 频次 as written (每月, 每季度抽查 20%, 事件：接到报修). Raises `ValueError` with what would be right."""
    _line, faults = parse_execution({"频次": written})
    if faults:
        raise ValueError(faults[0].help)
    columns = columns_of({"频次": written})
    return CheckCycle(columns["cycle_months"], columns["is_event_driven"], columns["sample_percent"])
