"""The folder of bytes: each file under its SHA-256, written once, checked whenever it is read."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


class Damaged(Exception):
    """The bytes on disk are not those that were received, or are gone."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def place_of(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def put(data: bytes) -> str:
    """Keep bytes; when this returns they are on the disk itself. What is there already is never written again."""
    sha256 = digest(data)
    place = place_of(sha256)
    if place.exists() and place.stat().st_size == len(data) and digest(place.read_bytes()) == sha256:
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{sha256[:12]}.{secrets.token_hex(6)}")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o440)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    for folder in (place.parent, place.parent.parent):
        _sync(folder)
    return sha256


def take(sha256: str) -> bytes:
    """The bytes that were kept under this hash; raises Damaged where the disk no longer has exactly those."""
    try:
        data = place_of(sha256).read_bytes()
    except OSError as error:
        raise Damaged(f"{sha256}: {error}") from error
    if digest(data) != sha256:
        raise Damaged(f"{sha256}: the bytes on disk have another hash")
    return data


def _sync(folder: Path) -> None:
    # The name of a new file lives in its folder: without this a power cut can lose it.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
