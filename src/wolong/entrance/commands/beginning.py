"""The first start: shall the house be shown with a story in it, or stand empty for one's own?"""

import os
from enum import StrEnum

import typer

from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts


class Beginning(StrEnum):
    """What the first start may be answered with."""

    DEMO = "1"
    EMPTY = "2"


def ask_how_to_begin(places: Whereabouts) -> None:
    """Asks once; the answer stands in the home (demo) or in the environment of this start (the first administrator)."""
    say(f"{places.home} 里还没有数据。怎样开始？")
    say("  1  演示：一个虚构办公区几个月的故事，可以随意点，以后可用 wolong remove-demo 全部删去")
    say("  2  从空的开始：建立第一位管理员，登录后照“起步”一步一步建立自己的办公区")
    answer = typer.prompt("请选 1 或 2", default=Beginning.DEMO.value)
    try:
        chosen = Beginning(answer.strip())
    except ValueError:
        raise CannotStart(f"请回答 1 或 2，不是“{answer}”。") from None
    if chosen is Beginning.DEMO:
        places.home.mkdir(parents=True, exist_ok=True)
        places.demo_mark.touch()
        return
    os.environ["WOLONG_ADMIN_ACCOUNT"] = typer.prompt("管理员的登录账号", default="admin")
    os.environ["WOLONG_ADMIN_NAME"] = typer.prompt("姓名", default="系统管理员")
    os.environ["WOLONG_ADMIN_UNIT"] = typer.prompt("单位全称", default="机关事务管理局")
