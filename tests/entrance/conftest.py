"""Folders for real installations."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that the database's own user may pass through; pytest closes its own to all but their owner."""
    folder = Path(tempfile.mkdtemp(prefix="wolong-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
