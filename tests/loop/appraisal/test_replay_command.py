"""`wolong appraisal replay` and `export`: from a file without a database, and over all that is stored."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.loop.appraisal.sheets import EXAMPLE
from wolong.entrance.command_line import app
from wolong.loop.appraisal.rules.scoring import hash_of, score

RUN = CliRunner()


def export(tmp_path: Path, **changes: object) -> Path:
    file = tmp_path / "sheet.json"
    data = {"inputs_sha256": hash_of(EXAMPLE), "frozen_at": None, "inputs": EXAMPLE, "result": score(EXAMPLE)}
    file.write_text(json.dumps({**data, **changes}, ensure_ascii=False), encoding="utf-8")
    return file


def test_an_exported_score_is_recomputed_without_a_database(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["appraisal", "replay", str(export(tmp_path))])
    assert (done.exit_code, done.output.strip()) == (0, "✓ 重算 1 个得分，与存下的一致。")


def test_a_figure_that_was_touched_is_found(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["appraisal", "replay", str(export(tmp_path, result={**score(EXAMPLE), "score": "96.99"}))])
    assert done.exit_code == 1
    assert "重算得 86.99 分 良好，文件里是 96.99 分" in done.output


def test_inputs_that_were_touched_are_found(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["appraisal", "replay", str(export(tmp_path, inputs={**EXAMPLE, "unit": "别家公司"}))])
    assert done.exit_code == 1
    assert "校验值不符" in done.output


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"inputs": 3}', b'{"inputs": {"format": "x"}, "result": 1, "inputs_sha256": 1}']
)  # fmt: skip
def test_a_file_that_is_no_export_is_named_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    done = RUN.invoke(app, ["appraisal", "replay", str(file)])
    assert done.exit_code == 1
    assert "odd.json" in done.output
    assert len(done.output.strip().splitlines()) == 1
