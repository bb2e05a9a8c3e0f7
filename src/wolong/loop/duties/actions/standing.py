"""What later rooms note on a duty: checks, failures, complaints; and that a changed clause was looked at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.people.models import Person
from wolong.loop.duties.models import Duty
from wolong.loop.duties.states import CheckMode, Result
from wolong.norms.standards.models import Clause

COLUMN = {
    CheckMode.ITEMISED: "last_itemised_on",
    CheckMode.OVERALL: "last_overall_on",
    CheckMode.SELF: "last_self_on",
}


@dataclass(frozen=True, slots=True)
class CheckNote:
    """One look at one duty."""

    duty_id: int
    on: date
    by: Person
    mode: str
    conforms: bool


def note_check(*, duty: Duty, on: date, by: Person, mode: str, conforms: bool) -> None:
    """A duty was looked at. A look by someone of the doer's own unit is 自查, whatever it was called (rule 18)."""
    note_checks([CheckNote(duty.pk, on, by, mode, conforms)])


@transaction.atomic
def note_checks(notes: Iterable[CheckNote]) -> None:
    """Many looks at once. An older look never hides a newer one; a duty that was succeeded meanwhile hands the look on to
    the duty that stands for the same 应 at the same object."""
    rows = list(notes)
    doers, heirs = _doers_and_heirs({note.duty_id for note in rows})
    groups: dict[tuple[date, int, str, bool], tuple[Person, list[int]]] = {}
    for note in rows:
        doer = doers.get(note.duty_id)
        is_own = bool(doer) and (note.by.organization.path or "").startswith(doer or "?")
        looked: str = CheckMode.SELF if is_own else note.mode
        key = (note.on, note.by.pk, str(looked), note.conforms)
        groups.setdefault(key, (note.by, []))[1].extend((note.duty_id, *heirs.get(note.duty_id, ())))
    for (on, _by, mode, conforms), (by, ids) in sorted(groups.items(), key=lambda item: item[0][0]):
        _write(ids, on, by, CheckMode(mode), conforms=conforms)


def _write(ids: list[int], on: date, by: Person, mode: CheckMode, *, conforms: bool) -> None:
    column = COLUMN[mode]
    values: dict[str, object] = {column: on}
    if mode == CheckMode.ITEMISED:
        values["last_itemised_by"] = by
    if mode != CheckMode.SELF:  # what the doer says of its own work is no result
        values["last_result"] = Result.CONFORMS if conforms else Result.FAILS
    Duty.objects.filter(Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": on}), pk__in=ids).update(**values)


def note_failure(*, duty: Duty, on: date) -> None:
    """A duty was found wanting on a day: the plan's compiler looks there more often."""
    Duty.objects.filter(pk__in=_with_heirs(duty)).update(
        failures=F("failures") + 1, last_failed_on=Greatest(F("last_failed_on"), on)
    )


def note_complaint(*, duty: Duty, on: date) -> None:
    """Somebody complained about what a duty should have kept."""
    del on  # complaints are counted; their day stands in the survey
    Duty.objects.filter(pk__in=_with_heirs(duty)).update(complaints=F("complaints") + 1)


def _with_heirs(duty: Duty) -> list[int]:
    _doers, heirs = _doers_and_heirs({duty.pk})
    return [duty.pk, *heirs.get(duty.pk, ())]


def _doers_and_heirs(ids: set[int]) -> tuple[dict[int, str], dict[int, list[int]]]:
    """The doers' paths, and for duties that have ended the duties that stand for the same 应 at the same object."""
    doers: dict[int, str] = {}
    spots: dict[tuple[int, int, int | None, str], int] = {}
    rows = Duty.objects.filter(pk__in=ids).values_list(
        "pk", "doer__path", "valid", "area_id", "place_id", "equipment_id", "fingerprint"
    )
    for pk, path, valid, area, place, equipment, fingerprint in rows:
        if path:
            doers[pk] = path
        if valid.upper is not None:
            spots[area, place, equipment, fingerprint] = pk
    heirs: dict[int, list[int]] = defaultdict(list)
    if spots:
        current = Duty.objects.current().filter(
            area_id__in={spot[0] for spot in spots},
            place_id__in={spot[1] for spot in spots},
            fingerprint__in={spot[3] for spot in spots},
        )
        for pk, *spot in current.values_list("pk", "area_id", "place_id", "equipment_id", "fingerprint"):
            if tuple(spot) in spots:
                heirs[spots[tuple(spot)]].append(pk)  # type: ignore[index]
    return doers, heirs


@transaction.atomic
def confirm_duties(*, area: OfficeArea, clause: Clause, by: Person, at: datetime) -> int:
    """Someone looked at a changed clause and at what hangs on it: its duties in the area are no longer suspect."""
    duties = Duty.objects.current().suspect().filter(area=area, requirement__clause=clause)
    count = duties.update(is_suspect=False)
    if count:
        sentence = _("重新确认第 %(number)s 条的 %(count)d 个职责") % {"number": clause.number, "count": count}
        write_entry(verb="confirm_duties", sentence=sentence, subject=clause, by=by, at=at)
    return count
