"""The first person who can sign in."""

import typer


def register(app: typer.Typer) -> None:
    app.command()(create_admin)


def create_admin() -> None:
    """建立系统管理员账号,给出一次性密码。"""
