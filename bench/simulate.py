"""`make simulate`: a year of an area with planted failures, the compiled plan against a paper checklist with the same hours.

Prints one table, writes `var/simulation/` (figures as JSON, a picture as SVG). docs/simulation.md says what is modelled.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import psycopg

from bench.simulation.failures import assumptions
from bench.simulation.outcome import over_seeds
from bench.simulation.picture import picture
from bench.simulation.report import report
from wolong.entrance.supervisor.cluster import throwaway_cluster

ASSUMED = ROOT / "bench" / "simulate.toml"
OUT = ROOT / "var" / "simulation"
WORKERS = 2
WORKER = """
import django, json, sys
from pathlib import Path
django.setup()
from bench.simulation.area import build, setting
from bench.simulation.failures import assumptions
from bench.simulation.year import play
given = assumptions(Path(sys.argv[1]))
if sys.argv[2] == "build":
    build(given["run"]["year"])
else:
    here = setting(given["run"]["year"])
    for seed in sys.argv[2:]:
        print(json.dumps([int(seed), play(here, given, int(seed))]), flush=True)
"""


def _environment(url: str, home: str) -> dict[str, str]:
    return {
        **os.environ,
        "WOLONG_DATABASE_URL": url,
        "WOLONG_HOME": home,
        "WOLONG_POOL": "0",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }


def _run(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, *arguments]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE)


def _wait(process: subprocess.Popen[str]) -> str:
    out, _err = process.communicate()
    if process.returncode:
        raise SystemExit("the simulation failed; what went wrong stands above")
    return out


def simulate(assumed: Path, seeds: Sequence[int]) -> dict[str, Any]:
    """Every seed once, shared among workers that each have a copy of one database."""
    with throwaway_cluster() as cluster, tempfile.TemporaryDirectory() as home:
        url = cluster.url(user="postgres", database="area")
        with psycopg.connect(cluster.url(user="postgres", database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE area")
            migrate = "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
            subprocess.run([sys.executable, "-c", migrate], env=_environment(url, home), check=True)
            _wait(_run(_environment(url, home), str(assumed), "build"))
            waiting = []
            for number in range(min(WORKERS, len(seeds))):
                connection.execute(f"CREATE DATABASE worker{number} TEMPLATE area")
                own = cluster.url(user="postgres", database=f"worker{number}")
                mine = [str(seed) for seed in seeds[number::WORKERS]]
                waiting.append(_run(_environment(own, home), str(assumed), *mine))
            found = dict(json.loads(line) for one in waiting for line in _wait(one).splitlines())
    by_seed = {seed: found[seed] for seed in sorted(found)}
    sides = next(iter(by_seed.values()))
    return {"seeds": by_seed, "median": {name: over_seeds([one[name] for one in by_seed.values()]) for name in sides}}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assumptions", type=Path, default=ASSUMED, help="another file than bench/simulate.toml")
    parser.add_argument("--seeds", type=int, help="only so many of the file's seeds")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder for figures and picture")
    asked = parser.parse_args()
    given = assumptions(asked.assumptions)
    began = time.monotonic()
    found = simulate(asked.assumptions, given["run"]["seeds"][: asked.seeds])
    asked.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    (asked.out / "figures.json").write_text(text + "\n", encoding="utf-8")
    (asked.out / "picture.svg").write_text(picture(found["median"]), encoding="utf-8")
    print("\n".join(report(found)))
    print(f"{len(found['seeds'])} seeds in {time.monotonic() - began:.0f} s; figures and picture in {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
