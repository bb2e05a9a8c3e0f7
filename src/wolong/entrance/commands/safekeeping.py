"""Backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import Whereabouts

Archive = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件")]


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(file: Archive) -> None:
    """把数据库和全部文件备份为一个文件(运行中也可以)。"""
    from wolong.entrance.supervisor.archive import write_archive
    from wolong.entrance.supervisor.at_hand import database_at_hand

    places = Whereabouts.from_environment()
    with database_at_hand(places) as url:
        manifest = write_archive(places, url, file)
    say(f"已备份到 {file}：数据库和 {len(manifest['files'])} 个文件，共 {file.stat().st_size / 1e6:.1f} MB。")


def restore(
    file: Archive,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="用备份替换已有的数据")] = False,
) -> None:
    """从备份恢复到空的 WOLONG_HOME(先停止卧龙)。"""
    from wolong.entrance.supervisor.archive import read_archive
    from wolong.entrance.supervisor.at_hand import database_at_hand

    places = Whereabouts.from_environment()
    with database_at_hand(places, alone=True) as url:
        manifest = read_archive(places, url, file, overwrite=overwrite)
    say(f"已恢复 {manifest['made_at']} 的备份：数据库和 {len(manifest['files'])} 个文件。")
    say("下次 wolong up 会把数据库结构更新到当前版本。")
