"""An import on its way: a file is received, read, shown, confirmed, and written as a whole or not at all.

Places and equipment (a higher room) each register a `Source`: the columns of their sheet and what to do with its rows.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from wolong.estate.places.models import ImportJob, OfficeArea
from wolong.estate.places.rules.imports import is_small_file, is_small_sheet, kept, preview_of
from wolong.estate.places.rules.rows import Comparison, Fault
from wolong.estate.places.signals import import_confirmed, import_received
from wolong.estate.places.states import IMPORT_LIFECYCLE, ImportState
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import CellError, Column, Row, read_sheet
from wolong.ground.people.models import Person

MOST_BYTES = 30 * 1024 * 1024
# The lock of imports that are of no area; an arbitrary number that nothing else in the house uses.
OF_NO_AREA = 0x726F7374


@dataclass(frozen=True, kw_only=True)
class Source:
    """How the sheets of one kind are read and written.

    `columns(area)`: what the sheet must look like. `rows_of(area, rows)`: typed rows. `compare(area, rows)`: what they would
    do. `write(...)`: does it. `standing(area)`: what stands now, as rows of the sheet (for a filled-in template).
    """

    kind: str
    title: Any
    columns: Callable[[Any], Sequence[Column]]
    rows_of: Callable[[Any, Sequence[Row]], Sequence[Any]]
    compare: Callable[[Any, Sequence[Any]], Comparison[Any]]
    write: Callable[..., None]
    standing: Callable[[Any], Any]
    is_of_area: bool = True
    after: Callable[[ImportJob], Any] = lambda _job: None


Tell = Callable[[ImportJob, str, int], None]
"""Shows how far an import is: its job (with `rows_total`), the stage, rows done."""


class ImportStep(Protocol):
    """Reading or writing, as the worker calls it."""

    def __call__(self, *, job: ImportJob, at: datetime, tell: Tell) -> ImportJob: ...


def say_nothing(_job: ImportJob, _stage: str, _done: int) -> None:
    """Nobody looks on: the person who asked waits for the answer."""


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """A room says how its sheets are read; the same kind again replaces the earlier one."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    return _sources[kind]


def kinds_of_import() -> list[str]:
    return list(_sources)


@transaction.atomic
def receive_import(
    *, kind: str, area: OfficeArea | None, data: bytes, file_name: str, by: Person, at: datetime
) -> ImportJob:
    """A file waits to be read; its bytes lie on disk before this returns.

    Announces `import_received`, so that the worker reads a large one. Refuses an empty file and one over 30 MB.
    """
    if not data:
        raise Refused(_("文件是空的。"))
    if len(data) > MOST_BYTES:
        raise Refused(_("表格文件超过 %(most)d MB,请分成几个文件导入。") % {"most": MOST_BYTES // 1024**2})
    source = source_of(kind)
    if source.is_of_area and area is None:
        raise Refused(_("请选办公区。"))
    job = ImportJob.objects.create(
        kind=source.kind,
        area=area if source.is_of_area else None,
        file_name=Path(file_name).name[:200] or _("未命名.xlsx"),
        sha256=_put(data),
        size=len(data),
        uploaded_by=by,
        uploaded_at=at,
    )
    import_received.send(sender=ImportJob, job=job, by=by, at=at)
    return job


def is_read_at_once(job: ImportJob) -> bool:
    """Whether the person may wait for it; a larger one is the worker's."""
    return is_small_file(job.size)


def is_written_at_once(job: ImportJob) -> bool:
    return is_small_sheet(job.rows_total)


def read_import(*, job: ImportJob, at: datetime, tell: Tell = say_nothing) -> ImportJob:
    """What the file would do is put on the job: counts, first rows, every fault. Reading it twice is harmless.

    Not one transaction: each stage shows at once, for whoever looks on.
    """
    begun = ImportJob.objects.filter(pk=job.pk, state__in=(ImportState.WAITING, ImportState.READING))
    if not begun.update(state=ImportState.READING, stage=_("读取表格"), rows_done=0):
        return ImportJob.objects.get(pk=job.pk)
    job = ImportJob.objects.select_related("area").get(pk=job.pk)
    try:
        comparison, faults, left_off = _look_at(job, tell)
    except Refused as refusal:
        job.state, job.sentence, job.finished_at = ImportState.REJECTED, refusal.sentence[:300], at
    else:
        job.counts = {**comparison.counts, "faults": len(faults) + left_off, "left_off": left_off}
        job.preview, job.faults = preview_of(comparison), kept(faults)
        job.rows_done = job.rows_total
        job.state = ImportState.REJECTED if faults else ImportState.READY
        job.finished_at = at if faults else None
    job.stage = ""
    told = ["state", "sentence", "finished_at", "counts", "preview", "faults", "rows_total", "rows_done", "stage"]
    job.save(update_fields=told)
    return job


@transaction.atomic
def confirm_import(*, job: ImportJob, by: Person, at: datetime) -> ImportJob:
    """Somebody who saw what a file would do agrees to it. Announces `import_confirmed`.

    Refuses a file with faults, one not read yet, and one that was confirmed before.
    """
    job = ImportJob.objects.select_for_update(of=("self",)).select_related("area").get(pk=job.pk)
    job.state = IMPORT_LIFECYCLE.step("confirm", job.state, sentence=_("这次导入现在不能确认。"))
    job.confirmed_by, job.confirmed_at, job.stage, job.rows_done = by, at, _("写入"), 0
    job.save(update_fields=["state", "confirmed_by", "confirmed_at", "stage", "rows_done"])
    import_confirmed.send(sender=ImportJob, job=job, by=by, at=at)
    return job


@transaction.atomic
def apply_import(*, job: ImportJob, at: datetime, tell: Tell = say_nothing) -> ImportJob:
    """A confirmed file is written as a whole or not at all; done a second time, it does nothing.

    The file is compared anew: whatever was changed since somebody looked counts. The area's lock lets one import through
    at a time; the job's own row stays free, so that `tell` can show progress from another connection.
    """
    _lock(job)
    job = ImportJob.objects.select_related("area", "confirmed_by").get(pk=job.pk)
    if job.state != ImportState.APPLYING or job.confirmed_by is None:
        return job
    source = source_of(job.kind)
    try:
        comparison, faults, left_off = _look_at(job, tell)
        if not faults:
            tell(job, _("写入"), job.rows_total * 2 // 3)
            source.write(area=job.area, comparison=comparison, sha256=job.sha256, by=job.confirmed_by, at=at)
    except Refused as refusal:
        job.state, job.sentence = ImportState.REJECTED, refusal.sentence[:300]
    else:
        job.counts = {**comparison.counts, "faults": len(faults) + left_off, "left_off": left_off}
        job.faults = kept(faults)
        job.state = ImportState.REJECTED if faults else ImportState.DONE
        job.rows_done = 0 if faults else job.rows_total
    job.stage, job.finished_at = "", at
    job.save(update_fields=["state", "sentence", "counts", "faults", "rows_done", "stage", "finished_at"])
    return job


def _lock(job: ImportJob) -> None:
    """One import of an area at a time; and one of those that are of no area."""
    if job.area_id is not None:
        OfficeArea.objects.select_for_update().get(pk=job.area_id)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OF_NO_AREA])


def rows_in(job: ImportJob) -> Sequence[Any]:
    """The rows of a job's file as its source reads them; empty where the file is gone. For what comes after an import."""
    source = source_of(job.kind)
    try:
        return source.rows_of(job.area, read_sheet(_take(job.sha256), source.columns(job.area)).rows)
    except Refused:
        return []


@transaction.atomic
def fail_import(*, job: ImportJob, sentence: str, at: datetime) -> None:
    """What went wrong without anybody's fault is said on the job; nothing of the file was written."""
    running = ImportJob.objects.filter(pk=job.pk, state__in=IMPORT_LIFECYCLE["fail"].sources)
    running.update(state=ImportState.FAILED, stage="", sentence=sentence[:300], finished_at=at)


def _look_at(job: ImportJob, tell: Tell) -> tuple[Comparison[Any], list[Fault], int]:
    """Read the file from disk and compare it with what stands; cells that can't be understood come first."""
    source = source_of(job.kind)
    sheet = read_sheet(_take(job.sha256), source.columns(job.area))
    numbers = {row.number for row in sheet.rows} | {error.row for error in sheet.errors if error.row > 1}
    job.rows_total = len(numbers)
    if not numbers and not sheet.errors:
        raise Refused(_("表里没有一行内容。"))
    tell(job, _("核对"), job.rows_total // 3)
    comparison = source.compare(job.area, source.rows_of(job.area, sheet.rows))
    faults = [_fault(error) for error in sheet.errors] + [
        # A row whose cells are wrong is not there to be a parent: only its own faults are of use.
        fault
        for fault in comparison.faults
        if not sheet.errors or fault.column != "上级编码"
    ]
    faults.sort(key=lambda fault: fault.line)
    return comparison, faults, sheet.errors_left_off


def _fault(error: CellError) -> Fault:
    return Fault(error.row, error.title, error.cell, error.sentence)


def _place_of(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / "imports" / f"{sha256}.xlsx"


def _put(data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place_of(sha256)
    if place.exists() and place.stat().st_size == len(data):
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{secrets.token_hex(8)}")
    with draft.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return sha256


def _take(sha256: str) -> bytes:
    try:
        data = _place_of(sha256).read_bytes()
    except OSError as error:
        raise Refused(_("上传的文件已不在服务器上，请重新上传。")) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refused(_("服务器上的文件已损坏，请重新上传。"))
    return data
