"""A load on one address of this machine: latency at one connection, requests per second at eight."""

import http.client
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

WARM_UP_S, MEASURE_S, ROUNDS = 5.0, 20.0, 3


@dataclass(frozen=True)
class Figures:
    """Latencies in milliseconds at one connection; requests per second at eight."""

    p50_ms: float
    p95_ms: float
    per_second: float


def _ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    started = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
    return (time.perf_counter() - started) * 1000


def _for(seconds: float, port: int, path: str, headers: dict[str, str]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.perf_counter() + seconds
    found = []
    while time.perf_counter() < until:
        found.append(_ask(connection, path, headers))
    connection.close()
    return found


def _eight(seconds: float, port: int, path: str, headers: dict[str, str]) -> float:
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(len(_for(seconds, port, path, headers)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < len(threads):
        raise SystemExit(f"{path} failed under load")
    return sum(counts) / seconds


def measure(port: int, paths: Sequence[str], cookie: str, *, shorter: float = 1.0) -> list[list[Figures]]:
    """Warm up, then measure every address three times, one after the other and round by round; the figures of each round.

    A busier minute of the machine so falls on a page and its floor alike. `shorter` scales the times down for a quick look.
    """
    headers = {"Cookie": cookie, "Host": f"127.0.0.1:{port}"}
    for path in paths:
        _for(WARM_UP_S * shorter, port, path, headers)
    return [[_once(port, path, headers, MEASURE_S * shorter / 2) for path in paths] for _ in range(ROUNDS)]


def _once(port: int, path: str, headers: dict[str, str], seconds: float) -> Figures:
    times = sorted(_for(seconds, port, path, headers))
    return Figures(statistics.median(times), times[int(len(times) * 0.95)], _eight(seconds, port, path, headers))
