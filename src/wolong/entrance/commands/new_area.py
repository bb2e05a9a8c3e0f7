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
    centre: Annotated[str, typer.Option(help="管这个办公区的中心，简称或全称")] = "",
    by: Annotated[str, typer.Option(help="以哪位系统管理员的名义")] = "admin",
    drafter: Annotated[str, typer.Option(help="目录里 标准/*.md 由谁起草(账号);之后由另一人审定")] = "",
    examples: Annotated[bool, typer.Option("--examples", help="只在目录里放好填好的示例，可以原样导入")] = False,
    templates: Annotated[bool, typer.Option("--templates", help="只在目录里放好空的模板")] = False,
) -> None:
    """用一个目录里的表格建立新的办公区；可以重复运行：已有的不会重复，表里改了的照表改。"""
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
        if examples:
            for path in sheets.write_examples(folder, today=today()):
                say(f"示例：{path}")
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
            _draft(folder, drafter)
        except Refused as refusal:
            raise CannotStart(refusal.sentence) from None
        say(f"{area.name} 已建立。标准由标准管理员在“起步”页起草，由另一人审定。")


def _draft(folder: Path, account: str) -> None:
    """The texts of one's own, in the name of who may draft."""
    from wolong.entrance.start import folder as sheets
    from wolong.ground.people.models import Person
    from wolong.ground.workdays.queries import now

    if not (folder / sheets.TEXTS).is_dir():
        return
    if not account:
        say(f"{sheets.TEXTS}：没有读。要起草请用 --drafter 写明账号。")
        return
    drafter = Person.objects.filter(account=account).first()
    if drafter is None:
        raise CannotStart(f"没有账号 {account}。")
    sheets.draft_own(folder, by=drafter, at=now(), say=say)
