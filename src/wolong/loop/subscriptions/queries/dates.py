"""The dates of one person: their rounds, and the orders that wait for them, as far as their own pages show them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from wolong.ground.people.access import Scope, scope_of
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.loop.plans.models import Round
from wolong.loop.plans.states import RoundState
from wolong.loop.rectification import access
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.queries import own_unit, visible_to, without_verifier
from wolong.loop.rectification.states import OPEN_STATES, State
from wolong.loop.subscriptions.models import CalendarAddress
from wolong.loop.subscriptions.rules.calendar import Entry, digest

LOOKS_BACK = timedelta(days=60)
MOST = 500


def person_of_calendar(raw: str) -> Person | None:
    """Whose calendar an address opens; None for one that is unknown, renewed, or of somebody whose account is off."""
    rows = CalendarAddress.objects.filter(digest=digest(raw), person__is_active=True)
    found = rows.select_related("person__organization").first()
    return found.person if found is not None else None


def calendar_of(person: Person, on: date, absolute: Callable[[str], str]) -> list[Entry]:
    """What stands in a person's calendar: the last sixty days of rounds and all to come, orders by their last day."""
    scope = scope_of(person, on=on)
    return [*_rounds(scope, on, absolute), *_orders(scope, on, absolute)]


def _rounds(scope: Scope, on: date, absolute: Callable[[str], str]) -> Iterator[Entry]:
    rows = Round.objects.visible_to(scope).filter(inspector=scope.person, due_on__gte=on - LOOKS_BACK)
    for found in rows.select_related("area").order_by("starts_on", "pk")[:MOST]:
        yield Entry(
            uid=f"round-{found.number}@wolong",
            first_on=found.starts_on,
            last_on=found.due_on,
            title=f"{found.get_kind_display()}：{found.name}",
            place=found.area.name,
            text=_("%(number)s · %(state)s") % {"number": found.number, "state": found.get_state_display()},
            url=absolute(found.get_absolute_url()),
            is_cancelled=found.state == RoundState.CANCELLED,
        )


def _orders(scope: Scope, on: date, absolute: Callable[[str], str]) -> Iterator[Entry]:
    """Orders that this person is to answer or to verify; nobody else's."""
    rows = Order.objects.filter(visible_to(scope), own_unit(scope) | _supervised(scope), state__in=OPEN_STATES)
    related = ("finding", "responsible", "supervisor", "area__centre", "answered_by")
    found = list(rows.select_related(*related).order_by("due_on", "pk")[:MOST])
    left = without_verifier((order for order in found if order.state == State.ANSWERED), on=on)
    for order in found:
        if access.may_answer(scope, order):
            title = _("整改：%(title)s")
        elif access.may_verify(scope, order, is_nobody_else=order.pk in left):
            title = _("复查：%(title)s")
        else:
            continue
        yield Entry(
            uid=f"order-{order.number}@wolong",
            first_on=order.due_on,
            last_on=order.due_on,
            title=title % {"title": order.finding.title},
            place=order.area.name,
            text=_("%(number)s · %(state)s") % {"number": order.number, "state": order.get_state_display()},
            url=absolute(order.get_absolute_url()),
        )


def _supervised(scope: Scope) -> Q:
    found = Q(pk__in=())
    for held in scope.held:
        if held.role in (Role.SECTION_HEAD, Role.INSPECTOR, Role.CENTRE_HEAD, Role.LEADER):
            found |= Q(supervisor__path__startswith=held.path)
    return found
