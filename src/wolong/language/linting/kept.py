"""What is made of each document of a shelf, kept while one of them changes, and looked up by what several share."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from wolong.language.tree import Document

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Kept(Generic[Made]):
    """An editor lints one shelf again and again while one document changes: what was made of the others is kept.

    `under` is what the making rests on beside the document; where it differs, all is made anew. One shelf only is held.
    """

    def __init__(self, make: Callable[[Document, Mapping[str, str]], Made]) -> None:
        self._make = make
        self._last: tuple[Mapping[str, str], dict[int, tuple[Document, Made]]] = ({}, {})

    def of(self, documents: Iterable[Document], under: Mapping[str, str]) -> list[tuple[Document, Made]]:
        """Each document with what was made of it, in order."""
        before, known = self._last
        if before != under:
            known = {}
        found: dict[int, tuple[Document, Made]] = {}
        for document in documents:
            kept = known.get(id(document))
            found[id(document)] = kept if kept and kept[0] is document else (document, self._make(document, under))
        self._last = (under, found)  # put in place whole: another thread may lint
        return list(found.values())


def shared(shelf: Sequence[Mapping[Key, Made]], asked: Iterable[Mapping[Key, Made]]) -> dict[Key, list[Made]]:
    """By key, what the whole shelf holds of all that is asked about, in the order of the shelf.

    Where little is asked, little is done: a shelf of ten thousand clauses is not indexed for the fifty of one document.
    """
    wanted = {key for one in asked for key in one}
    found: dict[Key, list[Made]] = {}
    for own in shelf:
        few, many = (own, wanted) if len(own) < len(wanted) else (wanted, own)
        for key in few:
            if key in many:
                found.setdefault(key, []).append(own[key])
    return found
