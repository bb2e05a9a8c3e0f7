"""Scores that anybody can recompute: from the database, or from an exported file alone."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wolong.entrance.commands.django_ready import django_ready
from wolong.entrance.commands.saying import say
from wolong.entrance.supervisor.whereabouts import CannotStart

appraisal = typer.Typer(help="考评：得分可以重算到分。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(appraisal, name="appraisal")


@appraisal.command("replay")
def replay(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="导出的核算数据(JSON)；不给就重算库里全部得分")
    ] = None,
) -> None:
    """按冻结的依据重算一遍，与存下的得分比较。"""
    faults, count = _faults_of_file(file) if file is not None else _faults_of_all()
    for fault in faults:
        say(f"✗ {fault}")
    if faults:
        raise typer.Exit(1)
    say(f"✓ 重算 {count} 个得分，与存下的一致。")


@appraisal.command("export")
def export(
    sheet: Annotated[int, typer.Argument(metavar="ID", help="考评表的编号(页面地址里的数字)")],
) -> None:
    """打印一张考评表的核算数据(JSON)，任何人都能据此重算。"""
    with django_ready():
        from wolong.loop.appraisal.models import Sheet
        from wolong.loop.appraisal.queries import exported, with_page

        found = with_page().filter(pk=sheet).first()
        if found is None:
            count = Sheet.objects.count()
            raise CannotStart(f"没有编号是 {sheet} 的考评表；现有 {count} 张。")
        text = json.dumps(exported(found), ensure_ascii=False, indent=1)
    typer.echo(text)


def _faults_of_file(file: Path) -> tuple[list[str], int]:
    from wolong.loop.appraisal.rules.scoring import FORMAT, hash_of, score

    try:
        data: Any = json.loads(file.read_text(encoding="utf-8"))
        inputs, result, digest = data["inputs"], data["result"], data["inputs_sha256"]
        known = inputs["format"] == FORMAT
    except (OSError, ValueError, RecursionError, KeyError, TypeError) as broken:
        raise CannotStart(f"{file} 不是导出的核算数据：{broken}") from None
    if not known:
        raise CannotStart(f"{file} 的格式是 {inputs['format']}，这一版只认 {FORMAT}。")
    faults = [] if hash_of(inputs) == digest else ["依据的校验值不符：依据被改过"]
    try:
        again = score(inputs)
    except (KeyError, TypeError, ValueError, ArithmeticError) as broken:
        raise CannotStart(f"{file} 的依据不完整，算不出来：{broken}") from None
    if again != result:
        faults.append(
            f"重算得 {again['score']} 分 {again['grade']}，文件里是 {result.get('score')} 分 {result.get('grade')}"
        )
    return faults, 1


def _faults_of_all() -> tuple[list[str], int]:
    with django_ready():
        from wolong.loop.appraisal.models import Score
        from wolong.loop.appraisal.queries import is_replayed

        rows = list(Score.objects.select_related("sheet__unit", "sheet__period").order_by("pk"))
        return [f"{one}（第 {one.version} 次）重算不一致" for one in rows if not is_replayed(one)], len(rows)
