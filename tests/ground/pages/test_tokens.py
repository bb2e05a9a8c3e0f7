"""The contrast of every pair that the components use, computed from the file that the browser reads."""

import itertools
import re
from pathlib import Path

import pytest

from wolong.ground.pages import apps

FOLDER = Path(apps.__file__).parent / "static" / "pages"
TEXT = (FOLDER / "tokens.css").read_text()
TEXT_RATIO, EDGE_RATIO = 4.5, 3.0

GROUNDS = ("bg", "surface", "raised", "sunken")
TINTS = ("red", "amber", "green", "blue")
PAIRS = [
    *itertools.product(("ink", "ink-2", "ink-3"), GROUNDS),
    *itertools.product(("ink", "ink-2"), [f"{tint}-tint" for tint in TINTS]),
    ("ink-3", "blue-tint"),
    *((tint, f"{tint}-tint") for tint in TINTS),
    *itertools.product(TINTS, ("bg", "surface", "raised")),
    ("blue", "sunken"),
    ("on-blue", "blue"),
    ("on-blue", "blue-hover"),
    ("surface", "red"),
    ("surface", "green"),
    ("surface", "amber"),
    ("surface", "ink"),
    ("surface", "ink-2"),
    ("surface", "cov-4"),
    ("ink", "cov-2"),
    ("ink", "hill-0"),
    ("ink", "hill-1"),
    ("redhead", "surface"),
]
EDGES = [
    *itertools.product(("control",), ("bg", "surface", "raised")),
    ("blue", "bg"),
    ("blue", "surface"),
    ("red", "surface"),
]


def block(selector: str) -> dict[str, str]:
    start = TEXT.index(selector) + len(selector)
    body = TEXT[TEXT.index("{", start) + 1 : TEXT.index("}", start)]
    return dict(re.findall(r"--wl-([\w-]+):\s*([^;]+);", re.sub(r"/\*.*?\*/", "", body, flags=re.DOTALL)))


LIGHT = block(':root, [data-bs-theme="light"]')
DARK = {**LIGHT, **block('\n[data-bs-theme="dark"]')}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(theme: str, text: str, ground: str) -> None:
    tokens = LIGHT if theme == "light" else DARK
    assert contrast(tokens[text], tokens[ground]) >= TEXT_RATIO


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_control_can_be_seen(theme: str, edge: str, ground: str) -> None:
    tokens = LIGHT if theme == "light" else DARK
    assert contrast(tokens[edge], tokens[ground]) >= EDGE_RATIO


def test_dark_by_system_and_dark_by_choice_are_one() -> None:
    assert block('\n[data-bs-theme="dark"]') == block("(prefers-color-scheme: dark) { :root:not([data-bs-theme])")


def test_every_token_that_is_used_exists() -> None:
    known = set(re.findall(r"--wl-[\w-]+(?=:)", TEXT))
    used = {name for file in FOLDER.glob("*.css") for name in re.findall(r"var\((--wl-[\w-]+)", file.read_text())}
    assert used - known == set()


def test_no_letter_is_smaller_than_14_px() -> None:
    for file in FOLDER.glob("*.css"):
        sizes = re.findall(r"font-size:\s*(\d+(?:\.\d+)?)px", file.read_text())
        assert all(float(size) >= 14 for size in sizes), file.name
