"""Files and functions stay small; the exceptions only shrink."""

import ast

from tests.house.law import ROOT, python_files, shown, tree_of

FILE_LINES, FUNCTION_LINES = 400, 50


def _excepted() -> dict[str, int]:
    rows = (ROOT / "tests" / "house" / "sizes.txt").read_text(encoding="utf-8").splitlines()
    return {name: int(lines) for name, lines in (row.rsplit(" ", 1) for row in rows if row and row[0] != "#")}


def _long() -> dict[str, int]:
    found = {}
    for path in python_files():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > FILE_LINES:
            found[shown(path)] = lines
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found[f"{shown(path)}:{node.name}"] = length
    return found


def test_files_and_functions_are_small() -> None:
    excepted = _excepted()
    assert {name: lines for name, lines in _long().items() if lines > excepted.get(name, 0)} == {}


def test_the_list_of_exceptions_holds_nothing_that_is_small_by_now() -> None:
    long = _long()
    assert [name for name in _excepted() if name not in long] == []
