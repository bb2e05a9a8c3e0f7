"""The number of a standard: prefix, code parts, year (GB/T 24421.2—2023, TSG T5002—2017, Q/WLS BZ06-003—2026)."""

import re

from wolong.language.folding import fold
from wolong.language.patterns import lazy
from wolong.language.tree import Reference

_PREFIX = r"(?:GB|DB\s?\d{2,4}|[A-Z]{2,5})(?:\s?/\s?[TZ])?|[TQ]\s?/\s?[A-Z0-9]{1,12}|建标"
_CODE = r"[A-Z]{0,5}\d+(?:[.\-]\d+)*"
_NUMBER = lazy(rf"^(?P<prefix>{_PREFIX})\s?(?P<code>{_CODE}?)(?:\s?[-—]\s?(?P<year>(?:19|20)\d{{2}}))?$")
PLAIN_DASH = lazy(r"(?<=[0-9])\s*[-\u2013\u2212\uff0d]\s*(?=(?:19|20)\d\d(?!\d))")
"""A short dash before a year, where — belongs."""
CITED = lazy(
    rf"(?<![A-Za-z0-9])(?:(?:GB|DB\d{{2,4}}|JGJ|CJJ|TSG|WS|GA|XF|SB|DL|JJG|JJF|HJ|AQ|NY|QB)(?:/[TZ])?|[TQ]/[A-Z0-9]{{1,12}})\s?{_CODE}(?:\s?[-—]\s?(?:19|20)\d{{2}})?(?!\d)"
)
"""A standard's number inside running text (folded)."""


def parse_number(text: str) -> Reference | None:
    """The number and year, dashes and widths made equal; None where it is no standard's number."""
    plain = re.sub(r"[–―]", "—", fold(text)).strip()
    match = _NUMBER.match(plain)
    if match is None:
        return None
    prefix = re.sub(r"\s", "", match["prefix"])
    code = match["code"]
    if not code:
        return None
    year = match["year"]
    return Reference(f"{prefix} {code}", int(year) if year else None)


def canonical_number(text: str) -> str:
    """The number as we write it; what is no number stays as written."""
    parsed = parse_number(text)
    return str(parsed) if parsed else text.strip()


def is_mandatory(number: str) -> bool:
    """GB without /T, TSG and engineering codes without /T bind by law."""
    prefix = number.split(" ", 1)[0]
    return not prefix.endswith(("/T", "/Z")) and not prefix.startswith(("Q/", "T/"))
