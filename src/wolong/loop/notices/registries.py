"""What may be made public: a provider for each kind of thing.

This room registers those of earlier rooms (`offers.py`, which may know them); a later room registers its own in its
`apps.py`. All that it takes:

register(Provider(
    key="scores", kind=Kind.SCORE, label=_("考评得分"),
    visible=lambda scope, unit: Score.objects.filter(...),   # what this person may offer in the window of this unit
    freeze=lambda score: Frozen(
        title=f"{score.period}考评结果",
        blocks=(content.table([_("单位"), _("服务"), _("得分")], rows, numeric=(2,)),),
        concerns=score.performer, told_at=score.told_at,
    ),
))
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.loop.notices.rules.content import Block
from wolong.loop.notices.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A thing by value; `reference` is its number (标准号、期次).

    `concerns` names the company that may answer first; `told_at` is when it was told of exactly this already (None: it is
    told when the notice is submitted). `facts` are labels with values above the text.
    """

    title: str
    blocks: tuple[Block, ...]
    reference: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    concerns: Organization | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`visible(scope, unit)`: the things that this person may offer in the window of a unit; `freeze(thing)`: one by value.

    `holding(keys, day)`: those of the things, by primary key as text, that still hold; a notice of one that does not says so.
    """

    key: str
    kind: Kind
    label: Any
    visible: Callable[[Scope, Organization], QuerySet[Any]]
    freeze: Callable[[Any], Frozen]
    holding: Callable[[Collection[str], date], set[str]] | None = None


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Registering the same key twice replaces the first."""
    _providers[provider.key] = provider


def providers() -> list[Provider]:
    return list(_providers.values())


def provider_of(key: str) -> Provider | None:
    return _providers.get(key)
