"""What tells two commands apart, and what is wrong with what was sent, in words. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

# Days outside of these are no days of an office; beyond them a moment in another time zone has no year.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2190, 12, 31)


def fingerprint_of(*, method: str, path: str, fields: Iterable[tuple[str, Sequence[str]]], files: Iterable[str]) -> str:
    """SHA-256 of a command: where it goes, what it says, and the hashes of what is attached, in their order."""
    parts = [method, path, sorted((name, list(values)) for name, values in fields), list(files)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def within(day: date) -> date:
    """A day that can be asked for: the nearest one of an office's days."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def field_of(error: Mapping[str, Any]) -> str:
    """The name of the field, header or parameter that is wrong, as the caller knows it."""
    return str(next((part for part in reversed(error.get("loc", ())) if isinstance(part, str)), ""))


def sentence_of(error: Mapping[str, Any]) -> str:
    """What is wrong with one field, in the caller's words."""
    given, kind = error.get("ctx") or {}, str(error.get("type", ""))
    words = _WORDS.get(kind)
    if words is None:
        stem = next((stem for stem in _STEMS if kind.startswith(stem)), "")
        words = _STEMS.get(stem, "wrong")
    sentences = {
        "missing": _("缺少 %(field)s。"),
        "choice": _("%(field)s 只能是 %(expected)s。"),
        "whole": _("%(field)s 要是整数。"),
        "number": _("%(field)s 要是数。"),
        "day": _("%(field)s 要是日期，如 2026-11-24。"),
        "yes": _("%(field)s 要是 true 或 false。"),
        "text": _("%(field)s 要是文字。"),
        "long": _("%(field)s 太长，最多 %(max_length)s 个字。"),
        "short": _("%(field)s 太短，至少 %(min_length)s 个字。"),
        "least": _("%(field)s 不能小于 %(ge)s。"),
        "most": _("%(field)s 不能大于 %(le)s。"),
        "signs": _("%(field)s 里有不能用的字符。"),
        "unknown": _("没有 %(field)s 这一项。"),
        "object": _("%(field)s 要是 JSON 对象。"),
        "wrong": _("%(field)s 填得不对。"),
    }
    values = {"expected": "", "max_length": "", "min_length": "", "ge": "", "le": "", **given}
    if isinstance(values["expected"], str):
        values["expected"] = values["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
    return sentences[words] % {**values, "field": field_of(error)}


_WORDS = {
    "missing": "missing",
    "literal_error": "choice",
    "enum": "choice",
    "string_too_long": "long",
    "string_too_short": "short",
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "string_pattern_mismatch": "signs",
    "string_unicode": "signs",
    "extra_forbidden": "unknown",
    "model_attributes_type": "object",
    "model_type": "object",
    "dict_type": "object",
}
_STEMS = {
    "int_": "whole",
    "float_": "number",
    "decimal_": "number",
    "date_": "day",
    "bool_": "yes",
    "string_": "text",
}
