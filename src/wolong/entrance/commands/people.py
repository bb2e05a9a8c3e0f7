"""The first person who can sign in, and identities that are bound no longer."""

import os
from typing import Annotated

import typer

from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import CannotStart


def register(app: typer.Typer) -> None:
    app.command()(create_admin)
    app.command()(unbind_identity)


def create_admin(
    account: Annotated[str, typer.Option(help="登录账号，字母和数字；也可用 WOLONG_ADMIN_ACCOUNT")] = "",
    name: Annotated[str, typer.Option(help="姓名；也可用 WOLONG_ADMIN_NAME")] = "",
    organization: Annotated[str, typer.Option(help="单位全称，没有就建立；也可用 WOLONG_ADMIN_UNIT")] = "",
) -> None:
    """建立系统管理员账号，给出一次性密码(首次登录时更换);账号已有时只换密码。"""
    account = account or os.environ.get("WOLONG_ADMIN_ACCOUNT", "") or typer.prompt("登录账号", default="admin")
    name = name or os.environ.get("WOLONG_ADMIN_NAME", "") or typer.prompt("姓名", default="系统管理员")
    unit = organization or os.environ.get("WOLONG_ADMIN_UNIT", "") or typer.prompt("单位", default="机关事务管理局")
    with django_ready():
        from wolong.entrance.commands.first_administrator import make_administrator
        from wolong.entrance.commands.preparation import migrate_database
        from wolong.ground.lifecycle import Refused

        migrate_database(say)
        try:
            password = make_administrator(account=account, name=name, unit=unit)
        except Refused as refused:
            raise CannotStart(str(refused)) from None
    say(f"账号 {account} 的一次性密码(只显示这一次，首次登录时更换):{password}")


def unbind_identity(account: Annotated[str, typer.Argument(help="登录账号")]) -> None:
    """解除一个账号和统一登录身份的绑定；下一次用统一登录进入时重新绑定。"""
    with django_ready():
        from wolong.entrance.oidc import adapter
        from wolong.ground.people.models import Person
        from wolong.ground.workdays.queries import now

        person = Person.objects.filter(account__iexact=account).first()
        if person is None:
            raise CannotStart(f"没有账号 {account}。")
        freed = adapter.unbind_identity(person=person, at=now())
    say(f"已解除 {account} 的绑定。" if freed else f"{account} 没有绑定。")
