"""The text with which a revision begins: the ruling text under the next year's number, with one sentence changed. Pure."""

import re
from datetime import date

REVIEW_YEARS = 5
_HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n", re.DOTALL)


def next_text(text: str, *, number: str, old_number: str, issued: date, effective: date, old: str, new: str) -> str:
    """The old text with its front matter renewed; `old` is replaced by `new` where it stands exactly once and `new` is given."""
    values = {
        "标准号": number,
        "发布": issued.isoformat(),
        "实施": effective.isoformat(),
        "复审": effective.replace(year=effective.year + REVIEW_YEARS, day=min(effective.day, 28)).isoformat(),
        "代替": f"[{old_number}]",
    }
    match = _HEAD.match(text)
    head = match["head"].split("\n") if match else []
    body = text[match.end() :] if match else text
    kept = [line for line in head if line.split(":")[0].strip() not in values]
    if new.strip() and body.count(old) == 1:
        body = body.replace(old, new.strip())
    lines = [f"{key}: {value}" for key, value in values.items()]
    return "\n".join(["---", lines[0], *kept, *lines[1:], "---", ""]) + body


def first_day_after(day: date) -> date:
    """The first day of the month after next: time to tell those who do it, and to train them."""
    month = day.month + 2
    return date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
