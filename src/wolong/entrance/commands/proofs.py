"""Proofs that anybody can repeat: the sealed ledger and the draws."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wolong.entrance.commands.running import say
from wolong.entrance.supervisor.whereabouts import CannotStart
from wolong.loop.plans.drawing import verify_export

draw = typer.Typer(help="抽样:任何人都能重算。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(draw, name="draw")


@draw.command("verify")
def verify_draw(file: Annotated[Path, typer.Argument(metavar="FILE", help="从计划页导出的抽样记录(JSON)")]) -> None:
    """按导出的名录和种子重算一次抽样,与记录比较。"""
    faults = verify_export(_read_json(file))
    for fault in faults:
        say(f"✗ {fault}")
    if faults:
        raise typer.Exit(1)
    say("✓ 重算的样本与记录一致。")


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as broken:
        raise CannotStart(f"{file} 读不出来:{broken}") from None
