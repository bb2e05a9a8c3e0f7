"""Filters as chips: each chip is a link that drops its own parameter, so the address is the view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import FilterSet  # type: ignore[import-untyped]

from wolong.ground.pages.dates import day

LONGEST_CHIP = 40


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    url: str
    is_wrong: bool = False


def without(params: QueryDict, *names: str) -> str:
    """The query of the present address without some parameters and without the page; always begins with `?`."""
    copy = params.copy()
    for name in (*names, "page", "export", "panel"):
        copy.pop(name, None)
    return "?" + copy.urlencode()


def with_params(params: QueryDict, **changes: Any) -> str:
    copy = params.copy()
    for name in ("page", "export", "panel"):
        copy.pop(name, None)
    for name, value in changes.items():
        copy[name] = str(value)
    return "?" + copy.urlencode()


def _parameters(filterset: FilterSet, name: str) -> list[str]:
    widget = filterset.form.fields[name].widget
    suffixes = getattr(widget, "suffixes", None) or []
    return [name, *(f"{name}_{suffix}" if suffix else name for suffix in suffixes)]


def _words(field: Any, value: Any) -> str:
    if isinstance(value, slice):
        return _range(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, (list, tuple, QuerySet)):
        return "、".join(_words(field, one) for one in value)
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, date):
        return day(value)
    known = {
        str(key): str(label) for key, label in getattr(field, "choices", []) if not isinstance(label, (list, tuple))
    }
    return known.get(str(value), str(value))


def _range(value: slice) -> str:
    low, high = (day(end) if isinstance(end, date) else end for end in (value.start, value.stop))
    if low and high:
        return _("%(low)s 至 %(high)s") % {"low": low, "high": high}
    return _("%(low)s 起") % {"low": low} if low else _("%(high)s 止") % {"high": high}


def chips_of(filterset: FilterSet, params: QueryDict) -> list[Chip]:
    """A chip for every filter that is set; a value that can't be understood is shown as such and not applied."""
    chips = []
    form = filterset.form
    for name, field in form.fields.items():
        names = _parameters(filterset, name)
        if not any(params.get(parameter) for parameter in names):
            continue
        label = str(filterset.filters[name].label or field.label or name)
        url = without(params, *names)
        if name in form.errors:
            given = " ".join(value for parameter in names for value in params.getlist(parameter))
            chips.append(
                Chip(label, _("“%(given)s”看不懂，没有用") % {"given": given[:LONGEST_CHIP]}, url, is_wrong=True)
            )
            continue
        value = form.cleaned_data.get(name)
        if value in (None, "", []):
            continue
        chips.append(Chip(label, _words(field, value)[:LONGEST_CHIP], url))
    return chips
