"""Diagnostics as a JSON list, indented by two."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from wolong.language.tree import Diagnostic

# An encoder that indents is written in Python and takes as long as the rules; one that only joins is in C, so the joint indents.
_JOINERS = {pad: json.JSONEncoder(ensure_ascii=False, separators=(f",\n{' ' * pad}", ": ")) for pad in (4, 8)}


def as_lines(diagnostics: Sequence[Diagnostic]) -> str:
    """What `json.dumps(…, indent=2)` would write."""
    return "[\n  " + ",\n  ".join(map(_written, diagnostics)) + "\n]" if diagnostics else "[]"


def _written(diagnostic: Diagnostic) -> str:
    values = diagnostic.as_json()
    related = values.pop("related")
    inner = ",\n      ".join(_braced(place, 8) for place in related)
    listed = f"[\n      {inner}\n    ]" if related else "[]"
    return f'{_braced(values, 4)[:-4]},\n    "related": {listed}\n  }}'


def _braced(values: Mapping[str, Any], pad: int) -> str:
    return f"{{\n{' ' * pad}{_JOINERS[pad].encode(values)[1:-1]}\n{' ' * (pad - 2)}}}"
