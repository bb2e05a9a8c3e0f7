"""The thread: on which chain, from clause to revision, the thing on the page hangs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.registries.panels import guarded

logger = logging.getLogger(__name__)


class Stage(TextChoices):
    """The nine stages, in their fixed order."""

    CLAUSE = "clause", _("标准条款")
    DUTY = "duty", _("职责")
    PLAN = "plan", _("计划")
    FIELDWORK = "fieldwork", _("巡查")
    FINDING = "finding", _("问题")
    RECTIFICATION = "rectification", _("整改")
    APPRAISAL = "appraisal", _("考评")
    ANALYSIS = "analysis", _("分析")
    REVISION = "revision", _("修订")


@dataclass(frozen=True)
class Bead:
    """One bead: `fact` in at most 9 characters, `title` in full; `cutoff` says what is missing.

    A bead that the person may not open: `Bead("done", "不可看")` without url.
    """

    state: Literal["done", "here", "ahead", "cutoff"]
    fact: Any = ""
    title: Any = ""
    url: str = ""
    stage: Stage | None = None

    @property
    def name(self) -> str:
        return str(self.stage.label) if self.stage else ""

    @property
    def full(self) -> str:
        return str(self.title or self.fact)


Provider = Callable[[HttpRequest, Any], Bead | None]
ChainProvider = Callable[[HttpRequest, Any], Mapping[Stage, Bead]]

_providers: dict[Stage, list[tuple[type, Provider]]] = {stage: [] for stage in Stage}
_chains: list[tuple[type, ChainProvider]] = []


def register(stage: Stage, provider: Provider, subject: type = object) -> None:
    """Give one stage's bead for subjects of one class; the first provider that answers wins."""
    known = (subject, provider)
    if known not in _providers[stage]:
        _providers[stage].append(known)


def register_chain(subject: type, provider: ChainProvider) -> None:
    """Give several beads at once (one query) for subjects of one class; `register` fills what it leaves out."""
    if (subject, provider) not in _chains:
        _chains.append((subject, provider))


def _given(request: HttpRequest, subject: Any) -> dict[Stage, Bead]:
    beads: dict[Stage, Bead] = {}
    for cls, chain in _chains:
        if isinstance(subject, cls):
            for stage, bead in chain(request, subject).items():
                beads.setdefault(stage, bead)
    for stage, providers in _providers.items():
        for cls, provider in providers:
            if stage not in beads and isinstance(subject, cls) and (given := provider(request, subject)) is not None:
                beads[stage] = given
    return beads


def thread_for(request: HttpRequest, subject: Any, here: Stage | None = None) -> list[Bead]:
    """The nine beads of a subject; `here` is the page's own stage. A stage that nobody knows is ahead: 未到.

    Where a provider fails no thread is shown rather than a wrong one.
    """
    try:
        with guarded():
            beads = _given(request, subject)
    except Exception:
        logger.exception("thread of %r failed", subject)
        return []
    thread = []
    for stage in Stage:
        bead = beads.get(stage) or Bead("ahead", _("未到"))
        if stage == here and bead.state != "cutoff":
            bead = replace(bead, state="here")
        thread.append(replace(bead, stage=stage))
    return thread
