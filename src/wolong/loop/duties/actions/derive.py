"""Duties are derived: what the area demands, on its objects, by whom and checked by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.people.models import Person
from wolong.loop.duties.models import Duty
from wolong.loop.duties.queries.demands import Estate, demands, lines_of, units_of
from wolong.loop.duties.rules.deriving import (
    Change,
    Demand,
    Identity,
    Key,
    Opening,
    Standing,
    Terms,
    by_name,
    difference,
    doer_and_checker,
    last_day_of,
)
from wolong.loop.duties.signals import duties_derived
from wolong.norms.standards.models import Requirement

STANDING = (
    "last_itemised_on", "last_itemised_by_id", "last_overall_on", "last_self_on",
    "last_result", "failures", "last_failed_on", "complaints",
)  # fmt: skip
NO_STANDING = (None, None, None, None, "", 0, None, 0)
COLUMNS = (
    "id", "area_id", "requirement_id", "place_id", "equipment_id", "object_label", "line_id", "doer_id", "checker_id",
    "cycle_months", "is_event_driven", "sample_percent", "fingerprint", "valid", "is_suspect", *STANDING,
)  # fmt: skip
BATCH = 5000


@dataclass(slots=True)
class Derived:
    """What deriving did: ids of the duties opened and ended, and how many stood already."""

    opened: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.opened or self.ended)


@transaction.atomic
def derive(*, area: OfficeArea, by: Person | None, at: datetime, on: date) -> Derived:
    """Exactly the duties that profile, contracts and estate demand on a day stand afterwards; deriving again changes nothing.

    What still holds is kept as it is; what changed ends, and its successor takes over the standing where the 应 is the same
    text. `by` is None for the daily task. Two derivations of one area follow each other. Announces `duties_derived` when
    something changed.
    """
    OfficeArea.objects.select_for_update(no_key=True).get(pk=area.pk)
    wanted, identities = _wanted(area, on)
    change = difference(wanted, _standing(area), identities)
    derived = Derived(kept=change.kept)
    derived.ended = _end(change.ended, on)
    derived.opened = _open(area, change.opened, on)
    _relabel(change.relabelled)
    if derived:
        _announce(area, derived, by, at, on)
    return derived


def _wanted(area: OfficeArea, on: date) -> tuple[dict[Key, tuple[Terms, str]], dict[int, Identity]]:
    """Every duty that should stand, and what each requirement is over its editions."""
    asked = demands(area, on)
    if not asked:
        return {}, {}
    estate, lines, units = Estate(area, on), by_name(lines_of(area, on)), units_of(area)
    wanted: dict[Key, tuple[Terms, str]] = {}
    for demand in asked:
        answers: dict[str, tuple[int | None, int | None, int | None]] = {}
        for thing in estate.things(demand.selectors):
            if thing.path not in answers:
                answers[thing.path] = doer_and_checker(demand, thing.path, lines=lines, units=units)
            key = Key(demand.requirement, thing.place, thing.equipment)
            wanted[key] = (_terms(demand, *answers[thing.path]), thing.label[:200])
    return wanted, {demand.requirement: demand.identity for demand in asked}


def _terms(demand: Demand, line: int | None, doer: int | None, checker: int | None) -> Terms:
    return Terms(
        line,
        doer,
        checker,
        demand.cycle_months,
        demand.is_event_driven,
        demand.sample_percent,
        demand.fingerprint,
    )


def _standing(area: OfficeArea) -> dict[Key, Standing]:
    """The duties that stand now."""
    rows = (
        Duty.objects.filter(area=area)
        .current()
        .order_by()
        .values_list(
            "pk", "requirement_id", "place_id", "equipment_id", "object_label", "valid", "line_id", "doer_id", "checker_id",
            "cycle_months", "is_event_driven", "sample_percent", "fingerprint",
        )
    )  # fmt: skip
    found = list(rows.iterator(chunk_size=20_000))
    identities = _identities({row[1] for row in found})
    return {
        Key(row[1], row[2], row[3]): Standing(row[0], row[5].lower, row[4], Terms(*row[6:]), identities[row[1]])
        for row in found
    }


def _identities(requirements: Iterable[int]) -> dict[int, Identity]:
    rows = Requirement.objects.filter(pk__in=list(requirements)).order_by()
    return {
        pk: Identity(standard, number, ordinal)
        for pk, standard, number, ordinal in rows.values_list("pk", "edition__standard_id", "clause__number", "ordinal")
    }


def _end(ended: Sequence[Standing], on: date) -> list[int]:
    """Give the duties their last day; those that began today have held for today."""
    by_range: dict[DateRange, list[int]] = {}
    for row in ended:
        by_range.setdefault(DateRange(row.since, last_day_of(row.since, on=on)), []).append(row.id)
    for days, ids in by_range.items():
        Duty.objects.filter(pk__in=ids).update(valid=days)
    return sorted(row.id for row in ended)


def _open(area: OfficeArea, opened: Sequence[Opening], on: date) -> list[int]:
    """Write the new duties in one stream (COPY): 75,000 of them in seconds."""
    if not opened:
        return []
    carried = _carried([opening.carry_from for opening in opened if opening.carry_from is not None])
    valid = f"[{on.isoformat()},)"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('duties_duty', 'id')) FROM generate_series(1, %s)", [len(opened)]
        )
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy(f"COPY duties_duty ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for pk, opening in zip(ids, opened, strict=True):
                key, terms = opening.key, opening.terms
                standing = carried.get(opening.carry_from, NO_STANDING) if opening.carry_from else NO_STANDING
                copy.write_row(
                    (
                        pk,
                        area.pk,
                        *key,
                        opening.label,
                        *terms,
                        valid,
                        opening.is_suspect,
                        *standing,
                    )
                )
    return ids


def _carried(ids: Sequence[int]) -> dict[int | None, tuple[object, ...]]:
    """The standing of the duties that are succeeded by the same 应."""
    found: dict[int | None, tuple[object, ...]] = {}
    for start in range(0, len(ids), BATCH):
        rows = Duty.objects.filter(pk__in=ids[start : start + BATCH]).order_by().values_list("pk", *STANDING)
        found |= {row[0]: row[1:] for row in rows}
    return found


def _relabel(labels: Sequence[tuple[int, str]]) -> None:
    """An object was renamed: its duties stay and carry the new name."""
    rows = [Duty(pk=pk, object_label=label) for pk, label in labels]
    Duty.objects.bulk_update(rows, ["object_label"], batch_size=BATCH)


def _announce(area: OfficeArea, derived: Derived, by: Person | None, at: datetime, on: date) -> None:
    sentence = _("推导职责：新增 %(opened)d 条，结束 %(ended)d 条，%(kept)d 条不变") % {
        "opened": len(derived.opened),
        "ended": len(derived.ended),
        "kept": derived.kept,
    }
    payload = {"on": on.isoformat(), "opened": len(derived.opened), "ended": len(derived.ended), "kept": derived.kept}
    write_entry(verb="derive_duties", sentence=sentence, subject=area, by=by, at=at, payload=payload)
    duties_derived.send(sender=Duty, area=area, opened=derived.opened, ended=derived.ended, by=by, at=at)


__all__ = ["Change", "Derived", "derive"]
