"""The history of one thing, and how much of it is sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Model, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.models import Entry, Seal, Verification
from wolong.ground.pages.generic import HistoryLine
from wolong.ground.questions import asked

MOST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class SealState:
    """How many entries a thing has, how many are sealed, and when the whole chain was last found whole."""

    entries: int
    sealed: int
    verified_at: datetime | None

    @property
    def sentence(self) -> str:
        words = _("%(sealed)d 条已封存") % {"sealed": self.sealed}
        if self.entries > self.sealed:
            words += _("，%(open)d 条待封存") % {"open": self.entries - self.sealed}
        if self.verified_at is not None:
            words += _(" · 最近核验 %(at)s") % {"at": f"{timezone.localtime(self.verified_at):%m-%d %H:%M}"}
        return words


def history_of(subject: Model) -> QuerySet[Entry]:
    """Everything that was written about one thing, oldest first."""
    return _about(subject._meta.label_lower, subject.pk).order_by("pk")  # noqa: SLF001 - the documented face of models


def _about(kind: str, pk: int) -> QuerySet[Entry]:
    return Entry.objects.filter(subject_kind=kind, subject_id=pk)


def history_lines(subject: Model, *, most: int = MOST_HISTORY, units: bool = False) -> list[HistoryLine]:
    """What a page shows of it, newest first and 50 lines at most: who did what, when, the words that were given, and of which unit they are."""
    kind = subject._meta.label_lower  # noqa: SLF001 - the documented face of models
    entries: Iterable[Any] = asked(_newest, kind, subject.pk)[:most]
    return [
        HistoryLine(
            text=f"{one.actor_name or _('系统')} {one.sentence}",
            at=one.at,
            hint=one.actor_unit if units else "",
            say=one.payload.get("say", ""),
        )
        for one in entries
    ]


def _newest(kind: str, pk: int) -> QuerySet[Entry]:
    return _about(kind, pk).order_by("-pk")[:MOST_HISTORY]


def with_seals(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries that know up to where the chain is sealed, and when it was last found whole: for `seal_state_among`."""
    last = Seal.objects.order_by("-pk")
    whole = Verification.objects.filter(is_ok=True).order_by("-pk")
    return entries.annotate(
        sealed_epoch=Subquery(last.values("epoch")[:1]),
        sealed_below=Subquery(last.values("below_xid")[:1]),
        verified=Subquery(whole.values("at")[:1]),
    )


def seal_state_among(subject: Model, entries: Iterable[Any]) -> SealState:
    """How much of a thing's history is sealed, from entries that were read `with_seals`."""
    about = (subject._meta.label_lower, subject.pk)  # noqa: SLF001 - the documented face of models
    own = [each for each in entries if (each.subject_kind, each.subject_id) == about]
    sealed = sum(
        each.sealed_epoch is not None
        and (each.epoch < each.sealed_epoch or (each.epoch == each.sealed_epoch and each.xid < each.sealed_below))
        for each in own
    )
    return SealState(len(own), sealed, own[0].verified if own else None)


def seal_state(subject: Model) -> SealState:
    """How much of a thing's history is sealed; one query."""
    found = with_seals(history_of(subject).order_by()).aggregate(
        entries=Count("pk"),
        sealed=Count(
            "pk", filter=Q(epoch__lt=F("sealed_epoch")) | Q(epoch=F("sealed_epoch"), xid__lt=F("sealed_below"))
        ),
        verified_at=Max("verified"),
    )
    return SealState(found["entries"], found["sealed"], found["verified_at"])
