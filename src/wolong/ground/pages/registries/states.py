"""One dictionary gives the colour and the icon of every state of every lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices


@dataclass(frozen=True)
class Look:
    """`tone`: "" grey, not begun · run blue · warn amber, waits · bad red, late or failed · ok green, done."""

    label: str
    tone: str = ""
    icon: str = "circle-dotted"


_looks: dict[type[TextChoices], dict[str, Look]] = {}
TONES = {"", "run", "warn", "bad", "ok"}


def register(choices: type[TextChoices], looks: Mapping[Any, tuple[str, str]]) -> None:
    """`states.register(OrderState, {OrderState.ISSUED: ("run", "send")})`; every value must be given."""
    missing = set(choices.values) - {str(getattr(value, "value", value)) for value in looks}
    wrong = {tone for tone, _icon in looks.values()} - TONES
    if missing or wrong:
        raise ValueError(f"{choices.__qualname__}: no look for {sorted(missing)}, unknown tones {sorted(wrong)}")
    _looks[choices] = {
        str(choices(value).value): Look(str(choices(value).label), tone, icon) for value, (tone, icon) in looks.items()
    }


def _same_room(choices: type, owner: Any) -> bool:
    room = type(owner).__module__.split(".models")[0]
    return choices.__module__.startswith(room)


def look_of(value: Any, owner: Any = None) -> Look:
    """The look of a state: by its enum, else by its value, preferring the room of the thing that has it (`owner`).

    An unregistered state is shown in grey by its own word: a badge must never break a page.
    """
    if isinstance(value, TextChoices):
        known = _looks.get(type(value), {}).get(str(value.value))
        return known or Look(str(value.label))
    candidates = [(choices, looks[str(value)]) for choices, looks in _looks.items() if str(value) in looks]
    if owner is not None:
        own = [pair for pair in candidates if _same_room(pair[0], owner)]
        display = getattr(owner, "get_state_display", None)
        if len(own) > 1 and display is not None:
            own = [pair for pair in own if pair[1].label == str(display())] or own
        candidates = own or candidates
    return candidates[0][1] if candidates else Look(str(value))
