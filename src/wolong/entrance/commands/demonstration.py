"""The demo story."""

import typer

from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.running import say


def register(app: typer.Typer) -> None:
    app.command()(load_demo)


def load_demo() -> None:
    """把演示数据载入空的数据库。"""
    with django_ready():
        from wolong.entrance.commands import preparation

        preparation.migrate_database(say)
        preparation.load_demo(say)
