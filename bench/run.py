"""`make bench`: pages as ratios to floors measured in the same run on the same server and database; sizes; times;
how fast standards are read and linted.

Prints one table per data size, then single figures with their budgets; exits 1 when a budget is broken.
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import language
from bench.load import measure
from wolong.entrance.supervisor.cluster import throwaway_cluster
from wolong.entrance.supervisor.doors import WEB_ENVIRONMENT, Door, granian_command

PORT = int(os.environ.get("WOLONG_BENCH_PORT", "8199"))
MANY = 50_000
LIST_RATIO, DETAIL_RATIO, TAIL_RATIO = 4.0, 5.0, 2.0
WORKER_MB, MIGRATE_S, COMPILE_S, PIECES = 150.0, 30.0, 10.0, 5000
IMPORT_S, ROWS, PEOPLE = 30.0, 20_000, 5_000
SETTLE_S, OBSERVATIONS = 10.0, 200_000
REPORT_RATIO, PAPER_S, OF_EACH_AREA = 4.0, 3.0, 20_000


@dataclass(frozen=True)
class Page:
    """`floor` names the floor that the page is held against; None has no ratio (home is bound by its queries)."""

    name: str
    path: str
    floor: str | None
    ratio: float = 0.0


def _environment(url: str, home: str) -> dict[str, str]:
    return {
        **os.environ,
        "WOLONG_DATABASE_URL": url,
        "WOLONG_HOME": home,
        "WOLONG_DEMO": "1",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }


def _inside(code: str, environment: dict[str, str]) -> str:
    """Run a few lines with Django ready; what they print."""
    program = f"import django; django.setup()\n{code}"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


@contextlib.contextmanager
def _server(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = granian_command(sys.executable, Door(port=PORT), "bench.wsgi:application")
    with subprocess.Popen(command, env={**environment, **WEB_ENVIRONMENT}, cwd=ROOT) as process:
        try:
            _wait_until_answered()
            yield process
        finally:
            process.terminate()


def _wait_until_answered() -> None:
    """Both workers load the whole system; on a busy machine that takes a while."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=1):
            return
        time.sleep(0.2)
    raise SystemExit(f"nobody answers on port {PORT}")


def _pss_mb(process: subprocess.Popen[bytes]) -> list[float]:
    """Proportional memory of each worker (a child of the server), in MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = []
    for child in children:
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        found.append(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024)
    return [size for size in found if size > 20]


def _pages(environment: dict[str, str]) -> tuple[str, list[Page]]:
    """The section head's session, and the addresses to measure."""
    found = json.loads(_inside(_ASK, environment))
    finding = found["finding"]
    return found["cookie"], [
        Page("floor: list", "/floor/list/", None),
        Page("floor: detail", f"/floor/detail/{finding}/", None),
        Page("home", "/", None),
        Page("finding list", "/findings/?tab=all", "floor: list", LIST_RATIO),
        Page("REST findings", "/api/findings/?limit=50", "floor: list", LIST_RATIO),
        Page("order page", found["order"], "floor: detail", DETAIL_RATIO),
        Page("clause page", found["clause"], "floor: detail", DETAIL_RATIO),
        Page("finding page", found["finding_page"], "floor: detail", DETAIL_RATIO),
        Page("appraisal list", "/appraisal/", "floor: list", LIST_RATIO),
        Page("appraisal sheet", found["sheet"], "floor: detail", DETAIL_RATIO),
        Page("analysis list", "/analysis/", "floor: list", LIST_RATIO),
        Page("report page", found["report"], "floor: detail", DETAIL_RATIO),
        Page("proposal list", "/standards/proposals/", "floor: list", LIST_RATIO),
        Page("proposal page", found["proposal"], "floor: detail", DETAIL_RATIO),
        Page("notice list", "/notices/", "floor: list", LIST_RATIO),
        Page("notice page", found["notice"], "floor: detail", DETAIL_RATIO),
        Page("public pages", "/public/", "floor: list", LIST_RATIO),
    ]


_ASK = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from wolong.ground.people.models import Person
from wolong.loop.analysis.models import Report
from wolong.loop.appraisal.models import Sheet
from wolong.loop.findings.models import Finding
from wolong.loop.notices.models import Notice
from wolong.loop.rectification.models import Order
from wolong.norms.standards.models import Proposal
person = Person.objects.get(account="lizhuguan")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.save()
order = Order.objects.filter(area__code="WLS", supervisor=person.organization, answers__isnull=False).latest("pk")
print(json.dumps({"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}", "order": order.get_absolute_url(),
    "clause": order.finding.requirement.clause.get_absolute_url(),
    "finding": Finding.objects.latest("pk").pk,
    "finding_page": order.finding.get_absolute_url(),
    "sheet": Sheet.objects.filter(period__area__code="WLS").latest("pk").get_absolute_url(),
    "report": Report.objects.latest("pk").get_absolute_url(),
    "proposal": Proposal.objects.latest("pk").get_absolute_url(),
    "notice": Notice.objects.latest("pk").get_absolute_url()}))
"""


def _table(title: str, environment: dict[str, str], shorter: float) -> tuple[list[str], list[float]]:
    """Measure every page at one data size; the broken budgets, and the workers' memory."""
    cookie, pages = _pages(environment)
    print(f"\n{title}\n{'page':<16}{'p50 ms':>9}{'p95 ms':>9}{'req/s':>9}{'x floor':>9}{'p95/p50':>9}  budget")
    broken = []
    with _server(environment) as server:
        rounds = measure(PORT, [page.path for page in pages], cookie, shorter=shorter)
        sizes = _pss_mb(server)
    at = {page.name: number for number, page in enumerate(pages)}
    for number, page in enumerate(pages):
        of_page = [one[number] for one in rounds]
        p50, p95, rate = (median(getattr(one, name) for one in of_page) for name in ("p50_ms", "p95_ms", "per_second"))
        tail = median(one.p95_ms / one.p50_ms for one in of_page)
        ratio = median(one[number].p50_ms / one[at[page.floor]].p50_ms for one in rounds) if page.floor else None
        print(
            f"{page.name:<16}{p50:>9.1f}{p95:>9.1f}{rate:>9.0f}"
            f"{f'{ratio:.2f}' if ratio else '':>9}{tail:>9.2f}  {f'<= {page.ratio:g} x' if page.floor else ''}",
            flush=True,
        )
        if ratio and ratio > page.ratio:
            broken.append(f"{title}: {page.name} is {ratio:.2f} x its floor, budget {page.ratio:g}")
        if tail > TAIL_RATIO and not page.name.startswith("floor"):
            broken.append(f"{title}: {page.name} p95 is {tail:.2f} x p50, budget {TAIL_RATIO:g}")
    return broken, sizes


def _timed(what: str, seconds: float, budget: float, slower: float) -> list[str]:
    """Print how long something took; the budget, which stretches with a slower machine, if it is broken."""
    allowed = budget * max(slower, 1.0)
    stretched = f", here {allowed:.1f}" if allowed > budget else ""
    print(f"{what}: {seconds:.1f} s (budget {budget:g}{stretched})", flush=True)
    return [f"{what} took {seconds:.1f} s, budget {allowed:.1f}"] if seconds > allowed else []


def _volumes(environment: dict[str, str], shorter: float, slower: float) -> list[str]:
    """A quarter with very many observations, and the half-year report of a full area against that of an empty one."""
    broken = []
    ask = f"from bench.volume import settle_large_period; import json; print(json.dumps(settle_large_period({OBSERVATIONS})))"
    for verb, seconds in zip(("presenting", "closing"), json.loads(_inside(ask, environment)), strict=True):
        broken += _timed(f"{verb} a period of {OBSERVATIONS:,} observations", seconds, SETTLE_S, slower)
    ask = f"from bench.volume import add_areas; import json; print(json.dumps(add_areas({OF_EACH_AREA})))"
    full, empty = json.loads(_inside(ask, environment))
    cookie, _pages_too = _pages(environment)
    with _server(environment):
        rounds = measure(PORT, [f"/analysis/{pk}/" for pk in (full, empty)], cookie, shorter=shorter)
    slow = median(of_full.p50_ms for of_full, _of_empty in rounds)
    ratio = median(of_full.p50_ms / of_empty.p50_ms for of_full, of_empty in rounds)
    print(f"report page, three years of ten areas: {slow:.1f} ms, {ratio:.2f} x an empty one (budget {REPORT_RATIO:g})")
    if ratio > REPORT_RATIO:
        broken.append(f"the report page is {ratio:.2f} x an empty one")
    ask = f"from bench.volume import paper_seconds; print(paper_seconds({full}))"
    return broken + _timed("its PDF", float(_inside(ask, environment)), PAPER_S, slower)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fifth of the time, for a look; not for quoting")
    is_quick = parser.parse_args().quick
    shorter = 0.2 if is_quick else 1.0
    broken, slower = language.report(quick=is_quick)
    with throwaway_cluster() as cluster, tempfile.TemporaryDirectory() as home:
        environment = _environment(cluster.url(user="postgres", database="postgres"), home)
        started = time.monotonic()
        _inside("from django.core.management import call_command; call_command('migrate', verbosity=0)", environment)
        migrate_s = time.monotonic() - started
        _inside(
            "from django.core.management import call_command; call_command('collectstatic', interactive=False, verbosity=0)",
            environment,
        )
        started = time.monotonic()
        _inside("from wolong.entrance.demo.story import load; load()", environment)
        print(f"demo story: {time.monotonic() - started:.1f} s")
        broken += _timed("first migrate", migrate_s, MIGRATE_S, slower)
        broken += _table("demo data", environment, shorter)[0]
        _inside(f"from bench.fill import add_findings; print(add_findings({MANY}))", environment)
        _inside("from django.db import connection as c; c.cursor().execute('ANALYZE')", environment)
        more, sizes = _table(f"{MANY:,} findings", environment, shorter)
        broken += more
        print(
            "\nmemory of the workers (PSS, MB):", ", ".join(f"{size:.0f}" for size in sizes), f"(budget {WORKER_MB:g})"
        )
        broken += [f"a worker holds {size:.0f} MB" for size in sizes if size > WORKER_MB]
        for what, call, budget in (
            (f"compile of a month for {PIECES:,} pieces of equipment", f"compile_large_area({PIECES})", COMPILE_S),
            (f"import of {ROWS:,} rows, their duties and the month", f"import_large_sheet({ROWS})", IMPORT_S),
            (f"import of {PEOPLE:,} people with their roles", f"bring_people({PEOPLE})", IMPORT_S),
        ):
            name = call.partition("(")[0]
            took = float(_inside(f"from bench.fill import {name}; print({call})", environment))
            broken += _timed(what, took, budget, slower)
        broken += _volumes(environment, shorter, slower)
    for line in broken:
        print("over budget:", line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
