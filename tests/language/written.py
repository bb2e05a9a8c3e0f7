"""A requirement in one line, so that a table of sentences stays readable."""

from wolong.language.drafts import Draft
from wolong.language.sentences import has_modal, read_sentence
from wolong.language.tree import Measure


def written(sentence: str) -> str:
    """What a sentence is read as; an imperative as with an execution line."""
    drafts = read_sentence(sentence, lent=None if has_modal(sentence) else "shall")
    return " // ".join(_draft(draft) for draft in drafts)


def _draft(draft: Draft) -> str:
    pieces = [draft.modality + (f" <{draft.condition}>" if draft.condition else "")]
    if draft.measures:
        pieces.append("; ".join(_measure(measure) for measure in draft.measures))
    if draft.predicates:
        pieces.append("、".join(draft.predicates))
    if draft.unread:
        pieces.append("? " + "、".join(draft.unread))
    return " | ".join(pieces)


def _measure(measure: Measure) -> str:
    values = measure.as_json()
    low = ("(" if measure.low_open else "[") + ("" if values["low"] is None else str(values["low"]))
    high = ("" if values["high"] is None else str(values["high"])) + (")" if measure.high_open else "]")
    text = f"{measure.kind} {measure.property or '-'} {low},{high} {measure.unit or '-'}"
    if measure.per:
        text += f" per {values['per']['value']} {measure.per.unit}"
    if measure.kind == "deadline":
        text += f" {measure.direction} {measure.event or '-'}"
    return text + (f" @{measure.condition}" if measure.condition else "")
