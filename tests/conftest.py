"""What every test stands on: a database, an empty home, plain static files, a browser, and no network."""

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import settings as hypothesis_settings

from tests.databases import forget_the_story
from tools.browser import BROWSERS, missing_for_journeys
from wolong.entrance.supervisor.cluster import throwaway_cluster

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


# A busy machine makes no rule wrong; `make check` looks at fewer examples.
hypothesis_settings.register_profile("thorough", deadline=None)
hypothesis_settings.register_profile("quick", deadline=None, max_examples=20)
hypothesis_settings.load_profile(os.environ.get("WOLONG_EXAMPLES", "thorough"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Prepare the environment before Django reads it; worker processes inherit what their controller prepared."""
    if not hasattr(config, "workerinput"):
        for name in (
            "WOLONG_DEMO",
            "WOLONG_HOST",
            "WOLONG_PORT",
            "WOLONG_HTTPS",
            "WOLONG_POOL",
            "WOLONG_ALLOWED_HOSTS",
        ):
            os.environ.pop(name, None)  # an operator's settings are none of the tests' business
        home = Path(tempfile.mkdtemp(prefix="wolong-test-"))
        config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
        (home / "static").mkdir()
        os.environ["WOLONG_HOME"] = str(home)
        _find_database(config)
        config.add_cleanup(forget_the_story)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wolong.entrance.settings"
    # Playwright keeps an event loop in the thread of the test; Django would refuse to ask the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Argon2 is slow on purpose; a test about it names its own hashers.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: begun last, one of them would keep a worker busy long after the other is done."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("journey")}
    items.sort(key=lambda item: item.path not in slow)


def _find_database(config: pytest.Config) -> None:
    """The database that WOLONG_DATABASE_URL names, else a cluster of our own for as long as the tests run."""
    if "WOLONG_DATABASE_URL" in os.environ or config.option.collectonly:
        return
    stack = contextlib.ExitStack()
    cluster = stack.enter_context(throwaway_cluster())
    config.add_cleanup(stack.close)
    os.environ["WOLONG_DATABASE_URL"] = cluster.url(user="postgres", database="postgres")


def _is_on_this_machine(address: Any) -> bool:
    if not isinstance(address, tuple):  # a unix socket
        return True
    host = str(address[0])
    return host in {"localhost", "::1", ""} or host.startswith("127.")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the database be emptied between tests, and dropped at the end.

    Of the refusals of the ledger and of scores only that of TRUNCATE stands in the way; a thread of a race that ends late must not either.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("entry", "seal", "epoch", "verification"):
            cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER ledger_{table}_whole")
        cursor.execute("ALTER TABLE appraisal_score DISABLE TRIGGER appraisal_score_whole")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that needs another machine is not a test: refuse every connection beyond this one."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        if not _is_on_this_machine(address):
            pytest.fail(f"a test tried to reach {address}: tests have no network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium of this machine; without it the journeys fail and say so, they are never passed over."""
    missing = missing_for_journeys()
    if missing:
        pytest.fail(f"缺少 {'、'.join(missing)},浏览器旅程没有运行。请以 root 执行:apt-get install {' '.join(missing)}")
    path = os.environ.get("WOLONG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    own = {"executable_path": path} if path else {}  # else the one that playwright fetched
    return {**browser_type_launch_args, **own, "args": BROWSER_FLAGS}
