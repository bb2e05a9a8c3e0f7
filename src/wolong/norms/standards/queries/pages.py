"""What the pages of clauses ask: built from values alone, so that `asked` compiles them once."""

from django.db.models import Q, QuerySet

from wolong.norms.standards.models import Clause, Edition, Requirement
from wolong.norms.standards.queries.editions import clauses_marked


def clause_among(pk: int, where: Q) -> QuerySet[Clause]:
    return Clause.objects.filter(where, pk=pk).distinct().select_related("edition__standard")


def requirements_among(where: Q) -> QuerySet[Requirement]:
    return Requirement.objects.filter(where).order_by("ordinal")


def clauses_of(edition: int) -> QuerySet[Clause]:
    return clauses_marked(Edition(pk=edition))
