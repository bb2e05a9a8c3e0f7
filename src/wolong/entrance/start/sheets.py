"""The sheets of the first afternoon, each brought in one go: the importer reads, checks and writes them as it does elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from wolong.entrance.roster import people, units
from wolong.entrance.start.lines import LINES, write_lines
from wolong.estate.places.actions import (
    Fault,
    apply_import,
    confirm_import,
    is_read_at_once,
    is_written_at_once,
    read_import,
    receive_import,
)
from wolong.estate.places.models import ImportJob, OfficeArea
from wolong.estate.places.states import ImportState
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import Column
from wolong.ground.people.actions import give_first_passwords
from wolong.ground.people.models import Person


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of sheet of the start page; `source` names how the importer reads it."""

    key: str
    title: Any
    columns: Sequence[Column]
    source: str = ""


KINDS = {
    kind.key: kind
    for kind in (
        Kind("units", units.SOURCE.title, units.SOURCE.columns(None), units.SOURCE.kind),
        Kind("people", people.SOURCE.title, people.SOURCE.columns(None), people.SOURCE.kind),
        Kind("lines", gettext_lazy("合同与服务线"), LINES),
    )
}


@dataclass(slots=True)
class Brought:
    """What became of a sheet: how many rows were new, changed something, were there; or what hindered all of it.

    `waiting`: an import that somebody should look at first. `passwords`: one-time passwords, shown once.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    waiting: ImportJob | None = None
    passwords: list[tuple[Person, str]] = field(default_factory=list)


def bring_lines(*, data: bytes, by: Person, at: datetime) -> Brought:
    sheet, new = write_lines(data=data, by=by, at=at)
    faults = [Fault(error.row, error.title, error.cell, error.sentence) for error in sheet.errors]
    return Brought(new=new, known=len(sheet.rows) - new, faults=faults)


def bring(
    source: str, *, area: OfficeArea | None, data: bytes, file_name: str, by: Person, at: datetime, at_once: bool
) -> Brought:
    """Let the importer read a sheet and write it whole or not at all; who is new gets a one-time password.

    `at_once`: whatever it holds. Else a large sheet, and one that would replace something that stands, waits for somebody
    to look. Refuses what is no such sheet.
    """
    job = receive_import(kind=source, area=area, data=data, file_name=file_name, by=by, at=at)
    if at_once or is_read_at_once(job):
        job = read_import(job=job, at=at)
    if job.state == ImportState.READY and (at_once or (not job.counts.get("replaced") and is_written_at_once(job))):
        job = apply_import(job=confirm_import(job=job, by=by, at=at), at=at)
    if job.state == ImportState.REJECTED:
        if not job.faults:
            raise Refused(job.sentence)
        return Brought(faults=[Fault(*fault) for fault in job.faults])
    if job.state != ImportState.DONE:
        return Brought(waiting=job)
    brought = Brought(job.counts["new"], job.counts["changed"], job.counts["unchanged"])
    if source == people.SOURCE.kind:
        brought.passwords = give_first_passwords(people=people.without_password(job), by=by, at=at)
    return brought
