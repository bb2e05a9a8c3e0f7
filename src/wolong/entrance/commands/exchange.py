"""What programmers of other systems need."""

import json
import os

import typer


def register(app: typer.Typer) -> None:
    app.command("openapi")(openapi)


def openapi() -> None:
    """打印接口的 OpenAPI 说明(JSON)，不需要数据库。"""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wolong.entrance.settings"
    import django

    django.setup()
    from ninja.responses import NinjaJSONEncoder

    from wolong.entrance.api import api

    schema = api.get_openapi_schema()
    typer.echo(json.dumps(schema, cls=NinjaJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True))
