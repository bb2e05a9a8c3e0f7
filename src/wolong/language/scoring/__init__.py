"""Sheets of points (考核表): from a grid of cells to clauses with proposed execution lines. Pure, like all of the language."""

from wolong.language.scoring.composing import CannotCompose, Confirmed, Front, compose
from wolong.language.scoring.grid import Grid, Span
from wolong.language.scoring.headings import NoScoringSheet
from wolong.language.scoring.proposing import KEYS, Proposal, Vocabulary, propose
from wolong.language.scoring.reading import Item, LeftOut, Reading, read_grid

__all__ = [
    "KEYS",
    "CannotCompose",
    "Confirmed",
    "Front",
    "Grid",
    "Item",
    "LeftOut",
    "NoScoringSheet",
    "Proposal",
    "Reading",
    "Span",
    "Vocabulary",
    "compose",
    "propose",
    "read_grid",
]
