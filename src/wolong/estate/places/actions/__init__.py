"""The verbs of places: the only writers."""

from wolong.estate.places.actions.places_import import PLACES, compare_with_places, import_places, write_places
from wolong.estate.places.actions.tree import add_area, add_place, change_area, change_place, pinyin_key, retire_place
from wolong.estate.places.actions.writing import take_ids, update_many
from wolong.estate.places.rules.rows import Change, Comparison, Fault, PlaceRow, twice_in_file

__all__ = [
    "PLACES",
    "Change",
    "Comparison",
    "Fault",
    "PlaceRow",
    "add_area",
    "add_place",
    "change_area",
    "change_place",
    "compare_with_places",
    "import_places",
    "pinyin_key",
    "retire_place",
    "take_ids",
    "twice_in_file",
    "update_many",
    "write_places",
]
