"""What must be done before the doors open: schema, static files, and somebody who can sign in."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from wolong.entrance.commands.first_administrator import make_administrator
from wolong.entrance.demo import story
from wolong.entrance.demo.people_data import PLAYERS
from wolong.ground.ledger.actions import write_entry
from wolong.ground.ledger.models import Entry, Epoch
from wolong.ground.ledger.queries import head

MIGRATION_LOCK = 0x776F6C6F6E67  # "wolong"
Say = Callable[[str], None]


def prepare_everything(say: Say) -> None:
    """Schema, static files, and the story (demo) or a word on how to begin."""
    migrate_database(say)
    gather_static_files(say)
    if settings.DEMO:
        load_demo(say)
    elif not has_people() and os.environ.get("WOLONG_ADMIN_ACCOUNT"):
        _make_first_administrator(say)
    elif not has_people():
        say("还没有任何人员。请在另一个终端运行 wolong create-admin 建立第一位管理员，然后登录。")


def _make_first_administrator(say: Say) -> None:
    """The administrator whom the first start, or the environment of an unattended one, names."""
    account = os.environ["WOLONG_ADMIN_ACCOUNT"]
    password = make_administrator(
        account=account,
        name=os.environ.get("WOLONG_ADMIN_NAME") or account,
        unit=os.environ.get("WOLONG_ADMIN_UNIT") or "机关事务管理局",
    )
    say(f"账号 {account} 的一次性密码(只显示这一次，首次登录时更换):{password}")


def migrate_database(say: Say) -> None:
    """Bring the schema up to date; of several machines that start together one does it and the others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            executor = MigrationExecutor(connection)
            steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
            if steps:
                say(f"正在更新数据库结构({steps} 步)…")
                call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def gather_static_files(say: Say) -> None:
    """Copy and compress static files, unless nothing has changed since the last time."""
    fingerprint = _fingerprint_of_static_files()
    note = Path(settings.HOME) / "static.fingerprint"
    if note.exists() and note.read_text() == fingerprint and Path(settings.STATIC_ROOT).exists():
        return
    say("正在整理静态文件 …")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(fingerprint)


def _fingerprint_of_static_files() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def holds_demo() -> bool:
    """Whether the people of the demo story are here: all of them, by their accounts."""
    accounts = {player.account for player in PLAYERS}
    return get_user_model().objects.filter(account__in=accounts).count() == len(accounts)


def remove_demo(say: Say) -> None:
    """Everything that is in the database and among the stored files: a demo is only ever loaded into an empty house.

    The trail begins anew with one entry that says so, with the head that the removed trail had: whoever kept an old head can
    tell that it was the demo's.
    """
    last, entries, people = head(), Entry.objects.count(), get_user_model().objects.count()
    payload = {"entries": entries, "people": people, "head": last.hash if last is not None else ""}
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)
    settings.PLACES.demo_mark.unlink(missing_ok=True)
    migrate_database(say)
    with transaction.atomic():
        write_entry(
            verb="remove_demo",
            sentence=f"演示数据已全部删去：原有留痕 {entries} 条、人员 {people} 人，留痕从这里重新记起",
            subject=Epoch.objects.order_by("number").last() or Epoch(number=1),
            by=None,
            at=timezone.now(),
            payload=payload,
        )


def has_people() -> bool:
    return get_user_model().objects.exists()


def load_demo(say: Say) -> None:
    """Load the demo story into an empty database; it is never loaded twice."""
    if not has_people():
        say("正在载入演示数据(只在第一次)…")
        story.load()
    say("演示人员(首页上方可切换身份):")
    for person in get_user_model().objects.select_related("organization").order_by("pk"):
        say(f"  {person.account:<12} {person.name} · {person.organization} {person.post}")
