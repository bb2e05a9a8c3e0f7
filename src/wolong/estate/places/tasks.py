"""Large sheets are read and written by the worker."""

from procrastinate.contrib.django import app

from wolong.estate.places import actions
from wolong.estate.places.models import ImportJob
from wolong.ground.workdays.queries import now

UNFINISHED = "系统在处理时出错,什么都没有写入。请再试一次;仍不行请联系系统管理员。"


@app.task(name="places.read_import")
def read_import(job_id: int) -> None:
    """Read a file that waits; once read, a second time does nothing."""
    _do(job_id, actions.read_import)


@app.task(name="places.apply_import")
def apply_import(job_id: int) -> None:
    """Write a file that was confirmed; once written, a second time does nothing."""
    _do(job_id, actions.apply_import)


def _do(job_id: int, action: "actions.ImportStep") -> None:
    job = ImportJob.objects.get(pk=job_id)
    try:
        action(job=job, at=now())
    except Exception:
        # Whoever waits for it reads that it failed; the worker's log says why.
        actions.fail_import(job=job, sentence=UNFINISHED, at=now())
        raise
