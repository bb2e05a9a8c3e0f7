"""Proofs that anybody can repeat: the sealed ledger and the draws."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import CannotStart
from wolong.loop.plans.drawing import verify_export

ledger = typer.Typer(help="留痕：只增不改，逐批封存。", no_args_is_help=True)
draw = typer.Typer(help="抽样：任何人都能重算。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(ledger, name="ledger")
    app.add_typer(draw, name="draw")


@ledger.command("verify")
def verify_ledger(
    old_head: Annotated[str, typer.Option("--old-head", help="从前抄下的链首：整条链被改写过也能发现")] = "",
) -> None:
    """把全部留痕重算一遍，指出第一处不符。"""
    with django_ready():
        from wolong.ground.ledger.queries import verify

        report = verify(old_head=old_head)
    say(f"{'✓' if report.ok else '✗'} {report.sentence}")
    if report.head:
        say(f"链首：{report.head}")
    raise typer.Exit(0 if report.ok else 1)


@ledger.command("head")
def show_head() -> None:
    """打印每日链首；抄到别处保管，日后就能证明留痕没有被改写。"""
    with django_ready():
        from wolong.ground.ledger.queries import head_text

        text = head_text()
    typer.echo(text, nl=False)


@draw.command("verify")
def verify_draw(file: Annotated[Path, typer.Argument(metavar="FILE", help="从计划页导出的抽样记录(JSON)")]) -> None:
    """按导出的名录和种子重算一次抽样，与记录比较。"""
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
        raise CannotStart(f"{file} 读不出来：{broken}") from None
