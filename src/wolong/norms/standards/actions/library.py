"""A folder of standards is loaded: what is new is drafted, approved, and rules from its day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.language.reading import read_text
from wolong.norms.standards.actions.edition import approve_edition, bring_into_force, draft_edition
from wolong.norms.standards.models import Edition


@dataclass(slots=True)
class Loaded:
    """What loading did: editions new in the library, files known before, files refused with the reason."""

    added: list[Edition] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def load_library(*, folder: Path, drafted_by: Person, approved_by: Person, at: datetime) -> Loaded:
    """Every .md of a folder comes into the library once; a text that is there already (same sha256) changes nothing.

    Older editions first, so that the newer ones replace them. Editions whose first day is still to come stay approved. A file
    that can't be read is named with the reason; the others are loaded. A file without a 标准号 (词表, README) is passed over.
    """
    loaded = Loaded()
    texts = []
    for path in sorted(folder.rglob("*.md")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            loaded.refused[path.name] = _("不是 UTF-8 文字")
            continue
        document = read_text(text, file=path.name)
        if document.number is None and not document.has_errors:
            continue
        texts.append((document.effective or date.max, path.name, text))
    for _first_day, name, text in sorted(texts):
        _load(loaded, name, text, drafted_by, approved_by, at)
    return loaded


def _load(loaded: Loaded, name: str, text: str, drafted_by: Person, approved_by: Person, at: datetime) -> None:
    if Edition.objects.filter(sha256=Edition.digest(text)).exists():
        loaded.known.append(name)
        return
    try:
        with transaction.atomic():
            edition = draft_edition(text=text, by=drafted_by, at=at)
            edition = approve_edition(edition=edition, by=approved_by, at=at)
            if edition.effective_on is not None and edition.effective_on <= timezone.localdate(at):
                edition = bring_into_force(edition=edition, by=approved_by, at=at)
    except Refused as refusal:
        loaded.refused[name] = refusal.sentence
    else:
        loaded.added.append(edition)
