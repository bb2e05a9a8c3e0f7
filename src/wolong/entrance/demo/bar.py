"""The bar over every page in demo mode: who one is, and the walk."""

from collections.abc import Hashable

from django.conf import settings
from django.http import HttpRequest

from wolong.entrance.demo.people_data import PLAYERS, UNITS
from wolong.entrance.demo.walk import STEPS
from wolong.ground.pages.pieces import piece

STEP_KEY = "demo_step"


def bar(request: HttpRequest) -> str:
    """Safe HTML of the bar; empty outside demo mode."""
    if not settings.DEMO:
        return ""
    units = {unit.key: unit.short_name for unit in UNITS}
    number = request.session.get(STEP_KEY)
    step = STEPS[number] if isinstance(number, int) and number < len(STEPS) else None
    people = {player.account: player.name for player in PLAYERS}
    context: dict[str, Hashable] = {
        "players": tuple((player.account, player.name, f"{units[player.unit]} {player.post}") for player in PLAYERS),
        "current": request.user.get_username() if request.user.is_authenticated else "",
        "sentence": step.sentence if step else "",
        "number": number + 1 if step is not None and number is not None else None,
        "steps": len(STEPS),
        "is_done": step.is_done() if step else False,
        "actor": people[step.account] if step else "",
        "next_actor": people[STEPS[number + 1].account]
        if step and number is not None and number + 1 < len(STEPS)
        else "",
        "is_mine": bool(step and request.user.is_authenticated and request.user.get_username() == step.account),
    }
    return piece("entrance/_demo_bar.html", request, **context)
