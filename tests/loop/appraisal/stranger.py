"""What a stranger would write from docs/appraisal.md alone: the score of an export, without this system."""

import hashlib
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path


def cents(number):
    return number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def group_takes(hits, repeat, weight):
    points = [Decimal(h["points"]) * (repeat if h["repeat"] else 1) for h in hits]
    added = sum((p for p, h in zip(points, hits, strict=True) if h["per"]), Decimal(0))
    once = max((p for p, h in zip(points, hits, strict=True) if not h["per"]), default=Decimal(0))
    cap = max(weight if h["cap"] is None else Decimal(h["cap"]) for h in hits)
    return cents(min(added + once, cap))


def figure(inputs):
    scheme, got, possible = inputs["scheme"], Decimal(0), Decimal(0)
    for chapter in inputs["chapters"]:
        weight = Decimal(chapter["weight"])
        if chapter["itemised"] + chapter["overall"] == 0:
            continue
        groups = defaultdict(list)
        for finding in chapter["findings"]:
            if finding["left_out"] is None:
                groups[finding["clause"], finding["ordinal"]].append(finding)
        taken = sum((group_takes(g, Decimal(scheme["repeat"]), weight) for g in groups.values()), Decimal(0))
        got, possible = got + max(Decimal(0), weight - taken), possible + weight
    parts = {key: Decimal(value) for key, value in inputs["other_parts"].items()}
    if possible:
        parts["daily"] = cents(got / possible * 100)
    shares = {p["key"]: Decimal(p["share"]) for p in scheme["parts"] if p["key"] in parts and Decimal(p["share"])}
    if not shares:
        return None, None
    total = cents(sum(parts[key] * share for key, share in shares.items()) / sum(shares.values()))
    bands = scheme["bands"]
    grade = bands[-1] if inputs["grave"] else next(b for b in bands if total >= Decimal(b["low"]))
    return str(total), grade["name"]


def is_untouched(export):
    text = json.dumps(export["inputs"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest() == export["inputs_sha256"]


if __name__ == "__main__":
    export = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(*figure(export["inputs"]), is_untouched(export))
