"""What the worker does by itself."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from wolong.entrance.tasks import retry_stalled_jobs

DEAD_WORKER = (
    "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id"
)
ITS_JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
    " VALUES ('default', 'some.task', 'doing', %s) RETURNING id"
)


async def _run_once() -> None:
    await retry_stalled_jobs.func(0)
    await sync_to_async(connections.close_all)()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("silent_for", "status"), [(120, "todo"), (5, "doing")])
def test_a_job_whose_worker_fell_silent_is_taken_up_again(silent_for: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DEAD_WORKER, [silent_for])
        cursor.execute(ITS_JOB, [cursor.fetchone()[0]])
        job = cursor.fetchone()[0]
    # A browser test before this one may have left its event loop in this thread: a thread of its own has none.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_run_once())).result()
    assert ProcrastinateJob.objects.get(pk=job).status == status
