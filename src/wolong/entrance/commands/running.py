"""Starting: everything at once, or web and worker apart on several machines."""

import os
import sys
from typing import Annotated

import typer

from wolong.entrance.commands.beginning import ask_how_to_begin
from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.doors import WEB_ENVIRONMENT, Door, granian_command
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts

DemoOnNetwork = Annotated[bool, typer.Option("--demo-on-network", help="演示模式下也允许本机以外的人进入")]


def register(app: typer.Typer) -> None:
    app.command()(up)
    app.command()(web)
    app.command()(worker)
    app.command()(migrate)
    app.command(hidden=True)(prepare)


def up(demo_on_network: DemoOnNetwork = False) -> None:
    """启动数据库、网页服务和后台任务，并看护它们。"""
    from wolong.entrance.supervisor.watch import Supervisor

    places = Whereabouts.from_environment()
    if places.is_untouched and "WOLONG_DEMO" not in os.environ and sys.stdin.isatty():
        ask_how_to_begin(places)
    door = Door.from_environment(os.environ, demo_on_network=demo_on_network, demo=places.is_demo)
    Supervisor(places, door, say).run()


def web(demo_on_network: DemoOnNetwork = False) -> None:
    """只启动网页服务(多台机器时)。"""
    demo = Whereabouts.from_environment().is_demo
    door = Door.from_environment(os.environ, demo_on_network=demo_on_network, demo=demo)
    door.require_open()
    _require_database()
    with django_ready():
        from wolong.entrance.commands.preparation import gather_static_files

        gather_static_files(say)
    os.environ.setdefault("WOLONG_ALLOWED_HOSTS", door.allowed_hosts)
    os.environ.update(WEB_ENVIRONMENT)
    os.execv(sys.executable, granian_command(sys.executable, door))  # noqa: S606 - no shell is wanted


def worker() -> None:
    """只启动后台任务(多台机器时)。"""
    _require_database()
    with django_ready():
        from wolong.entrance.commands.workers import run_workers

        run_workers()


def _require_database() -> None:
    """A web server or a worker of its own needs a database that outlives it."""
    from wolong.entrance.supervisor.at_hand import is_supervised

    if not os.environ.get("WOLONG_DATABASE_URL") and not is_supervised(Whereabouts.from_environment()):
        raise CannotStart("单独启动时请用 WOLONG_DATABASE_URL 指定数据库；在一台机器上请用 wolong up。")


def migrate() -> None:
    """把数据库结构更新到当前版本。"""
    with django_ready():
        from wolong.entrance.commands.preparation import migrate_database

        migrate_database(say)
    say("数据库结构已是最新。")


def prepare() -> None:
    """`up` 开门之前要做的事：更新数据库结构、整理静态文件、载入演示数据。"""
    with django_ready():
        from wolong.entrance.commands.preparation import prepare_everything

        prepare_everything(say)
