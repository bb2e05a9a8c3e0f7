"""What is asked of orders: who may verify, what is late, what each person has to do."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Value

from wolong.ground.people.access import Scope
from wolong.ground.people.models import Person
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.ground.questions import Counting, asked
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import requirement_of
from wolong.loop.rectification.models import Extension, Order
from wolong.loop.rectification.states import OPEN_STATES, OWED_STATES, ExtensionState


def visible_to(scope: Scope) -> Q:
    """The bureau sees the orders of its areas, a company its own and nothing else; the cancelled ones stay visible."""
    return scope.visible(centre="area__centre", unit="responsible")


def systemic_visible_to(scope: Scope) -> Q:
    """The bureau sees the systemic orders of its areas, a company its own."""
    return scope.visible(centre="area__centre", unit="owner")


def open_orders(scope: Scope) -> Counting:
    return Counting(_open, (visible_to(scope),))


def _open(where: Q) -> QuerySet[Order]:
    return Order.objects.filter(where, state__in=OPEN_STATES)


def for_page(pk: int, where: Q) -> Order | None:
    """An order with what its page shows; the finding is asked apart, so that no join spans twenty tables."""
    order: Order | None = next(iter(asked(_order, pk, where)), None)
    if order is None:
        return None
    order.finding = asked(_finding, order.finding_id)[0]
    order.finding.requirement = requirement_of(order.finding)
    return order


def _order(pk: int, where: Q) -> QuerySet[Order]:
    related = ("area__centre", "responsible", "supervisor", "answered_by", "closed_by")
    return Order.objects.select_related(*related).filter(where, pk=pk)


def _finding(pk: int) -> QuerySet[Finding]:
    related = ("place", "equipment", "line", "found_by", "repeat_of", "duty", "observation__item__round")
    return Finding.objects.select_related(*related).filter(pk=pk)


def shared(order: Order) -> Order:
    """Area and units of the finding are those of its order: set, not asked again."""
    finding = order.finding
    finding.area, finding.responsible, finding.supervisor = order.area, order.responsible, order.supervisor
    return order


def verifiers(order: Order, *, on: date) -> QuerySet[Person]:
    """The third people: section heads and inspectors of the supervising side who neither found nor answered it."""
    unit = order.responsible.path or "?"
    return (
        holders(Role.SECTION_HEAD, Role.INSPECTOR, at=order.supervisor, on=on)
        .exclude(pk__in=[pk for pk in (order.finding.found_by_id, order.answered_by_id) if pk is not None])
        .exclude(organization__path__startswith=unit)
    )


def is_nobody_to_verify(order: Order, *, on: date) -> bool:
    return not verifiers(order, on=on).exists()


def without_verifier(orders: Iterable[Order], *, on: date) -> set[int]:
    """Ids of those orders that nobody of the supervising side may verify; one query for any number of them."""
    asked = list(orders)
    if not asked:
        return set()
    first, *rest = [
        verifiers(order, on=on).order_by().annotate(order=Value(order.pk)).values_list("order", flat=True)
        for order in asked
    ]
    return {order.pk for order in asked} - set(first.union(*rest) if rest else first)


def centre_heads(order: Order, *, on: date) -> QuerySet[Person]:
    return holders(Role.CENTRE_HEAD, at=order.area.centre, on=on)


def last_resorts(order: Order, *, on: date) -> QuerySet[Person]:
    """Who is told, and may verify, where nobody of the supervising side may."""
    return holders(Role.CENTRE_HEAD, at=order.area.centre, on=on).exclude(
        pk__in=[pk for pk in (order.finding.found_by_id, order.answered_by_id) if pk is not None]
    )


def section_heads(order: Order, *, on: date) -> QuerySet[Person]:
    return holders(Role.SECTION_HEAD, at=order.supervisor, on=on)


def answerable(order: Order, *, on: date) -> QuerySet[Person]:
    """Who answers for the responsible unit: a company's manager, the head of an in-house section."""
    return holders(Role.SUPPLIER_MANAGER, Role.SECTION_HEAD, at=order.responsible, on=on).filter(
        organization__path__startswith=order.responsible.path or "?"
    )


def open_extension(order: Order) -> Extension | None:
    return order.extensions.filter(state=ExtensionState.ASKED).select_related("asked_by").first()


def overdue(*, on: date) -> QuerySet[Order]:
    """Orders whose unit is late."""
    return Order.objects.filter(state__in=OWED_STATES, due_on__lt=on)


def own_unit(scope: Scope) -> Q:
    """Orders that the person answers for: of a unit in which they hold any role, company or in-house section alike."""
    ids = {int(part) for held in scope.held for part in held.path.split("/") if part}
    return Q(responsible_id__in=ids)


def evidence_of_answers(scope: Scope) -> Q:
    """Photographs of answers: the bureau those of its areas, a company those to its own orders."""
    return Q(answers__order__in=Order.objects.filter(visible_to(scope)).values("pk"))
