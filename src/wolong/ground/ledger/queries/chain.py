"""The seals: the newest, one for each day, and the text that leaves the machine."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from wolong.ground.ledger.models import Entry, Seal, Verification
from wolong.ground.ledger.rules import VERSION


def head() -> Seal | None:
    """The newest seal: whoever holds its hash can prove every entry up to it."""
    return Seal.objects.defer("links").order_by("pk").last()


def daily_heads(limit: int = 31) -> list[tuple[date, Seal]]:
    """The last seal of each day, newest first."""
    last = (
        Seal.objects.order_by()
        .annotate(day=TruncDate("sealed_at"))
        .values("day")
        .annotate(last=Max("pk"))
        .order_by("-day")
        .values_list("day", "last")[:limit]
    )
    days = dict(last)
    seals = Seal.objects.defer("links").in_bulk(list(days.values()))
    return [(day, seals[pk]) for day, pk in days.items()]


@dataclass(frozen=True, slots=True)
class DayHead:
    """The last seal of a day, with how many entries were sealed that day and up to it."""

    day: date
    seal: Seal
    sealed: int
    so_far: int


def daily_sealed(limit: int = 31) -> list[DayHead]:
    """The daily heads with their counts, newest first; three questions for any number of days."""
    heads = daily_heads(limit)
    days = Seal.objects.order_by().annotate(day=TruncDate("sealed_at")).values("day").annotate(sealed=Sum("entries"))
    counts: dict[date, int] = dict(days.values_list("day", "sealed"))
    so_far, running = {}, 0
    for day in sorted(counts):
        running += counts[day]
        so_far[day] = running
    return [DayHead(day, seal, counts[day], so_far[day]) for day, seal in heads]


def unsealed(seal: Seal | None) -> QuerySet[Entry]:
    """The entries that no seal holds yet, given the newest one."""
    if seal is None:
        return Entry.objects.all()
    return Entry.objects.filter(Q(epoch__gt=seal.epoch) | Q(epoch=seal.epoch, xid__gte=seal.below_xid))


def last_verification() -> Verification | None:
    return Verification.objects.order_by("pk").last()


def head_text(limit: int = 366) -> str:
    """The heads of the past days as a plain text that anybody can keep; its last line is the SHA-256 of the rest."""
    lines = [f"# {VERSION} 留痕链首，按日；最后一行是以上全部文字的 SHA-256", "# 日期 封印号 封存时间 封印"]
    lines += [
        f"{day:%Y-%m-%d} {seal.pk} {timezone.localtime(seal.sealed_at).isoformat(timespec='seconds')} {seal.hash}"
        for day, seal in daily_heads(limit)
    ]
    body = "\n".join(lines) + "\n"
    return f"{body}sha256 {hashlib.sha256(body.encode()).hexdigest()}\n"
