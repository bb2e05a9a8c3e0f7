"""The arithmetic of the chain: the one way to write an entry as bytes, its digest, and the hash of a seal."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

VERSION = "wolong-ledger-1"
NUMBER_BYTES, DIGEST_BYTES = 8, 32
LINK_BYTES = NUMBER_BYTES + DIGEST_BYTES
FIELDS = (
    "id",
    "epoch",
    "xid",
    "at",
    "verb",
    "sentence",
    "actor_id",
    "actor_name",
    "actor_unit",
    "subject_kind",
    "subject_id",
    "payload",
)


def canonical(values: dict[str, Any]) -> bytes:
    """An entry as bytes, the same wherever and whenever it is read: JSON with sorted keys, UTC with microseconds."""
    at: datetime = values["at"]
    plain = {**values, "at": at.astimezone(UTC).isoformat(timespec="microseconds")}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(values: dict[str, Any]) -> bytes:
    return hashlib.sha256(canonical(values)).digest()


def link(number: int, entry_digest: bytes) -> bytes:
    """One entry in the links of a seal: its number and its digest."""
    return number.to_bytes(NUMBER_BYTES, "big") + entry_digest


def links_in(links: bytes) -> Iterator[tuple[int, bytes]]:
    """The numbers and digests that a seal holds, in order."""
    for start in range(0, len(links) - LINK_BYTES + 1, LINK_BYTES):
        yield (
            int.from_bytes(links[start : start + NUMBER_BYTES], "big"),
            links[start + NUMBER_BYTES : start + LINK_BYTES],
        )


def seal_hash(*, previous: str, epoch: int, below_xid: int, sealed_at: datetime, links: bytes) -> str:
    """The hash of a seal: over the version of this arithmetic, the previous seal, the seal's figures, and its links."""
    head = [VERSION, previous, epoch, below_xid, sealed_at.astimezone(UTC).isoformat(timespec="microseconds")]
    return hashlib.sha256(json.dumps(head, separators=(",", ":")).encode() + b"\n" + links).hexdigest()


@dataclass(frozen=True, slots=True)
class Bound:
    """Up to which transaction a seal reaches, within which life of the cluster."""

    epoch: int
    below_xid: int

    def holds(self, epoch: int, xid: int) -> bool:
        return (epoch, xid) < (self.epoch, self.below_xid)


@dataclass(slots=True)
class Comparison:
    """A seal's links beside the entries found now: the first that differs, and how."""

    first_broken: int | None = None
    how: str = ""
    seen: int = 0
    _expected: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def with_links(cls, links: bytes) -> "Comparison":
        return cls(_expected=list(links_in(links)))

    def meet(self, number: int, entry_digest: bytes) -> None:
        """Take the next entry found in the seal's range."""
        if self.first_broken is None:
            expected = self._expected[self.seen] if self.seen < len(self._expected) else None
            if expected is None or (number != expected[0] and number not in {one for one, _ in self._expected}):
                self.first_broken, self.how = number, "added"
            elif number != expected[0]:
                self.first_broken, self.how = expected[0], "missing"
            elif entry_digest != expected[1]:
                self.first_broken, self.how = number, "changed"
        self.seen += 1

    def end(self) -> None:
        """No more entries: what the seal still expects is missing."""
        if self.first_broken is None and self.seen < len(self._expected):
            self.first_broken, self.how = self._expected[self.seen][0], "missing"
