"""Large sheets are read and written by the worker."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from wolong.estate.places import actions
from wolong.estate.places.models import ImportJob
from wolong.ground.workdays.queries import now

UNFINISHED = gettext_lazy("系统在处理时出错，什么都没有写入。请再试一次；仍不行请联系系统管理员。")


@app.task(name="places.read_import")
def read_import(job_id: int) -> None:
    """Read a file that waits; once read, a second time does nothing."""
    _do(job_id, actions.read_import)


@app.task(name="places.apply_import")
def apply_import(job_id: int) -> None:
    """Write a file that was confirmed; once written, a second time does nothing."""
    _do(job_id, actions.apply_import)


def _do(job_id: int, action: actions.ImportStep) -> None:
    job = ImportJob.objects.get(pk=job_id)
    try:
        with _progress() as tell:
            action(job=job, at=now(), tell=tell)
    except Exception:
        # Whoever waits for it reads that it failed; the worker's log says why.
        actions.fail_import(job=job, sentence=str(UNFINISHED), at=now())
        raise


@contextmanager
def _progress() -> Iterator[actions.Tell]:
    """Progress is written over a connection of its own: what a transaction has not ended yet, nobody else would see."""
    own = connections["default"].copy()
    table = own.ops.quote_name(ImportJob._meta.db_table)  # noqa: SLF001
    statement = f"UPDATE {table} SET stage = %s, rows_done = %s, rows_total = %s WHERE id = %s"  # noqa: S608 - own table

    def tell(job: ImportJob, stage: str, done: int) -> None:
        with own.cursor() as cursor:
            cursor.execute(statement, [stage, done, job.rows_total, job.pk])

    try:
        yield tell
    finally:
        own.close()
