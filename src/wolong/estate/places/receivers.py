"""When a sheet comes in that is too large to wait for, the worker takes it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from wolong.estate.places import actions, tasks
from wolong.estate.places.models import ImportJob
from wolong.estate.places.signals import import_confirmed, import_received


@receiver(import_received, dispatch_uid="places.import_received")
def read_later(sender: type[ImportJob], *, job: ImportJob, **_kwargs: Any) -> None:
    del sender
    if not actions.is_read_at_once(job):
        transaction.on_commit(partial(tasks.read_import.defer, job_id=job.pk))


@receiver(import_confirmed, dispatch_uid="places.import_confirmed")
def write_later(sender: type[ImportJob], *, job: ImportJob, **_kwargs: Any) -> None:
    del sender
    if not actions.is_written_at_once(job):
        transaction.on_commit(partial(tasks.apply_import.defer, job_id=job.pk))
