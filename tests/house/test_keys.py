"""The letters after `g` lead to one place each."""

from collections import Counter

from wolong.ground.pages.registries import menu


def test_no_two_places_of_the_menu_answer_to_one_letter() -> None:
    # One room may have two pages behind one line: one for the bureau, one for companies.
    places = {(entry.key, entry.url_name.split(":")[0]) for entry in menu._entries if entry.key}
    keys = Counter(key for key, _room in places)
    assert len(keys) >= 10
    assert {key for key, times in keys.items() if times > 1} == set()
