"""What is asked of notices: what the public sees, who must act, which words are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wolong.estate.places.models import Place
from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.ground.questions import asked
from wolong.loop.notices.models import Mark, Notice
from wolong.loop.notices.registries import provider_of
from wolong.loop.notices.rules.redaction import Known, key_of, room_numbers
from wolong.loop.notices.states import TOLD_STATES, Hidden, Kind, State

MOST = 60  # to-dos of one kind: the list behind has all


def visible_to(scope: Scope) -> Q:
    """The bureau sees the notices of its windows; a company those about itself, once it has been told."""
    if scope.is_inside:
        return scope.areas("window__unit")
    return scope.own("concerns") & Q(state__in=TOLD_STATES)


def with_page() -> QuerySet[Notice]:
    return Notice.objects.select_related(
        "window__unit",
        "concerns",
        "drafted_by",
        "submitted_by",
        "answered_by",
        "returned_by",
        "published_by",
        "withdrawn_by",
    )


def known_words(notice: Notice | None = None) -> Known:
    """What a text is searched for: everybody's name, the rooms of guarded places, and the marks of this notice."""
    names, rooms = asked(_names), asked(_guarded_rooms)
    marks = list(Mark.objects.filter(notice=notice)) if notice is not None and notice.pk else []
    return Known(
        names=frozenset(names),
        rooms=frozenset(rooms) | room_numbers(rooms),
        marked=frozenset((Hidden(one.kind), one.words) for one in marks if not one.is_lifted),
        lifted=frozenset((Hidden(one.kind), key_of(one.words)) for one in marks if one.is_lifted),
    )


def _names() -> QuerySet[Any, Any]:
    return Person.objects.order_by().select_related(None).values_list("name", flat=True)


def _guarded_rooms() -> QuerySet[Any, Any]:
    guarded = Place.objects.filter(Q(is_not_public=True) | Q(is_no_photo=True), level=Place.Level.ROOM)
    return guarded.order_by().values_list("full_name", flat=True)


def approvers(notice: Notice, *, on: date) -> QuerySet[Person]:
    """Who of the unit may approve it: heads of the unit and of its sections, without its author."""
    return (
        holders(Role.CENTRE_HEAD, Role.SECTION_HEAD, at=notice.window.unit, on=on)
        .filter(organization__path__startswith=notice.window.unit.path or "?")
        .exclude(pk=notice.drafted_by_id)
    )


def people_of(company: Organization, *, on: date) -> QuerySet[Person]:
    """Who answers for a company or an in-house section."""
    return holders(Role.SUPPLIER_MANAGER, Role.SECTION_HEAD, at=company, on=on).filter(
        organization__path__startswith=company.path or "?"
    )


def under_way(scope: Scope) -> list[Notice]:
    """What waits for somebody's approval, and the person's own drafts, those given back among them; one query."""
    others = Q(state=State.SUBMITTED) & ~Q(drafted_by=scope.person)
    own = Q(state__in=(State.DRAFT, State.RETURNED), drafted_by=scope.person)
    rows = with_page().filter(visible_to(scope)).filter(others | own)
    return list(rows.order_by("submitted_at", "drafted_at", "pk")[: 2 * MOST])


def to_answer(scope: Scope) -> QuerySet[Notice]:
    """What concerns the person's own unit and it has not answered yet."""
    ids = {int(part) for held in scope.held for part in held.path.split("/") if part}
    rows = with_page().filter(concerns_id__in=ids, state=State.SUBMITTED, answered_at=None)
    return rows.order_by("answer_due_on", "pk")


# The public's questions


def public() -> QuerySet[Notice]:
    """What may be seen outside: approved, in a window that is open. Withdrawn ones leave their trace."""
    seen = Q(state__in=(State.PUBLISHED, State.WITHDRAWN), window__is_open=True)
    rows = Notice.objects.filter(seen).select_related("window__unit").order_by("-published_at", "-pk")
    # Lists need no text, and nothing public ever needs what stays inside.
    return rows.defer("original", "original_title", "text", "body", "answer")


def public_of(kind: Kind, q: str = "") -> QuerySet[Notice]:
    rows = public().filter(kind=kind)
    return searched(rows, q) if q else rows


def newest_score() -> Notice | None:
    """The last published score with its text: the front page shows its table."""
    return public_of(Kind.SCORE).defer(None).filter(state=State.PUBLISHED).first()


def searched(rows: QuerySet[Notice], q: str) -> QuerySet[Notice]:
    """By words of the published text; what was withdrawn is not found by what stood in it."""
    return rows.filter(Q(text__icontains=q) | Q(reference__icontains=q), state=State.PUBLISHED)


def not_holding(notices: Iterable[Notice], *, on: date) -> set[int]:
    """Those whose thing no longer holds: a standard that was replaced."""
    by_provider: dict[str, list[Notice]] = {}
    for notice in notices:
        by_provider.setdefault(notice.provider, []).append(notice)
    found: set[int] = set()
    for key, group in by_provider.items():
        provider = provider_of(key)
        if provider is not None and provider.holding is not None:
            holding = provider.holding({notice.source_key for notice in group}, on)
            found |= {notice.pk for notice in group if notice.source_key not in holding}
    return found


@dataclass(frozen=True, slots=True)
class Standards:
    """The published standards that rule today, and how many clauses they hold."""

    rows: list[Notice]
    clauses: int


def standards_in_force(*, on: date, q: str = "") -> Standards:
    rows = list(public_of(Kind.STANDARD, q).filter(state=State.PUBLISHED).order_by("reference", "pk"))
    gone = not_holding(rows, on=on)
    rows = [notice for notice in rows if notice.pk not in gone]
    return Standards(rows, sum(notice.clauses for notice in rows))
