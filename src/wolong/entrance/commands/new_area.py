"""A new office area from files."""

from pathlib import Path
from typing import Annotated

import typer

from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import CannotStart


def register(app: typer.Typer) -> None:
    app.command()(new_area)


def new_area(
    folder: Annotated[
        Path, typer.Argument(help="放着 单位.xlsx 人员.xlsx 场所.xlsx 设备.xlsx 合同.xlsx 的目录；缺的就跳过")
    ],
    code: Annotated[str, typer.Option(help="办公区代号，2 至 6 个大写字母")] = "",
    name: Annotated[str, typer.Option(help="办公区名称")] = "",
    centre: Annotated[str, typer.Option(help="管这个办公区的中心，单位全称")] = "",
    by: Annotated[str, typer.Option(help="以哪位系统管理员的名义")] = "admin",
    templates: Annotated[bool, typer.Option("--templates", help="只在目录里放好空的模板")] = False,
) -> None:
    """用一个目录里的表格建立新的办公区；可以重复运行，已有的不会重复，也不会改动。"""
    with django_ready():
        from wolong.entrance.start import folder as sheets
        from wolong.ground.lifecycle import Refused
        from wolong.ground.people.models import Person
        from wolong.ground.people.states import Role
        from wolong.ground.workdays.queries import now, today

        if templates:
            for path in sheets.write_templates(folder):
                say(f"模板：{path}")
            return
        if not folder.is_dir():
            raise CannotStart(f"没有目录 {folder}。")
        if not (code and name and centre):
            raise CannotStart("请写明 --code、--name 和 --centre。")
        person = Person.objects.filter(account=by).first()
        if person is None or not person.holds(Role.ADMINISTRATOR, on=today()):
            raise CannotStart(f"{by} 不是系统管理员。先用 wolong create-admin 建立，或用 --by 写明账号。")
        try:
            area = sheets.bring(folder, area=sheets.NewArea(code, name, centre), by=person, at=now(), say=say)
        except Refused as refusal:
            raise CannotStart(refusal.sentence) from None
        say(f"{area.name} 已建立。标准由标准管理员在“起步”页起草，由另一人审定。")
