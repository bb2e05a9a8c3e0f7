"""Many files at once: reading and linting are spread over the cores, in the order given."""

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from wolong.language.linting import lint
from wolong.language.reading import read_bytes
from wolong.language.tree import Diagnostic, Document

FEW_BYTES = 200_000  # below this, starting a process costs more than it saves
# What is imported, and laid down, already need not be had again; where there is no fork, one process does it all.
_CAN_FORK = "fork" in multiprocessing.get_all_start_methods()
_laid: tuple[Sequence[Document], dict[str, Any]] = ((), {})


def read_many(files: Sequence[tuple[bytes, str]], *, jobs: int | None = None) -> list[Document]:
    """The documents of (bytes, name) pairs. `jobs` processes, by default one for each core; few files are read here and now."""
    wanted = _wanted(len(files), sum(len(data) for data, _name in files), jobs)
    if wanted < 2:
        return [_read(file) for file in files]
    with ProcessPoolExecutor(wanted, mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_read, files, chunksize=max(1, len(files) // (wanted * 4))))


def lint_many(documents: Sequence[Document], *, jobs: int | None = None, **asked: Any) -> list[Diagnostic]:
    """What `lint` finds, each process judging its share of the documents beside all of them."""
    wanted = _wanted(len(documents), sum(len(one.source) for one in documents), jobs)
    if wanted < 2:
        return lint(documents, **asked)
    shares = [slice(at, None, wanted) for at in range(wanted)]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(wanted, mp_context=fork, initializer=_lay, initargs=(documents, asked)) as pool:
        found = [one for some in pool.map(_judge, shares) for one in some]
    return sorted(found, key=lambda one: one.sort_key)


def _wanted(count: int, size: int, jobs: int | None) -> int:
    return min(jobs or _cores(), count) if _CAN_FORK and size >= FEW_BYTES else 1


def _cores() -> int:
    """The cores that this process may use; not every system tells it."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(file: tuple[bytes, str]) -> Document:
    data, name = file
    return read_bytes(data, file=name)


def _lay(documents: Sequence[Document], asked: dict[str, Any]) -> None:
    """In a process of the pool, which has them by the fork and need not be sent them."""
    global _laid  # noqa: PLW0603
    _laid = documents, asked


def _judge(share: slice) -> list[Diagnostic]:
    documents, asked = _laid
    return lint(documents, share=share, **asked)
