"""The verbs of places: the only writers."""

from wolong.estate.places.actions.imports import (
    ImportStep,
    Source,
    Tell,
    apply_import,
    confirm_import,
    fail_import,
    is_read_at_once,
    is_written_at_once,
    kinds_of_import,
    read_import,
    receive_import,
    register_source,
    rows_in,
    source_of,
)
from wolong.estate.places.actions.numbering import next_number
from wolong.estate.places.actions.places_import import PLACES, compare_with_places, import_places, write_places
from wolong.estate.places.actions.tree import add_area, add_place, change_area, change_place, retire_place
from wolong.estate.places.actions.writing import field_of, take_ids, tell_planner, update_many
from wolong.estate.places.rules.rows import Change, Comparison, Fault, PlaceRow, twice_in_file

__all__ = [
    "PLACES",
    "Change",
    "Comparison",
    "Fault",
    "ImportStep",
    "PlaceRow",
    "Source",
    "Tell",
    "add_area",
    "add_place",
    "apply_import",
    "change_area",
    "change_place",
    "compare_with_places",
    "confirm_import",
    "fail_import",
    "field_of",
    "import_places",
    "is_read_at_once",
    "is_written_at_once",
    "kinds_of_import",
    "next_number",
    "read_import",
    "receive_import",
    "register_source",
    "retire_place",
    "rows_in",
    "source_of",
    "take_ids",
    "tell_planner",
    "twice_in_file",
    "update_many",
    "write_places",
]
