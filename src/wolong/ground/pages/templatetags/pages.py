"""The components, as template tags: `{% load pages %}`. The gallery shows each with its states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wolong.ground.pages import badges, charts, dates
from wolong.ground.pages.generic.parts import Button, Fact, History, HistoryLine, NextStep
from wolong.ground.pages.icons import icon as icon_html
from wolong.ground.pages.registries.thread import Bead
from wolong.ground.pages.registries.todos import Todo
from wolong.language.wording import unit_words

register = template.Library()

register.filter("day", dates.day)
register.filter("long_day", dates.long_day)
register.filter("paper_day", dates.paper_day)
register.filter("weekday", dates.weekday)
register.filter("unit", unit_words)


@register.filter
def due(value: Any, today: date) -> str:
    """`{{ order.due_on|due:today }}` → 今天, 明天, 逾期 1 天, 周三"""
    return dates.due_word(value, today)


@register.filter
def is_before(value: Any, today: date) -> bool:
    found = dates.as_day(value)
    return found is not None and found < today


@register.filter
def add_px(value: float, more: int) -> str:
    return f"{value + more:.1f}"


@register.simple_tag(takes_context=True)
def top(context: template.Context) -> SafeString | str:
    """The bar above the page; the search page says what was sought."""
    frame = context.get("frame")
    return frame.top(str(context.get("search_q") or "")) if frame else ""


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    return icon_html(name, extra_class)


@register.simple_tag
def state_badge(value: Any, owner: Any = None) -> SafeString:
    """`{% state_badge order.state order %}`: the second word settles which room's state is meant."""
    return badges.state_html(value, owner)


@register.simple_tag
def badge(label: Any, tone: str = "", icon: str = "circle-dotted") -> SafeString:
    return badges.badge_html(label, tone, icon)


@register.simple_tag
def severity(letter: str, word: bool = True) -> SafeString:
    return badges.severity_html(str(letter), word)


@register.inclusion_tag("pages/_verify.html")
def verify(text: str = "", url: str = "") -> dict[str, Any]:
    """待核: travels with its value; `text` says what was not confirmed, `url` where it may be."""
    return {"text": text, "url": url}


@register.inclusion_tag("pages/_thread.html")
def thread(beads: Sequence[Bead]) -> dict[str, Any]:
    return {"beads": beads}


@register.inclusion_tag("pages/_next_step.html", takes_context=True)
def next_step(context: template.Context, step: NextStep | None) -> dict[str, Any]:
    return {"step": step, "csrf_token": context.get("csrf_token"), "request": context.get("request")}


@register.inclusion_tag("pages/_button.html", takes_context=True)
def button(context: template.Context, item: Button, size: str = "") -> dict[str, Any]:
    """A link, or with `post` a form of one button."""
    return {"item": item, "size": size, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("pages/_todo.html")
def todo_list(todos: Sequence[Todo], today: date, first_is_blue: bool = True) -> dict[str, Any]:
    return {"todos": todos, "today": today, "first_is_blue": first_is_blue}


@register.inclusion_tag("pages/_waiting.html")
def waiting_list(todos: Sequence[Todo], today: date) -> dict[str, Any]:
    """What waits for others; amber once half of its time is past."""
    rows = []
    for todo in todos:
        half_gone = bool(todo.due and todo.since and (today - todo.since) * 2 >= todo.due - todo.since)
        undated_days = (today - todo.since).days if todo.since and not todo.due else 0
        rows.append({"todo": todo, "is_slow": half_gone or undated_days > 3, "waited": undated_days})
    return {"rows": rows, "today": today}


@register.inclusion_tag("pages/_facts.html")
def facts(items: Sequence[Fact], wide: bool = False) -> dict[str, Any]:
    """A fact list; `wide` sets two pairs a row where the panel is broad enough."""
    return {"items": items, "wide": wide}


@register.inclusion_tag("pages/_quote.html")
def quote(text: str, number: str = "", breached: str = "") -> dict[str, Any]:
    """A clause in the song face; the part that was breached is underlined in red."""
    before, mark, after = text.partition(breached) if breached else (text, "", "")
    return {"number": number, "before": before, "mark": mark, "after": after}


@register.inclusion_tag("pages/_history.html")
def history(lines: History | Sequence[HistoryLine], seal: str = "") -> dict[str, Any]:
    if isinstance(lines, History):
        return {"lines": lines.lines, "seal": lines.seal}
    return {"lines": lines, "seal": seal}


@register.inclusion_tag("pages/_judge.html")
def judge(
    *, low: Any = None, high: Any = None, unit: str = "", points: Any = (), value: Any = None, ok: bool = True
) -> dict[str, Any]:
    """A measured value against its limit. `points`: (value, label, conforms) each; or one `value` with `ok`."""
    if value is not None and value != "":
        points = [(float(value), f"{float(value):g}", ok)]
    return {
        "scale": charts.judge_scale(
            None if low in (None, "") else float(low),
            None if high in (None, "") else float(high),
            [(float(v), str(label), bool(good)) for v, label, good in points],
            unit,
        ),
        "live": False,
    }


@register.inclusion_tag("pages/_gaps.html")
def gaps(days: Sequence[date], limit: int | None = None) -> dict[str, Any]:
    """A frequency judged as gaps between events."""
    return {"line": charts.gap_line(days, limit)}


@register.inclusion_tag("pages/_coverage.html")
def coverage(percent: Any, label: str = "", url: str = "") -> dict[str, Any]:
    """A bar with its figure; None is 未检查 and hatched."""
    if percent is None or percent == "":
        return {"percent": None, "label": label, "url": url}
    step = charts.coverage_class(percent)
    return {"percent": float(percent), "step": step, "is_low": step == 1, "label": label, "url": url}


@register.inclusion_tag("pages/_severity_bars.html")
def severity_bars(rows: Any) -> dict[str, Any]:
    """`rows`: (label, url, {"A": 1, …} or None when not checked)."""
    return {"rows": charts.severity_rows(rows)}


@register.inclusion_tag("pages/_line_chart.html")
def line_chart(
    title: str, points: Any, unit: str = "", goal: float | None = None, goal_label: str = ""
) -> dict[str, Any]:
    """`points`: (label, value or None); a table view stands behind the drawing."""
    return {"title": title, "chart": charts.line_chart(points, unit, goal, goal_label), "unit": unit}


@register.inclusion_tag("pages/_picture.html")
def picture(about: Any) -> dict[str, Any]:
    """A button in the head of a panel that saves its drawing as a PNG; `about`: the area or the report it speaks of."""
    return {"about": about, "today": timezone.localdate()}


@register.inclusion_tag("pages/_photo_pair.html")
def photo_pair(photos: Sequence[Any], key: str = "photos") -> dict[str, Any]:
    """Photos side by side: each with `src`, `alt`, `tag` (整改前), `caption`, `original`; opens large in a dialog."""
    return {"photos": photos, "key": key}


@register.inclusion_tag("pages/_state.html")
def state(
    kind: str, title: Any, text: Any = "", url: str = "", verb: Any = "", number: str = "", icon: str = ""
) -> dict[str, Any]:
    """empty, failed, forbidden: inside the panel's frame, never a blank panel."""
    usual = {"failed": "plug-connected-x", "forbidden": "lock"}
    return {
        "kind": kind, "title": title, "text": text, "url": url, "verb": verb, "number": number,
        "icon": icon or usual.get(kind, "circle-check"),
    }  # fmt: skip


@register.inclusion_tag("pages/_skeleton.html")
def skeleton(lines: int = 3) -> dict[str, Any]:
    return {"lines": range(lines)}


@register.inclusion_tag("pages/_progress.html")
def progress(done: int, total: int, sentence: Any = "", hint: Any = "") -> dict[str, Any]:
    return {"done": done, "total": total, "percent": round(done / total * 100, 1) if total else 0,
            "sentence": sentence, "hint": hint}  # fmt: skip


@register.inclusion_tag("pages/_sum.html")
def score_sum(rows: Any, total: Any, label: Any) -> dict[str, Any]:
    """`rows`: (name, how, amount, details or None); a detail is (name, how, amount, url)."""
    return {"rows": rows, "total": total, "label": label}


@register.simple_tag
def dots(items: Sequence[str]) -> SafeString:
    """One dot per sample: ok round, bad a square with ×, open hollow."""
    signs = {"bad": "×"}
    return format_html(
        '<div class="wl-dots">{}</div>',
        format_html_join("", '<i class="wl-{}">{}</i>', ((item, signs.get(item, "")) for item in items)),
    )


@register.inclusion_tag("pages/_field.html")
def field(bound: forms.BoundField) -> dict[str, Any]:
    return {"field": bound}


@register.inclusion_tag("pages/_form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """Every field: label above, help under, error beside; hidden fields too."""
    return {"form": form}


@register.inclusion_tag("pages/_form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary on top that links to each wrong field and takes the focus."""
    rows: list[dict[str, Any]] = []
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        rows.extend({"text": text, "label": bound.label if bound else "", "id": bound.id_for_label if bound else ""}
                    for text in errors)  # fmt: skip
    return {"rows": rows}
