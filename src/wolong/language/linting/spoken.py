"""What a rule says to those who write standards, in their language; the examples are the docstring's."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from wolong.language.linting import EXPLAINED
from wolong.language.linting.explaining import Explanation

_TABLE = Path(__file__).with_name("rules_zh.tsv")


@cache
def spoken() -> Mapping[str, Explanation]:
    """Every code with its rule, why and how to mend in Chinese; what runs without explaining reads no table."""
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:]]
    return {code: replace(EXPLAINED[code], summary=rule, why=why, mend=mend) for code, rule, why, mend in rows}
