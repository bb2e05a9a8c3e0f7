"""`wolong`: everything an operator does, one file a theme under `commands/`."""

from typing import Any

import typer
from typer.core import TyperGroup

from wolong.entrance.commands import (
    demonstration,
    exchange,
    new_area,
    people,
    proofs,
    running,
    safekeeping,
    scores,
    standards_lint,
    standards_text,
)
from wolong.entrance.supervisor.whereabouts import CannotStart


class PlainSentences(TyperGroup):
    """Says what hinders in one sentence, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CannotStart as hindrance:
            typer.echo(f"✗ {hindrance}", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=PlainSentences,
    name="wolong",
    help="卧龙：让集中办公区的服务合乎标准。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for theme in (
    running, people, new_area, demonstration, safekeeping, proofs, scores, exchange, standards_lint, standards_text,
):  # fmt: skip
    theme.register(app)

if __name__ == "__main__":
    app()
