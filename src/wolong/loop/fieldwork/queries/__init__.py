"""What visits are asked."""

from wolong.loop.fieldwork.queries.flags import flags_of
from wolong.loop.fieldwork.queries.walking import Walk, is_no_photo, place_of_walk, walk_of

__all__ = ["Walk", "flags_of", "is_no_photo", "place_of_walk", "walk_of"]
