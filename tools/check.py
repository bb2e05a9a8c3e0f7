"""The fast half of the tests: format, types, the ladder, the house and the rules; nothing here needs a database."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STRICT_FILES = ("rules", "states", "queries", "actions")
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/no_database"


def strict_paths() -> list[str]:
    """What mypy reads strictly: the language, and the rules, states, queries and actions of every room."""
    source = ROOT / "src" / "wolong"
    found = [source / "language"] if (source / "language").exists() else []
    for name in STRICT_FILES:
        found += [*source.glob(f"*/*/{name}.py"), *source.glob(f"*/*/{name}/")]
    return [str(path.relative_to(ROOT)) for path in sorted(found)]


def quick_tests() -> list[str]:
    tests = ROOT / "tests"
    found = [folder for folder in (tests / "house", tests / "language") if folder.exists()]
    for name in ("rules", "states"):
        found += [*tests.glob(f"*/*/test_{name}*.py"), *tests.glob(f"*/*/{name}/")]
    return [str(path.relative_to(ROOT)) for path in sorted(found)]


def steps(*, tests: bool) -> Iterator[tuple[str, list[str]]]:
    python = [sys.executable, "-m"]
    yield "ruff", [*python, "ruff", "check", "--quiet", "."]
    yield "格式", [*python, "ruff", "format", "--check", "--quiet", "."]
    without_database = ["-n", "2", "-m", "not slow and not django_db and not journey"]
    if tests:
        yield "规则与房屋", [*python, "pytest", *without_database, *quick_tests()]
    yield "类型", [*python, "mypy", *strict_paths()]
    if (ROOT / ".importlinter").exists():
        yield "梯级", [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-tests", action="store_true", help="for whoever runs all tests anyway")
    with_tests = not parser.parse_args().without_tests
    began = time.monotonic()
    environment = {**os.environ, "WOLONG_DATABASE_URL": NO_DATABASE, "WOLONG_EXAMPLES": "quick"}
    failed = []
    for name, command in steps(tests=with_tests):
        start = time.monotonic()
        ran = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        print(f"{'✗' if ran.returncode else '✓'} {name}  {time.monotonic() - start:.1f} 秒", flush=True)
        if ran.returncode:
            failed.append(name)
            print(ran.stdout + ran.stderr, flush=True)
    print(f"共 {time.monotonic() - began:.0f} 秒" + (f",未通过：{'、'.join(failed)}" if failed else ",全部通过"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
