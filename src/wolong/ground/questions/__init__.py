"""Questions that every page asks again with other values: their SQL is compiled once for each shape of the values."""

from wolong.ground.questions.compiled import asked
from wolong.ground.questions.counted import Counting, counted, sizes

__all__ = ["Counting", "asked", "counted", "sizes"]
