"""Many files at once: reading is spread over the cores, in the order given."""

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from wolong.language.reading import read_bytes
from wolong.language.tree import Document

FEW_BYTES = 200_000  # below this, starting a process costs more than it saves


def read_many(files: Sequence[tuple[bytes, str]], *, jobs: int | None = None) -> list[Document]:
    """The documents of (bytes, name) pairs. `jobs` processes, by default one for each core; few files are read here and now."""
    wanted = min(jobs or len(os.sched_getaffinity(0)), len(files))
    if wanted < 2 or sum(len(data) for data, _name in files) < FEW_BYTES:
        return [_read(file) for file in files]
    # fork: what is imported already need not be imported again.
    with ProcessPoolExecutor(wanted, mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_read, files, chunksize=max(1, len(files) // (wanted * 4))))


def _read(file: tuple[bytes, str]) -> Document:
    data, name = file
    return read_bytes(data, file=name)
