"""Recomputing the whole chain, in one pass over the entries, without holding them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wolong.ground.ledger.models import Entry, Seal
from wolong.ground.ledger.rules import FIELDS, Bound, Comparison, digest, seal_hash

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Report:
    """What recomputing found. `first_broken` is the number of an entry; None where all holds, or a seal itself broke."""

    ok: bool
    entries: int
    seals: int
    unsealed: int
    first_broken: int | None
    head: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Fault:
    entry: int | None
    sentence: str


def verify(*, old_head: str = "") -> Report:
    """Compute every digest and every seal again and compare; names the first broken entry.

    `old_head` is a hash that somebody kept (on paper, in a file): it must be one of the seals computed now. That finds
    out a chain that was rewritten as a whole. Writers and the sealer go on meanwhile.
    """
    with transaction.atomic():
        # In this order: every entry of a seal that exists now is there when the entries are read afterwards.
        newest = Seal.objects.aggregate(newest=Max("pk"))["newest"] or 0
        entries = _Entries()
        fault: _Fault | None = None
        previous, sealed, seals, met_head = "", 0, 0, not old_head
        for seal in Seal.objects.filter(pk__lte=newest).order_by("pk").iterator(chunk_size=20):
            seals += 1
            comparison = Comparison.with_links(bytes(seal.links))
            for values in entries.within(Bound(seal.epoch, seal.below_xid)):
                comparison.meet(values["id"], digest(values))
            comparison.end()
            sealed += comparison.seen
            fault = fault or _fault_of(seal, comparison, previous)
            previous = seal.hash
            met_head = met_head or seal.hash == old_head.strip().lower()
        unsealed = entries.rest()
    if fault is None and not met_head:
        fault = _Fault(None, _("给出的旧链首不在现在的链上：这条链被整体改写过，或旧链首抄错了。"))
    sentence = fault.sentence if fault else _("留痕完好：%(entries)d 条、%(seals)d 个封印全部核对无误。")
    sentence = sentence if fault else sentence % {"entries": sealed, "seals": seals}
    sentence += _("还有 %(unsealed)d 条未封存。") % {"unsealed": unsealed} if unsealed else ""
    return Report(fault is None, sealed, seals, unsealed, fault.entry if fault else None, previous, sentence)


def _fault_of(seal: Seal, comparison: Comparison, previous: str) -> _Fault | None:
    """What is wrong with one seal, most telling first: an entry, then the seal's own figures."""
    words = {"seal": seal.pk, "entry": comparison.first_broken}
    match comparison.how:
        case "changed":
            return _Fault(comparison.first_broken, _("第 %(entry)d 条留痕被改动过 (封印 %(seal)d)。") % words)
        case "missing":
            return _Fault(comparison.first_broken, _("第 %(entry)d 条留痕被删除或移动过 (封印 %(seal)d)。") % words)
        case "added":
            return _Fault(comparison.first_broken, _("第 %(entry)d 条留痕是事后插入的 (封印 %(seal)d)。") % words)
    if seal.previous_hash != previous:
        return _Fault(None, _("封印 %(seal)d 接不上前一个封印：中间的封印被删除或改动过。") % words)
    computed = seal_hash(
        previous=previous,
        epoch=seal.epoch,
        below_xid=seal.below_xid,
        sealed_at=seal.sealed_at,
        links=bytes(seal.links),
    )
    if computed != seal.hash or seal.entries != comparison.seen:
        return _Fault(None, _("封印 %(seal)d 被改动过：重新计算的结果不一样。") % words)
    return None


class _Entries:
    """All entries in the order of the chain, handed out seal by seal."""

    def __init__(self) -> None:
        rows = Entry.objects.order_by("epoch", "xid", "pk").values(*FIELDS)
        self._rows: Iterator[dict[str, Any]] = iter(rows.iterator(chunk_size=CHUNK))
        self._next = next(self._rows, None)

    def within(self, bound: Bound) -> Iterator[dict[str, Any]]:
        while self._next is not None and bound.holds(self._next["epoch"], self._next["xid"]):
            yield self._next
            self._next = next(self._rows, None)

    def rest(self) -> int:
        """How many entries no seal holds yet."""
        return (self._next is not None) + sum(1 for _values in self._rows)
