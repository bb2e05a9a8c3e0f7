"""What each event is about: its model, who may see it, and the few facts that leave the house: no person, no free text."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q
from django.utils import timezone

from wolong.ground.people.access import NOTHING, Scope
from wolong.loop.analysis.models import Report
from wolong.loop.analysis.queries import visible_to as reports_visible_to
from wolong.loop.appraisal.models import Period
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import visible_to as findings_visible_to
from wolong.loop.notices.models import Notice
from wolong.loop.notices.queries import visible_to as notices_visible_to
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.queries import visible_to as orders_visible_to
from wolong.norms.standards.models import Edition


@dataclass(frozen=True)
class Subject:
    """A kind of thing that events are about. `visible` is the same question as on its pages."""

    model: type[Model]
    visible: Callable[[Scope], Q]
    related: tuple[str, ...]
    number: Callable[[Any], str]
    facts: Callable[[Any], dict[str, Any]]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "area": finding.area.code,
        "severity": finding.severity,
        "clause": finding.clause_label,
        "responsible": finding.responsible.short_name if finding.responsible else None,
        "due_on": finding.due_on,
        "state": finding.stage,
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "area": order.area.code,
        "finding": order.finding.number,
        "severity": order.finding.severity,
        "clause": order.finding.clause_label,
        "responsible": order.responsible.short_name,
        "due_on": order.due_on,
        "times_returned": order.times_returned,
        "state": order.state,
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "area": period.area.code,
        "first_on": period.first_on,
        "last_on": period.last_on,
        "answer_by_on": period.answer_by_on,
        "state": period.state,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "area": report.area.code,
        "first_on": report.first_on,
        "last_on": report.last_on,
        "state": report.state,
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "standard": edition.standard.code,
        "title": edition.title,
        "effective_on": edition.effective_on,
        "sha256": edition.sha256,
        "state": edition.state,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"kind": notice.kind, "unit": notice.window.unit.short_name, "state": notice.state}


SUBJECTS = {
    "finding": Subject(Finding, findings_visible_to, ("area", "responsible"), lambda thing: thing.number, _finding),
    "order": Subject(
        Order, orders_visible_to, ("area", "responsible", "finding"), lambda thing: thing.number, _order
    ),
    "period": Subject(
        Period,
        lambda scope: scope.areas("area__centre"),
        ("area",),
        lambda thing: f"{thing.first_on.year}Q{(thing.first_on.month + 2) // 3}",
        _period,
    ),
    "report": Subject(
        Report,
        reports_visible_to,
        ("area",),
        lambda thing: f"{thing.first_on.year}H{1 if thing.first_on.month < 7 else 2}",
        _report,
    ),
    "edition": Subject(
        Edition,
        lambda scope: Q() if scope.is_inside else NOTHING,
        ("standard",),
        lambda thing: thing.number,
        _edition,
    ),
    "notice": Subject(
        Notice, notices_visible_to, ("window__unit",), lambda thing: thing.number or str(thing.pk), _notice
    ),
}  # fmt: skip


def kind_of(event: str) -> str:
    return event.partition(".")[0]


def is_visible(event: str, subject_id: int, scope: Scope) -> bool:
    """Whether a person may see what an event is about, now."""
    subject = SUBJECTS[kind_of(event)]
    return subject.model._default_manager.filter(subject.visible(scope), pk=subject_id).exists()  # noqa: SLF001


def thing_of(event: str, subject_id: int) -> Any:
    """What an event is about, with what its facts need; None where it is gone."""
    subject = SUBJECTS[kind_of(event)]
    return subject.model._default_manager.select_related(*subject.related).filter(pk=subject_id).first()  # noqa: SLF001


def body_of(*, event: str, message: UUID, at: datetime, thing: Any) -> str:
    """The body as it is sent: one JSON object; times with their offset, days as ISO."""
    kind = kind_of(event)
    subject = SUBJECTS[kind]
    told = {
        "event": event,
        "id": str(message),
        "time": timezone.localtime(at).isoformat(timespec="seconds"),
        "kind": kind,
        "number": subject.number(thing),
        "url": settings.OWN_URL + thing.get_absolute_url(),
        "facts": {name: _plain(value) for name, value in subject.facts(thing).items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
