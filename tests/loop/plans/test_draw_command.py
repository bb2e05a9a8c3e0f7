"""`wolong draw verify` re-computes an exported draw, far from any server."""

import json
from pathlib import Path

from typer.testing import CliRunner

from tests.loop.plans.test_drawing import exported, tampered
from wolong.entrance.command_line import app


def verified(tmp_path: Path, text: str) -> tuple[int, str]:
    file = tmp_path / "draw.json"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["draw", "verify", str(file)])
    return result.exit_code, result.output


def test_an_honest_draw_is_confirmed(tmp_path: Path) -> None:
    code, said = verified(tmp_path, json.dumps(exported(), ensure_ascii=False))
    assert code == 0
    assert "一致" in said


def test_a_changed_sample_is_found(tmp_path: Path) -> None:
    code, said = verified(tmp_path, json.dumps(tampered(size=2)))
    assert code == 1
    assert "重算的样本" in said


def test_what_is_no_draw_is_said_without_a_traceback(tmp_path: Path) -> None:
    for text in ("", "[]", "{not json", '{"format": 1}'):
        code, said = verified(tmp_path, text)
        assert code == 1
        assert "Traceback" not in said
