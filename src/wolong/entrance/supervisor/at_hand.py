"""The database for one command: the running one, or our cluster started for as long as the command takes."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from typing import IO

from wolong.entrance.supervisor.cluster import cluster_of
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts


def is_supervised(places: Whereabouts) -> bool:
    """Whether a supervisor holds this home."""
    try:
        with holding(places):
            return False
    except CannotStart:
        return True


@contextlib.contextmanager
def holding(places: Whereabouts) -> Iterator[IO[str]]:
    """Hold the home alone. The kernel lets go when the holder dies, however it dies."""
    places.home.mkdir(parents=True, exist_ok=True)
    with places.lock_file.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            file.seek(0)
            who = file.read().strip()
            by = f"({who})" if who else ""
            raise CannotStart(f"卧龙已经在 {places.home} 运行{by}，不能再启动一个。") from taken
        file.truncate(0)
        file.write(f"进程 {os.getpid()}")
        file.flush()
        yield file
        file.truncate(0)


@contextlib.contextmanager
def database_at_hand(places: Whereabouts, *, alone: bool = False) -> Iterator[str]:
    """The address of a database that answers, also put into the environment for Django to read.

    `alone` refuses a home that is running.
    """
    embedded = not os.environ.get("WOLONG_DATABASE_URL")
    with contextlib.ExitStack() as stack:
        if alone or (embedded and not is_supervised(places)):
            stack.enter_context(holding(places))
            if embedded:
                stack.enter_context(_started(places))
        url = places.database_url
        os.environ["WOLONG_DATABASE_URL"] = url
        yield url


@contextlib.contextmanager
def _started(places: Whereabouts) -> Iterator[None]:
    cluster, _ = cluster_of(places)
    cluster.make()
    places.log_folder.mkdir(exist_ok=True)
    child = cluster.child(log=places.log_folder / "postgres.log")
    try:
        cluster.start(child)
        cluster.make_database()
        yield
    finally:
        child.stop()
        cluster.leave()
