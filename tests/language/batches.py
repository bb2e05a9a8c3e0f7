"""Thousands of sentences are judged fifty a test: a test for each costs more than reading them."""

from collections.abc import Sequence
from typing import Any

import pytest

SIZE = 50


def by_fifties(name: str, rows: Sequence[Any]) -> pytest.MarkDecorator:
    """Give a test its rows in turn; its name says where in the table they begin."""
    parts = [rows[begin : begin + SIZE] for begin in range(0, len(rows), SIZE)]
    return pytest.mark.parametrize(name, parts, ids=[f"from {number * SIZE + 1}" for number in range(len(parts))])
