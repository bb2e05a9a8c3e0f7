"""Real processes on a real cluster: whatever is killed comes back, and nothing is lost or left behind."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.entrance.installation import Installation, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installation(open_folder: Path) -> Iterator[Installation]:
    """One for the whole module, in a path with a space and Chinese characters; each test leaves it running."""
    found = Installation(open_folder / "某 目录" / "卧龙 之家")
    found.start()
    with found.connect() as connection:
        connection.execute("CREATE TABLE acknowledged (line text)")
    yield found
    if found.process.poll() is None:
        found.end(signal.SIGTERM)
    assert found.processes() == []


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_child_is_started_again(installation: Installation, name: str) -> None:
    installation.kill(name)
    wait_for(installation.answers)
    wait_for(lambda: f"{name} 已恢复" in installation.output)
    assert installation.process.poll() is None


def test_a_killed_database_is_started_again_and_keeps_what_it_acknowledged(installation: Installation) -> None:
    with installation.connect() as connection:
        connection.execute("INSERT INTO acknowledged VALUES ('一句已经确认的话')")
    before = installation.count("acknowledged")
    installation.kill("postgres")
    assert installation.count("acknowledged") == before
    wait_for(installation.answers)
    assert installation.pid("worker") is not None


def test_a_job_is_done_after_its_worker_and_the_database_were_killed(installation: Installation) -> None:
    done = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded' AND args->>'timestamp' = '0'"
    for number, victim in enumerate((None, "worker", "postgres"), start=1):
        if victim:
            installation.kill(victim)
        with installation.connect() as connection:
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES"
                " ('default', 'wolong.entrance.tasks.retry_stalled_jobs', '{\"timestamp\": 0}')"
            )
            wait_for(lambda c=connection, n=number: c.execute(done).fetchone()[0] == n)
    assert installation.pid("worker") is not None


def test_a_second_starter_is_refused(installation: Installation) -> None:
    second = installation.wolong("up")
    assert second.returncode == 1
    assert "已经在" in second.stderr
    assert installation.answers()


def test_after_the_supervisor_was_killed_a_start_takes_over(installation: Installation) -> None:
    before = installation.count("acknowledged")
    installation.end(signal.SIGKILL)
    installation.start()
    assert installation.count("acknowledged") == before
    wait_for(installation.answers)


def test_after_supervisor_and_web_were_killed_together_the_port_is_free_again(installation: Installation) -> None:
    web = installation.pid("web")
    os.kill(installation.process.pid, signal.SIGSTOP)
    os.kill(web, signal.SIGKILL)
    installation.end(signal.SIGKILL)
    installation.start()
    wait_for(installation.answers)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_clean(installation: Installation, how: signal.Signals) -> None:
    assert installation.end(how) == 0
    assert installation.processes() == []
    assert "已停止" in installation.output
    assert not (installation.home / "children.json").exists()
    log = (installation.home / "log" / "postgres.log").read_text().splitlines()
    assert any("database system is shut down" in line for line in log[-3:])
    installation.start()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    refused = Installation(tmp_path / "home")
    with socket.socket() as other:
        other.bind(("127.0.0.1", refused.port))
        other.listen()
        answer = refused.wolong("up")
    assert answer.returncode == 1
    assert "WOLONG_PORT" in answer.stderr
    assert str(refused.port) in answer.stderr
    assert refused.processes() == []


def test_a_demo_is_not_opened_to_the_network_by_accident(tmp_path: Path) -> None:
    answer = Installation(tmp_path / "home").wolong("up", WOLONG_DEMO="1", WOLONG_HOST="0.0.0.0")
    assert answer.returncode == 1
    assert "--demo-on-network" in answer.stderr
