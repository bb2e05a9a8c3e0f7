"""Pieces of the frame: drawn once for the same values, another piece for others, and never another person's token."""

from django.test import RequestFactory

from wolong.ground.pages.pieces import NEXT_MARK, TOKEN_MARK, piece
from wolong.ground.pages.registries.topbar import AreaOption, AreaSwitch

ONE, TWO = AreaOption("甲区", "1", True), AreaOption("乙区", "2")
EMPTY: tuple[str, ...] = ()


def _top(path: str, *, label: str = "甲区", search_q: str = "") -> str:
    request = RequestFactory().get(path)
    return piece(
        "pages/_top.html",
        request,
        areas=AreaSwitch(label, (ONE, TWO), "/area/"),
        search_q=search_q,
        search_labels=EMPTY,
        is_signed_in=True,
    )


def test_another_value_is_another_piece() -> None:
    assert "甲区</span>" in _top("/")
    assert "丙区</span>" in _top("/", label="丙区")
    assert "甲区</span>" in _top("/")


def test_the_way_back_and_the_token_are_those_of_the_request() -> None:
    here, there = _top("/a/?x=1&y=2"), _top("/b/")
    assert 'name="next" value="/a/?x=1&amp;y=2"' in here
    assert 'name="next" value="/b/"' in there
    assert "/a/" not in there
    assert TOKEN_MARK not in here
    assert NEXT_MARK not in here
    assert (
        here.partition('csrfmiddlewaretoken" value="')[2][:64]
        != there.partition('csrfmiddlewaretoken" value="')[2][:64]
    )


def test_what_was_sought_is_escaped() -> None:
    html = _top("/", search_q='"><script>')
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
