"""What the worker does by itself."""

from procrastinate.contrib.django import app

SECONDS_WITHOUT_HEARTBEAT = 30


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - the scheduler names its minute
    """Take up again the jobs whose worker was killed: what was promised is done, tasks are idempotent."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT):
        await app.job_manager.retry_job(job)
