"""Entries are never changed; seals chain them; whoever rewrites them is found out, the database's superuser included."""

import hashlib
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.ledger import EntryFactory, SealFactory
from tests.factories.people import bureau, person
from wolong.ground.ledger import tasks
from wolong.ground.ledger.actions import begin_epoch, note_verification, seal_entries, write_entry
from wolong.ground.ledger.models import Entry, Epoch, Seal, Verification
from wolong.ground.ledger.queries import (
    daily_heads,
    head,
    head_text,
    history_of,
    last_verification,
    seal_state,
    seal_state_among,
    verify,
    with_seals,
)
from wolong.ground.ledger.rules import FIELDS, digest, link, seal_hash

in_transactions = pytest.mark.django_db(transaction=True)
TABLES = ["ledger_entry", "ledger_seal", "ledger_epoch", "ledger_verification"]


def entry(sentence: str = "签发整改通知单", **more) -> Entry:
    return EntryFactory(sentence=sentence, **more)


def settle(upto: Entry | None = None) -> None:
    """Wait until every transaction before the newest entry (or `upto`) is over: a vacuum may just be running."""
    newest = Entry.objects.filter(pk=upto.pk) if upto else Entry.objects.order_by("-epoch", "-xid")
    xid = newest.values_list("xid", flat=True).first() or 0
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_oldest_running()")
            if cursor.fetchone()[0] > xid:
                return
        time.sleep(0.1)
    pytest.fail("some other transaction of this cluster never ends")


def seal() -> Seal | None:
    settle()
    return seal_entries(at=timezone.now())


def seal_now() -> Seal | None:
    return seal_entries(at=timezone.now())


@pytest.fixture
def epoch(transactional_db) -> None:
    """The first entry of a cluster begins its epoch, and a second writer waits for that; here it has happened."""
    begin_epoch(at=timezone.now())


@contextmanager
def superuser():
    """What only the database's superuser can do: switch the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor


@contextmanager
def elsewhere(**more):
    """A second connection with a transaction of its own."""
    info = connection.get_connection_params()
    keep = {key: info[key] for key in ("dbname", "user", "password", "host", "port") if info.get(key)}
    other = psycopg.connect(**{**keep, **more})
    try:
        yield other
    finally:
        other.close()


INSERT = (
    "INSERT INTO ledger_entry (epoch, xid, at, verb, sentence, actor_name, actor_unit, subject_kind, subject_id, payload)"
    " VALUES (99, 99, now(), 'note', %s, '', '', 'people.person', 1, '{}')"
)


# Writing


@pytest.mark.django_db
def test_an_entry_holds_who_did_what_by_value(django_assert_num_queries) -> None:
    unit = bureau()
    by = person("leader", unit, name="周局长")
    with django_assert_num_queries(1):
        write_entry(verb="rename", sentence="改名", subject=unit, by=by, at=timezone.now(), payload={"a": 1})
    by.name = "别人"
    by.save()
    found = history_of(unit).get()
    assert (found.actor_id, found.actor_name, found.actor_unit) == (by.pk, "周局长", unit.name)
    assert (found.subject_kind, found.subject_id, found.payload) == ("people.organization", unit.pk, {"a": 1})


@pytest.mark.django_db
def test_the_installation_itself_acts_without_a_name() -> None:
    found = write_entry(verb="note", sentence="x" * 600, subject=bureau(), by=None, at=timezone.now())
    assert (found.actor_id, found.actor_name) == (None, "")
    assert len(Entry.objects.get(pk=found.pk).sentence) == 500


@pytest.mark.django_db
def test_the_database_says_which_transaction_wrote_it_whatever_is_claimed() -> None:
    found = entry(epoch=99, xid=1)
    found.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert found.xid == cursor.fetchone()[0]
    assert found.epoch == Epoch.objects.get().number == 0


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("command", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_or_delete(table: str, command: str) -> None:
    entry()
    SealFactory()
    note_verification(at=timezone.now())
    column = "number" if table == "ledger_epoch" else "id"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_whole")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(command.format(table, column, column))


# Sealing


@in_transactions
def test_what_is_over_is_sealed_once() -> None:
    first, second = entry(), entry()
    sealed = seal()
    assert sealed is not None
    assert sealed.entries == 2
    assert [int.from_bytes(bytes(sealed.links)[at : at + 8]) for at in (0, 40)] == [first.pk, second.pk]
    assert seal() is None
    entry()
    following = seal()
    assert (following.entries, following.previous_hash) == (1, sealed.hash)
    assert verify().ok
    assert verify().sentence == "留痕完好：3 条、2 个封印全部核对无误。"
    assert head() == following


@in_transactions
def test_nothing_at_all_is_whole() -> None:
    assert seal() is None
    report = verify()
    assert (report.ok, report.entries, report.seals, report.unsealed, report.first_broken) == (True, 0, 0, 0, None)
    assert head() is None
    assert not verify(old_head="ab" * 32).ok


@in_transactions
def test_a_transaction_that_began_earlier_and_commits_later_is_not_left_out(epoch) -> None:
    with elsewhere() as other:
        with other.cursor() as cursor:
            cursor.execute(INSERT, ["先开始，后提交"])
        late = entry("后开始，先提交")
        assert seal_now() is None
        report = verify()
        assert (report.ok, report.entries, report.unsealed) == (True, 0, 1)
        assert "还有 1 条未封存" in report.sentence
        other.commit()
    sealed = seal()
    assert sealed.entries == 2
    order = list(Entry.objects.order_by("epoch", "xid", "pk").values_list("sentence", flat=True))
    assert order == ["先开始，后提交", "后开始，先提交"]
    assert late.pk
    assert verify().ok


@in_transactions
def test_a_running_transaction_holds_back_only_what_came_after_it(epoch) -> None:
    first = entry("早已结束")
    with elsewhere() as other:
        with other.cursor() as cursor:
            cursor.execute(INSERT, ["还在进行"])
        entry("之后")
        settle(first)
        assert seal_now().entries == 1
        assert verify().unsealed == 1
        other.rollback()
    assert seal().entries == 1
    assert verify().ok


@in_transactions
def test_two_sealers_wait_for_each_other(epoch) -> None:
    entry()
    with elsewhere() as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x6C656467])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
            with pytest.raises(Exception, match="timeout"):
                seal_now()
            cursor.execute("RESET lock_timeout")
    assert seal().entries == 1


@in_transactions
def test_a_transaction_of_another_database_holds_nothing_back(epoch) -> None:
    with elsewhere(dbname="postgres") as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        entry()
        assert seal().entries == 1


@in_transactions
def test_what_is_not_committed_yet_is_not_sealed_even_by_its_own_transaction(epoch) -> None:
    with transaction.atomic():
        entry()
        assert seal_now() is None
    assert seal().entries == 1


# Finding out


@pytest.fixture
def chain():
    """Three seals over six entries."""
    made = []
    for _ in range(3):
        made += [entry(), entry()]
        seal()
    assert verify().ok
    return made


@in_transactions
def test_an_entry_edited_by_the_superuser_is_named(chain) -> None:
    with superuser() as cursor:
        cursor.execute(
            "UPDATE ledger_entry SET sentence = '什么也没有' WHERE id IN (%s, %s)", [chain[3].pk, chain[4].pk]
        )
    report = verify()
    assert not report.ok
    assert report.first_broken == chain[3].pk
    assert report.sentence.startswith(f"第 {chain[3].pk} 条留痕被改动过")


@in_transactions
@pytest.mark.parametrize(
    "column", ["at", "verb", "actor_id", "actor_name", "actor_unit", "subject_kind", "subject_id", "payload"]
)
def test_every_column_is_sealed(chain, column: str) -> None:
    value = {"at": "at + interval '1 microsecond'", "payload": """'{"a": 1}'""", "actor_id": "5", "subject_id": "5000"}
    new = value.get(column, "'x'")
    with superuser() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET {column} = {new} WHERE id = {chain[2].pk}")
    assert verify().first_broken == chain[2].pk


@in_transactions
def test_a_deleted_entry_is_named(chain) -> None:
    with superuser() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [chain[1].pk])
    report = verify()
    assert (report.ok, report.first_broken) == (False, chain[1].pk)
    assert "删除" in report.sentence


@in_transactions
def test_the_last_sealed_entry_deleted_is_named(chain) -> None:
    with superuser() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [chain[5].pk])
    assert verify().first_broken == chain[5].pk


@in_transactions
def test_an_entry_slipped_in_later_is_named(chain) -> None:
    with superuser() as cursor:
        cursor.execute(
            INSERT.replace("99, 99", "0, %s"), [chain[0].xid or Entry.objects.get(pk=chain[0].pk).xid, "伪造"]
        )
    forged = Entry.objects.get(sentence="伪造")
    report = verify()
    assert (report.ok, report.first_broken) == (False, forged.pk)
    assert "插入" in report.sentence


@in_transactions
@pytest.mark.parametrize(
    "command",
    [
        "UPDATE ledger_seal SET hash = repeat('a', 64) WHERE id = {}",
        "UPDATE ledger_seal SET sealed_at = sealed_at + interval '1 day' WHERE id = {}",
        "UPDATE ledger_seal SET entries = 7 WHERE id = {}",
        "UPDATE ledger_seal SET below_xid = below_xid - 1 WHERE id = {}",
        "DELETE FROM ledger_seal WHERE id = {}",
    ],
)
def test_a_changed_seal_is_found(chain, command: str) -> None:
    middle = list(Seal.objects.order_by("pk"))[1]
    with superuser() as cursor:
        cursor.execute(command.format(middle.pk))
    assert not verify().ok


def _rewrite_whole_chain() -> None:
    """What a patient forger would do: every digest and every seal computed again, each in its place."""
    previous = ""
    with superuser() as cursor:
        entries = list(Entry.objects.order_by("epoch", "xid", "pk").values(*FIELDS))
        for one in Seal.objects.order_by("pk"):
            own, entries = entries[: one.entries], entries[one.entries :]
            links = b"".join(link(values["id"], digest(values)) for values in own)
            value = seal_hash(
                previous=previous, epoch=one.epoch, below_xid=one.below_xid, sealed_at=one.sealed_at, links=links
            )
            cursor.execute(
                "UPDATE ledger_seal SET links = %s, previous_hash = %s, hash = %s WHERE id = %s",
                [links, previous, value, one.pk],
            )
            previous = value


@in_transactions
def test_a_chain_recomputed_as_a_whole_is_found_out_by_one_old_head(chain) -> None:
    old = list(Seal.objects.order_by("pk"))[1].hash
    newest = head().hash
    assert verify(old_head=old).ok
    assert verify(old_head=f" {newest.upper()}\n").ok
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_entry SET sentence = '什么也没有' WHERE id = %s", [chain[0].pk])
    _rewrite_whole_chain()
    assert verify().ok, "without an old head a perfect forgery can't be seen"
    report = verify(old_head=old)
    assert not report.ok
    assert "整体改写" in report.sentence


# Another cluster


@in_transactions
def test_a_restored_copy_begins_an_epoch_of_its_own_and_the_chain_holds() -> None:
    for _ in range(2):
        entry()
        seal()
    entry("旧集群里没来得及封存")
    # The old cluster had counted far beyond where the new one begins.
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_epoch SET cluster = cluster - 1")
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_entry SET xid = xid + 1000000000")
        cursor.execute("UPDATE ledger_seal SET below_xid = below_xid + 1000000000")
    _rewrite_whole_chain()
    assert verify().ok
    new = entry("新集群里的第一条")
    new.refresh_from_db()
    assert new.epoch == 1
    assert new.xid < Entry.objects.order_by("pk").first().xid
    sealed = seal()
    assert (sealed.entries, sealed.epoch) == (2, 1)
    assert verify().ok
    assert verify().unsealed == 0
    assert begin_epoch(at=timezone.now()) == 1
    assert Epoch.objects.count() == 2


# What leaves the machine, and what pages ask


@in_transactions
def test_the_state_of_a_thing_s_history(django_assert_num_queries) -> None:
    unit = bureau()
    for n in range(3):
        write_entry(verb="note", sentence=f"{n}", subject=unit, by=None, at=timezone.now())
    assert seal_state(unit).sentence == "0 条已封存，3 条待封存"
    seal()
    write_entry(verb="note", sentence="4", subject=unit, by=None, at=timezone.now())
    with django_assert_num_queries(1):
        state = seal_state(unit)
    assert (state.entries, state.sealed, state.verified_at) == (4, 3, None)
    assert seal_state_among(unit, with_seals(history_of(unit))) == state
    at = note_verification(at=timezone.now()).at
    assert seal_state(unit).verified_at == at
    assert "最近核验" in seal_state(unit).sentence


@in_transactions
def test_the_text_of_heads_proves_itself(time_machine) -> None:
    for day in ("2026-11-21T10:00+08:00", "2026-11-22T10:00+08:00", "2026-11-22T23:30+08:00"):
        time_machine.move_to(day, tick=False)
        entry()
        seal()
    heads = daily_heads()
    assert [f"{day}" for day, _ in heads] == ["2026-11-22", "2026-11-21"]
    assert heads[0][1] == head()
    body, _, last = head_text().rpartition("sha256 ")
    assert last.strip() == hashlib.sha256(body.encode()).hexdigest()
    assert head().hash in body


@in_transactions
def test_the_tasks_seal_and_recompute(caplog) -> None:
    made = entry()
    settle()
    assert tasks.seal_entries.func() == 1
    assert tasks.seal_entries.func() == 0
    assert tasks.verify_chain.func() is True
    with superuser() as cursor:
        cursor.execute("UPDATE ledger_entry SET sentence = '改' WHERE id = %s", [made.pk])
    assert tasks.verify_chain.func() is False
    assert "被改动过" in caplog.text
    assert not last_verification().is_ok
    assert Verification.objects.count() == 2
