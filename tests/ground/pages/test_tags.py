from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

from wolong.ground.pages import apps, gallery
from wolong.ground.pages.icons import icon

TEMPLATES = Path(apps.__file__).parent / "templates"


def rendered(source: str, **context: Any) -> str:
    return str(Template("{% load pages %}" + source).render(Context(context)))


@pytest.mark.parametrize("name", ["no-such-icon", "../filled/home", "home.svg", ""])
def test_an_unknown_icon_raises(name: str) -> None:
    with pytest.raises(LookupError):
        icon(name)


def test_an_icon_is_inline_quiet_and_of_one_weight() -> None:
    html = icon("home")
    assert html.startswith('<svg class="wl-i" viewBox="0 0 24 24"')
    assert 'stroke-width="1.75"' in html
    assert 'aria-hidden="true"' in html
    assert "category" not in html


def test_hostile_words_are_escaped_in_every_component() -> None:
    bad = "<script>x</script>"
    html = rendered(
        '{% badge bad "warn" "flag" %}{% quote bad bad bad %}{% state "failed" bad bad "/" bad bad %}{% verify bad %}'
        "{% progress 1 2 bad %}{% coverage 50 bad %}{% severity bad %}{% line_chart bad points %}{% severity_bars rows %}",
        bad=bad,
        points=[(bad, 1.0)],
        rows=[(bad, "", {"A": 1})],
    )
    assert "<script>" not in html


def test_the_breached_part_of_a_clause_is_marked() -> None:
    html = rendered('{% quote text "5.1.2" part %}', text="氨不应大于 0.3，硫化氢也是。", part="不应大于 0.3")
    assert "氨<mark>不应大于 0.3</mark>，硫化氢" in html


def test_what_was_not_checked_is_hatched_and_said() -> None:
    html = rendered("{% coverage nothing %}", nothing=None)
    assert "未检查" in html
    assert "url(#wl-hatch)" in html
    assert "0 %" not in html


def test_a_value_at_its_place_is_a_dot_or_a_diamond() -> None:
    assert "wl-dot-ok" in rendered('{% judge high=0.3 unit="mg/m³" value=0.18 ok=True %}')
    assert "wl-dot-bad" in rendered('{% judge high=0.3 unit="mg/m³" value=0.42 ok=False %}')


def test_the_first_todo_alone_is_blue() -> None:
    html = rendered("{% todo_list todos today %}", todos=gallery.examples()["todos"], today=gallery.TODAY)
    assert html.count("wl-go") == 1
    assert "逾期 3 天" in html


def test_the_gallery_shows_every_part_there_is(desk: Client) -> None:
    """A partial that nobody can see in the gallery or on a page is not finished."""
    html = desk.get("/gallery/").content.decode()
    for sign in ("wl-thread", "wl-next wl-late", "wl-todo", "wl-waits", "wl-hist", "wl-judge", "wl-gaps", "wl-hb",
                 "wl-linechart", "wl-cov", "wl-pair", "wl-sum", "wl-skel", "wl-progress", "wl-errs", "wl-quote"):  # fmt: skip
        assert sign in html, sign


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html", "pages/locked_out.html"]
)
def test_an_error_has_its_own_sentence_and_a_way_on(name: str) -> None:
    html = render_to_string(name)
    assert "wl-state" in html
    assert 'href="/"' in html


def test_every_template_loads() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert Template(path.read_text()), path
