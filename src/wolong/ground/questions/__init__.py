"""How pages ask: questions asked again with other values, compiled once for each shape; how many rows; how names sort."""

from wolong.ground.questions.compiled import asked
from wolong.ground.questions.counted import Counting, counted, sizes

__all__ = ["Counting", "asked", "counted", "sizes"]
