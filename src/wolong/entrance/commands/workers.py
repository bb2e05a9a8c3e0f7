"""The worker: one job of the house at a time, and beside it whatever leaves the house."""

import asyncio
import contextlib
import signal

from procrastinate.contrib.django import app

from wolong.loop.subscriptions.tasks import QUEUE

HOUSE = "default"
# How many other systems may keep us waiting at once; each takes its turn alone, and ten seconds at most.
FOREIGN_AT_ONCE = 6
SECONDS_TO_FINISH = 12.0


def run_workers() -> None:
    """Until SIGTERM or SIGINT; jobs under way are finished."""
    # Django's connector defers jobs; a worker listens over one of its own.
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        asyncio.run(_both())


async def _both() -> None:
    async with app.open_async():
        workers = asyncio.gather(
            app.run_worker_async(queues=[HOUSE], name="house", install_signal_handlers=False),
            app.run_worker_async(
                queues=[QUEUE],
                name="subscriptions",
                concurrency=FOREIGN_AT_ONCE,
                delete_jobs="successful",  # one every ten seconds: the log of deliveries tells more than they do
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
                install_signal_handlers=False,
            ),
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, workers.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await workers
