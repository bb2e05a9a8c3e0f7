"""`wolong read` and `wolong lint`: the result on stdout, the exit code, and never a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "## 1 范围\n\n甲。\n\n## 2 规范性引用文件\n\n无。\n\n## 3 术语和定义\n\n无。\n"


def wolong(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "wolong.entrance.command_line", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, timeout=60, check=False)


def test_read_prints_one_document_per_file_and_its_path_as_given(tmp_path: Path) -> None:
    (tmp_path / "子").mkdir()
    (tmp_path / "子" / "a.md").write_text(GOOD, "utf-8")
    done = wolong("read", "子/a.md", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert [document["file"] for document in json.loads(done.stdout)] == ["子/a.md"]


def test_read_prints_what_it_could_and_exits_1_on_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("地面应干净。".encode("gbk"))
    (tmp_path / "b.md").write_text(GOOD, "utf-8")
    done = wolong("read", "a.md", "b.md", cwd=tmp_path)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 2


@pytest.mark.parametrize(
    "arguments",
    [["lint", "nowhere"], ["read", "nowhere"], ["lint", ".", "--today", "gestern"], ["lint", ".", "--select", "E501"], ["lint", ".", "--format", "xml"]],
)  # fmt: skip
def test_what_could_not_run_exits_2_with_a_sentence_on_stderr(tmp_path: Path, arguments: list[str]) -> None:
    done = wolong(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_lint_writes_sorted_json_and_exits_by_the_errors(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n标准号: 甲\n---\n" + GOOD, "utf-8")
    (tmp_path / "b.md").write_text("---\n标准号: Q/A 1—2026\n---\n" + GOOD, "utf-8")
    done = wolong("lint", "a.md", "b.md", "--format", "json", "--today", "2026-11-23", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(one["code"], one["file"]) for one in found] == [("WL114", "a.md")]
    assert set(found[0]) == {"code", "severity", "file", "line", "column", "clause", "message", "help", "related"}
    assert wolong("lint", "b.md", cwd=tmp_path).returncode == 0
    assert wolong("lint", ".", "--ignore", "WL1", cwd=tmp_path).returncode == 0


def test_lint_imports_neither_django_nor_pint() -> None:
    program = (
        "import sys; import wolong.entrance.command_line; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'pint'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=True)
    assert done.stdout.strip() == b"[]"
