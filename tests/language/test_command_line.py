"""`wolong read` and `wolong lint`: the result on stdout, the exit code, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
GOOD = "## 1 范围\n\n甲。\n\n## 2 规范性引用文件\n\n无。\n\n## 3 术语和定义\n\n无。\n"


def wolong(
    *arguments: str, cwd: Path, timeout: float = 300, piped: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "wolong.entrance.command_line", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, timeout=timeout, check=False, input=piped)


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


def test_lint_imports_neither_django_nor_pint_nor_a_database_driver() -> None:
    program = (
        "import sys; import wolong.entrance.command_line; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'pint', 'psycopg'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=True)
    assert done.stdout.strip() == b"[]"


def answered(done: subprocess.CompletedProcess[bytes], status: int) -> str:
    """What was said, where the run ended as it should and without a traceback."""
    said = done.stderr.decode()
    assert "Traceback" not in said, said
    assert done.returncode == status, said
    return said


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_what_cannot_be_read_as_a_standard_is_a_diagnostic_in_every_form(tmp_path: Path, form: str) -> None:
    (tmp_path / "gbk.md").write_bytes("地面应干净。".encode("gbk"))
    (tmp_path / "front.md").write_text("---\n标准号: [\n---\n", "utf-8")
    (tmp_path / "zero.md").write_bytes(b"\x00\xff\xfe")
    (tmp_path / "empty.md").write_bytes(b"")
    done = wolong("lint", ".", "--format", form, cwd=tmp_path)
    answered(done, 1)
    written = done.stdout.decode()
    assert all(word in written for word in ("WL101", "WL104", "gbk.md", "front.md"))


def test_a_line_of_50_mb_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 50_000_000)
    done = wolong("lint", "a.md", "--format", "json", cwd=tmp_path)
    answered(done, 1)
    assert [one["code"] for one in json.loads(done.stdout)] == ["WL101"]


def test_a_folder_without_standards_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("无", "utf-8")
    assert "没有标准文本" in answered(wolong("lint", ".", cwd=tmp_path), 0)
    assert json.loads(wolong("lint", ".", "--format", "json", cwd=tmp_path).stdout) == []


def test_a_link_to_itself_and_a_name_that_is_no_text_have_their_answer(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to("loop.md")
    answered(wolong("lint", "loop.md", cwd=tmp_path), 2)
    answered(wolong("lint", ".", cwd=tmp_path), 0)
    (tmp_path / "loop.md").unlink()
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("---\n标准号: 甲\n---\n" + GOOD, "utf-8")
    for form in ("text", "json", "sarif", "github"):
        answered(wolong("lint", ".", "--format", form, cwd=tmp_path), 1)


def test_an_unknown_rule_names_its_neighbours(tmp_path: Path) -> None:
    assert "相近的有 WL20" in answered(wolong("rule", "WL209", cwd=tmp_path), 2)
    assert "wolong rule" in answered(wolong("rule", "何", cwd=tmp_path), 2)


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_lint_writes_what_the_golden_file_holds(form: str) -> None:
    golden = Path(__file__).parent / "golden" / "linted"
    asked = ("--select", "WL202,WL502,WL511", "--today", "2026-11-24", "--format", form)
    done = wolong("lint", "rough.md", *asked, cwd=golden)
    answered(done, 1)
    assert done.stdout.decode() == (golden / f"rough.{form}").read_text("utf-8")


def test_lint_says_how_it_went_apart_from_the_result() -> None:
    golden = Path(__file__).parent / "golden" / "linted"
    said = answered(wolong("lint", "rough.md", "--select", "WL202,WL502,WL511", cwd=golden), 1)
    assert said.startswith("1 个文件：2 个错误，1 个警告，0 个提示；")
    assert "没有办公区数据，略过 WL515" in said
    assert said.endswith("1 个可用 --fix 改好\n")


def test_a_full_disk_and_a_reader_who_left_are_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "## 1 范围\n\n" + "".join(f"1.{at} 垃圾必须及时清运。\n\n" for at in range(2000)), "utf-8"
    )
    command = [sys.executable, "-m", "wolong.entrance.command_line", "lint", "a.md", "--format", "json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, timeout=300, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, "写不出结果：磁盘满了\n")
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "Broken pipe" not in said


def test_why_a_path_is_refused_is_said_in_chinese(tmp_path: Path) -> None:
    assert answered(wolong("lint", "nowhere.md", cwd=tmp_path), 2) == "读不到 nowhere.md：没有这个文件或目录\n"
    assert "是目录" in answered(wolong("read", ".", cwd=tmp_path), 2)


@pytest.mark.parametrize("command", ["lint", "read", "fmt"])
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    done = wolong(command, "fifo.md", cwd=tmp_path, timeout=30)
    assert answered(done, 2) == "读不到 fifo.md：不是普通文件\n"
    assert done.stdout == b""


def test_a_pipe_of_the_shell_is_read(tmp_path: Path) -> None:
    done = wolong("read", "/dev/stdin", "--format", "json", cwd=tmp_path, piped=GOOD.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["clauses"]


def test_a_readme_beside_the_standards_is_no_standard(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# What stands here\n", "utf-8")
    (tmp_path / "a.md").write_text("---\n标准号: Q/A 1—2026\n---\n" + GOOD, "utf-8")
    done = wolong("lint", ".", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout) == []
    assert "WL114" in wolong("lint", "README.md", "--format", "json", cwd=tmp_path).stdout.decode(), (
        "named, it is judged"
    )
