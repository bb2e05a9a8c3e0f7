"""The arithmetic of the chain, without a database."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.ledger.rules import LINK_BYTES, Bound, Comparison, canonical, digest, link, links_in, seal_hash

AT = datetime(2026, 11, 23, 1, 2, 3, 4, tzinfo=UTC)
ENTRY = {"id": 7, "at": AT, "sentence": "签发", "payload": {"b": 1, "a": [None, "二"]}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=8)))
    assert digest(ENTRY) == digest({**ENTRY, "at": elsewhere})


def test_the_canonical_form_never_changes() -> None:
    # Old seals were computed by exactly these bytes: who changes them must raise the version instead.
    assert canonical(ENTRY).decode() == (
        '{"at":"2026-11-23T01:02:03.000004+00:00","id":7,"payload":{"a":[null,"二"],"b":1},"sentence":"签发"}'
    )
    assert seal_hash(previous="", epoch=0, below_xid=9, sealed_at=AT, links=link(7, digest(ENTRY))) == (
        "ef83dcaa79bc68c1e82473b6e414cbb3b9b94379d8701a818d08b647dcf145f7"
    )


@given(JSON, JSON)
def test_two_payloads_have_one_digest_only_when_they_are_the_same(one, other) -> None:
    same = canonical({**ENTRY, "payload": one}) == canonical({**ENTRY, "payload": other})
    assert (digest({**ENTRY, "payload": one}) == digest({**ENTRY, "payload": other})) == same


@given(st.lists(st.tuples(st.integers(1, 2**62), st.binary(min_size=32, max_size=32))))
def test_links_are_read_as_they_were_written(pairs) -> None:
    links = b"".join(link(*pair) for pair in pairs)
    assert len(links) == len(pairs) * LINK_BYTES
    assert list(links_in(links)) == pairs


def test_a_bound_holds_earlier_lives_of_the_cluster_whole() -> None:
    bound = Bound(2, 100)
    assert bound.holds(1, 10**15)
    assert bound.holds(2, 99)
    assert not bound.holds(2, 100)
    assert not bound.holds(3, 1)


def _compare(sealed: list[int], found: list[int], changed: int = 0) -> tuple[int | None, str]:
    comparison = Comparison.with_links(b"".join(link(n, bytes(32)) for n in sealed))
    for n in found:
        comparison.meet(n, b"\1" * 32 if n == changed else bytes(32))
    comparison.end()
    return comparison.first_broken, comparison.how


def test_the_first_difference_is_named() -> None:
    assert _compare([1, 2, 3], [1, 2, 3]) == (None, "")
    assert _compare([1, 2, 3], [1, 2, 3], changed=2) == (2, "changed")
    assert _compare([1, 2, 3], [1, 3]) == (2, "missing")
    assert _compare([1, 2, 3], [1, 2]) == (3, "missing")
    assert _compare([1, 2, 3], [1, 9, 2, 3]) == (9, "added")
    assert _compare([1, 2, 3], [1, 2, 3, 9]) == (9, "added")
    assert _compare([1, 2, 3], [2, 1, 3]) == (1, "missing")
    assert _compare([], []) == (None, "")


@given(st.lists(st.integers(1, 50), unique=True), st.lists(st.integers(1, 50), unique=True))
def test_any_other_list_of_entries_is_found_out(sealed: list[int], found: list[int]) -> None:
    assert (_compare(sealed, found)[0] is None) == (sealed == found)
