"""`wolong.toml`: a sentence about it names the line."""

from pathlib import Path

import pytest

from tests.language.test_command_line import wolong
from tests.language.test_outputs import clauses
from wolong.language.linting import selection

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[lint]\nselect = ["WL4"]\n\nselekt = ["WL4"]\n', 4),
        ("[lint]\n\n[other]\n", 3),
        ('[lint]\nignore = []\nselect = "WL4"\n', 3),
        ("[lint]\nignore = []\nworld = 1\n", 3),
        ('[lint]\nignore = []\nbaseline = ["a"]\n', 3),
        ("# [lint]\nlint = 1\n", 2),
    ],
)
def test_the_line_of_what_is_wrong_is_named(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "a.md").write_text(clauses("地面应干净。"), "utf-8")
    (tmp_path / "wolong.toml").write_text(text, "utf-8")
    done = wolong("lint", "a.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"（第 {line} 行）" in done.stderr.decode()


@pytest.mark.parametrize("data", [b"[lint\n", "# 说明".encode("gbk"), b"a = " + b"[" * 100_000])
def test_what_is_no_toml_stops_the_run_without_a_traceback(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_text(clauses("地面应干净。"), "utf-8")
    (tmp_path / "wolong.toml").write_bytes(data)
    done = wolong("lint", "a.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "wolong.toml" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_quoted_key_and_a_section_of_a_section_have_their_lines() -> None:
    text = '[lint]\n"selekt" = []\n[lint.per-file-ignores]\n'
    assert selection.line_of(text, "selekt") == 2
    assert selection.line_of(text, "per-file-ignores") == 3
    assert selection.line_of(text, "baseline") is None
