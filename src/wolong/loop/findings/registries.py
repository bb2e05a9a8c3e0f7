"""What the finding's pages ask of the rooms after it: verbs over picked findings, the next step, what hangs on one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from wolong.ground.pages.generic import BulkAction, NextStep
from wolong.loop.findings.models import Finding

StepProvider = Callable[[HttpRequest, Finding], NextStep | None]
"""The banner of a finding for the person who looks; the first answer wins."""
SubjectProvider = Callable[[Finding], Any | None]
"""A thing that hangs on the finding, whose trail belongs to its history."""

bulk_actions: list[BulkAction] = []
_steps: list[StepProvider] = []
_subjects: list[SubjectProvider] = []


def add_bulk_action(action: BulkAction) -> None:
    bulk_actions[:] = [known for known in bulk_actions if known.key != action.key] + [action]


def add_step(provider: StepProvider) -> None:
    if provider not in _steps:
        _steps.append(provider)


def add_subject(provider: SubjectProvider) -> None:
    if provider not in _subjects:
        _subjects.append(provider)


def next_step(request: HttpRequest, finding: Finding) -> NextStep | None:
    return next((step for step in (provider(request, finding) for provider in _steps) if step is not None), None)


def subjects(finding: Finding) -> list[Any]:
    return [thing for thing in (provider(finding) for provider in _subjects) if thing is not None]
