"""The demo story."""

from typing import Annotated

import typer

from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts


def register(app: typer.Typer) -> None:
    app.command()(load_demo)
    app.command()(remove_demo)


def load_demo() -> None:
    """把演示数据载入空的数据库。"""
    with django_ready():
        from wolong.entrance.commands import preparation

        preparation.migrate_database(say)
        preparation.load_demo(say)


def remove_demo(yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False) -> None:
    """删去演示数据的全部：数据库和存放的文件，之后从空的开始。"""
    from wolong.entrance.supervisor.at_hand import is_supervised

    if is_supervised(Whereabouts.from_environment()):
        raise CannotStart("卧龙正在运行，请先停止(Ctrl-C)再删去演示数据。")
    with django_ready():
        from wolong.entrance.commands import preparation

        preparation.migrate_database(say)
        if not preparation.holds_demo():
            raise CannotStart("这里没有演示数据，什么也没有删。")
        if not yes:
            say("演示期间录入的内容会一并删去，不能恢复。要留一份，请先用 wolong backup。")
            typer.confirm("确定删去？", abort=True)
        preparation.remove_demo(say)
    say("演示数据已全部删去，留痕里记了这件事。再次 wolong up 会从空的开始。")
