"""One file that holds an installation: the database as `pg_dump` writes it, every stored file, and their hashes."""

import contextlib
import hashlib
import importlib.metadata
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import psycopg

from wolong.entrance.supervisor.cluster import bin_folder
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
# Everything is replaced in the transaction that restores it: a restore that fails leaves what was there.
EMPTY_DATABASE = b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"


def write_archive(places: Whereabouts, url: str, target: Path) -> dict[str, Any]:
    """Write database and files to `target`, which must not exist; answers the manifest.

    The database is dumped first: a stored file is never changed or removed, so each one that the dump names is there.
    """
    if target.exists():
        raise CannotStart(f"{target} 已存在，备份不会覆盖它。")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
        dump, archive = Path(folder) / DUMP, Path(folder) / "archive"
        _run([bin_folder() / "pg_dump", "--format=custom", "--no-owner", "--no-acl", "--no-comments", "-f", dump], url)
        files = sorted(path for path in (places.home / "files").rglob("*") if path.is_file())
        manifest = {
            "format": FORMAT,
            "version": importlib.metadata.version("wolong"),
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": _described(dump),
            "files": {str(path.relative_to(places.home)): _described(path) for path in files},
        }
        with tarfile.open(archive, "w") as tar:
            text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(text)
            tar.addfile(head, io.BytesIO(text))
            tar.add(dump, DUMP)
            for path in files:
                tar.add(path, str(path.relative_to(places.home)))
        archive.chmod(0o600)
        archive.rename(target)
    return manifest


def read_archive(places: Whereabouts, url: str, source: Path, *, overwrite: bool = False) -> dict[str, Any]:
    """Restore database and files; a home that holds something is refused unless `overwrite`."""
    files = places.home / "files"
    if not overwrite and (_has_tables(url) or (files.exists() and any(files.iterdir()))):
        raise CannotStart(f"{places.home} 里已有数据。确要用备份替换它，请加 --overwrite。")
    with _unpacked(source, places.home) as (folder, manifest):
        _load(folder / DUMP, url)
        if files.exists() and any(files.iterdir()):
            files.rename(files.with_name(f"files.replaced-{datetime.now(UTC):%Y%m%d%H%M%S}"))
        elif files.exists():
            files.rmdir()
        unpacked = folder / "files"
        unpacked.mkdir(exist_ok=True)
        unpacked.chmod(0o700)
        unpacked.rename(files)
    return manifest


@contextlib.contextmanager
def _unpacked(source: Path, home: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The contents of an archive in a folder of the home, each proved by its hash before anything is touched."""
    folder = Path(tempfile.mkdtemp(dir=home, prefix="restore-"))
    try:
        try:
            with tarfile.open(source) as tar:
                tar.extractall(folder, filter="data")
            manifest = json.loads((folder / MANIFEST).read_text())
        except (tarfile.TarError, OSError, ValueError) as broken:
            raise CannotStart(f"{source} 不是完整的卧龙备份：{broken}") from broken
        if manifest.get("format") != FORMAT:
            raise CannotStart(f"{source} 的备份格式是 {manifest.get('format')}，这一版只认 {FORMAT}。")
        for name, described in [(DUMP, manifest["database"]), *manifest["files"].items()]:
            if not (folder / name).is_file() or _described(folder / name) != described:
                raise CannotStart(f"备份已损坏：{name} 缺失或与校验值不符。没有改动任何数据。")
        yield folder, manifest
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _load(dump: Path, url: str) -> None:
    script = _run([bin_folder() / "pg_restore", "--no-owner", "--no-acl", "--file=-", dump])
    address, environment = _apart(url)
    command = [bin_folder() / "psql", "--no-psqlrc", "--quiet", "--single-transaction", "-v", "ON_ERROR_STOP=1"]
    loaded = subprocess.run(
        [*command, "--output", os.devnull, "--dbname", address],
        input=EMPTY_DATABASE + script,
        env=environment,
        capture_output=True,
        check=False,
    )
    if loaded.returncode:
        raise CannotStart(f"恢复数据库失败，数据没有改动：{loaded.stderr.decode(errors='replace').strip()}")


def _run(command: list[Any], url: str | None = None) -> bytes:
    address, environment = _apart(url) if url else (None, None)
    whole = [*map(str, command), *(("--dbname", address) if address else ())]
    ran = subprocess.run(whole, env=environment, capture_output=True, check=False)
    if ran.returncode:
        raise CannotStart(f"{Path(command[0]).name} 失败：{ran.stderr.decode(errors='replace').strip()}")
    return ran.stdout


def _apart(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which others on the machine could read, and an environment that holds it."""
    password = urlsplit(url).password
    if not password:
        return url, {**os.environ}
    return url.replace(f":{password}@", "@", 1), {**os.environ, "PGPASSWORD": unquote(password)}


def _has_tables(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public')").fetchone()
    return bool(found and found[0])


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"sha256": _digest(file), "bytes": path.stat().st_size}


def _digest(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
