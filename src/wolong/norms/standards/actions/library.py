"""A folder of standards is loaded: what is new is drafted, approved, and rules from its day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.language.reading import read_text
from wolong.language.tree import Document
from wolong.norms.standards.actions.edition import approve_edition, bring_into_force, draft_edition
from wolong.norms.standards.models import Edition


@dataclass(slots=True)
class Loaded:
    """What loading did: editions new in the library (by file, too), files known before, files refused with the reason."""

    added: list[Edition] = field(default_factory=list)
    by_name: dict[str, Edition] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def load_library(*, folder: Path, drafted_by: Person, approved_by: Person, at: datetime) -> Loaded:
    """Every .md of a folder comes into the library once; a text that is there already (same sha256) changes nothing.

    Older editions first, so that the newer ones replace them. Editions whose first day is still to come stay approved. A file
    that can't be read is named with the reason; the others are loaded. A file without a 标准号 (词表, README) is passed over.
    """
    loaded = Loaded()
    for _first_day, name, text, _document in _texts(folder, loaded):
        _load(loaded, name, text, drafted_by, approved_by, at)
    return loaded


def draft_library(*, folder: Path, by: Person, at: datetime) -> Loaded:
    """The newest text of each standard of a folder becomes a draft, for somebody else to approve; what is there stays."""
    loaded = Loaded()
    texts = _texts(folder, loaded)
    replaced = {number for *_rest, document in texts for number in document.replaces}
    for _first_day, name, text, document in texts:
        if document.number not in replaced:
            _load(loaded, name, text, by, None, at)
    return loaded


def draft_texts(*, texts: Sequence[tuple[str, str]], by: Person, at: datetime) -> Loaded:
    """Texts by the name of their file: each that can be read becomes a draft, for somebody else to approve.

    A text that is there already changes nothing; one that can't be read is refused with its first error, the others stand.
    """
    loaded = Loaded()
    for name, text in texts:
        _load(loaded, name, text, by, None, at)
    return loaded


def approve_waiting(*, editions: Iterable[Edition], by: Person, at: datetime) -> list[Edition]:
    """Approves drafts, all or none, and brings into force those whose first day has come.

    Refuses, as approving one does, what the person drafted themselves.
    """
    with transaction.atomic():
        return [_approve(edition, by, at) for edition in editions]


def _texts(folder: Path, loaded: Loaded) -> list[tuple[date, str, str, Document]]:
    """The standards of a folder, older first; what is no text is noted as refused."""
    texts = []
    for path in sorted(folder.rglob("*.md")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            loaded.refused[path.name] = _("不是 UTF-8 文字")
            continue
        document = read_text(text, file=path.name)
        if document.number is not None or document.has_errors:
            texts.append((document.effective or date.max, path.name, text, document))
    return sorted(texts, key=lambda one: one[:3])


def _approve(edition: Edition, by: Person, at: datetime) -> Edition:
    edition = approve_edition(edition=edition, by=by, at=at)
    if edition.effective_on is not None and edition.effective_on <= timezone.localdate(at):
        edition = bring_into_force(edition=edition, by=by, at=at)
    return edition


def _load(loaded: Loaded, name: str, text: str, drafted_by: Person, approved_by: Person | None, at: datetime) -> None:
    if Edition.objects.filter(sha256=Edition.digest(text)).exists():
        loaded.known.append(name)
        return
    try:
        with transaction.atomic():
            edition = draft_edition(text=text, by=drafted_by, at=at)
            if approved_by is not None:
                edition = _approve(edition, approved_by, at)
    except Refused as refusal:
        loaded.refused[name] = refusal.sentence
    else:
        loaded.added.append(edition)
        loaded.by_name[name] = edition
