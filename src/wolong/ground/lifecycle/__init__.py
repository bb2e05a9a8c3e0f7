"""A table of states and moves comes in; whether a move is allowed is decided; a refusal in the user's words goes out."""

from wolong.ground.lifecycle.actors import Actor
from wolong.ground.lifecycle.rules import Lifecycle, Move, Refused

__all__ = ["Actor", "Lifecycle", "Move", "Refused"]
