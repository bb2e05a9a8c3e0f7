"""A load on one address of this machine: latency at one connection, requests per second at eight."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass

WARM_UP_S, MEASURE_S, ROUNDS = 5.0, 20.0, 3


@dataclass(frozen=True)
class Figures:
    """Latencies in milliseconds at one connection; requests per second at eight. Each the median of the rounds."""

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


def measure(port: int, path: str, cookie: str, *, shorter: float = 1.0) -> Figures:
    """Warm up, then measure three times; `shorter` scales the times down for a quick look."""
    headers = {"Cookie": cookie, "Host": f"127.0.0.1:{port}"}
    _for(WARM_UP_S * shorter, port, path, headers)
    p50s, p95s, rates = [], [], []
    for _ in range(ROUNDS):
        times = sorted(_for(MEASURE_S * shorter / 2, port, path, headers))
        p50s.append(statistics.median(times))
        p95s.append(times[int(len(times) * 0.95)])
        rates.append(_eight(MEASURE_S * shorter / 2, port, path, headers))
    return Figures(statistics.median(p50s), statistics.median(p95s), statistics.median(rates))
