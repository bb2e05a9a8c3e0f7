"""One sentence in, its requirements out: modality, object, condition, predicates, measures, and what is unread."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from wolong.language.apart import is_time_alone, stands_alone
from wolong.language.cases import tells_cases
from wolong.language.counting import is_count, is_number_of_times, read_bare_period, read_count
from wolong.language.deadlines import Unreadable, happened_of, read_deadline
from wolong.language.deeds import deed_of, done_by, is_place
from wolong.language.drafts import (
    Draft,
    but_for,
    case_by_case,
    do_by_then,
    joined_bounds,
    leave_out_what_allows_nothing,
    name_beside,
    name_by_then,
    name_deadlines,
    name_of_each,
    tell_deadlines_apart,
)
from wolong.language.folding import fold, places_of, seen
from wolong.language.folding import plain as plain_text
from wolong.language.limits import read_limit
from wolong.language.measured import of_other
from wolong.language.memory import Memory
from wolong.language.modals import CANNOT, NEED_NOT, NEGATIVE, SHALL
from wolong.language.names import clean_name, spoken_of
from wolong.language.parts import Part, period_behind
from wolong.language.patterns import lazy
from wolong.language.phrases import cut
from wolong.language.predicates import object_of, predicates_of
from wolong.language.reach import remember
from wolong.language.said import say
from wolong.language.tokens import OPAQUE, PERIOD, QUANTITY, RATIO, Token
from wolong.language.unmeasured import URL

_SENTENCE = lazy(rf"(?:[^。;!?\uff1b\uff01\uff1fh]+|{URL}|h)+[。;!?\uff1b\uff01\uff1f]?")
_LABEL = r"附?表\s?[A-Z]?\.?\d[\d.]*(?:-\d+)?"
_TABLE = lazy(
    rf"(?:符合|满足|按照?|执行|见|(?P<bound>不?(?:大于|超过|高于|小于|低于|少于)))\s*(?P<tables>{_LABEL}(?:\s*[、和及与]\s*{_LABEL})*)"
)


_NUMBERS = (QUANTITY, PERIOD, OPAQUE)


LONGEST = 2000  # signs of a sentence that are read; no sentence that people write has as many
_SHOWN = 20
OF_CASES = ""
"""What a stem lends to items that ask for nothing of their own."""
_STEM = lazy(
    r"(?:下列|以下|如下)[^,。;:]{0,12}(?:要求|规定|条件|内容|标准|措施|程序|步骤|事项|原则|职责|情形|方面|工作)[。,]?$"
)


def plain(sentence: str) -> str:
    """What is read of a sentence: its beginning, without blanks that say nothing."""
    return plain_text(sentence[:LONGEST])


def split_sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a paragraph, verbatim, with where each begins; a semicolon inside brackets ends none."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in _SENTENCE.finditer(text):
        sentence = text[start : match.end()]
        is_short = len(sentence) < LONGEST
        if is_short and _is_open(sentence) and _CLOSES.match(text, match.end(), match.end() + LONGEST):
            continue
        bare = sentence.strip()
        if bare.strip("。;!?\uff1b\uff01\uff1f "):
            found.append((start + sentence.index(bare[0]), bare))
        start = match.end()
    return found


_CLOSES = lazy(r"[^。(\uff08“]*[)\uff09”`]")


def _is_open(sentence: str) -> bool:
    """Whether a bracket, a quotation or code is still open at the sentence's end."""
    opened = sentence.count("(") + sentence.count("\uff08") - sentence.count(")") - sentence.count("\uff09")
    is_code = sentence.count("`") % 2 > 0
    return (opened > 0 or is_code or sentence.count("“") > sentence.count("”")) and not sentence.endswith("。")


@lru_cache(maxsize=16384)
def has_modal(sentence: str) -> bool:
    """Whether a modal of the sentence opens a requirement."""
    return any(part.modal is not None for part in cut(plain(sentence)))


def own_modals(sentence: str) -> list[tuple[int, str]]:
    """The modals that open a requirement: where each stands in the sentence, and as written."""
    places = places_of(sentence)
    found = [(places[part.modal.start], places[part.modal.end - 1] + 1) for part in cut(plain(sentence)) if part.modal]
    return [(start, sentence[start:end]) for start, end in found]


def is_stem(sentence: str) -> bool:
    """Whether a sentence can head a list: it ends in a colon, or without one in 应符合下列规定。"""
    folded = plain_text(sentence).rstrip()
    return folded.endswith(":") or bool(_STEM.search(folded))


def stem_modality(sentence: str) -> str | None:
    """The modality that a stem lends to its list items; OF_CASES where they are cases (有下列情形之一的) or a choice."""
    if tells_cases(plain_text(sentence)):
        return OF_CASES
    found = [part.modal.word for part in cut(plain(sentence[-LONGEST:])) if part.modal is not None]
    return found[-1] if found else None


@lru_cache(maxsize=16384)
def read_sentence(sentence: str, *, lent: str | None = None) -> tuple[Draft, ...]:
    """The requirements of one sentence. `lent` is the modality of a stem, or of an execution line on an imperative.

    An editor reads a whole file again for each stroke in one of its sentences, so what was read is kept: nobody may change it.
    """
    parts = cut(plain(sentence))
    drafts = _grouped(parts, lent)
    memory = Memory(lent=lent is not None)
    seen: list[Draft] = []
    for draft in drafts:
        seen.extend(_read_draft(draft, memory, seen, lent=lent))
    name_deadlines(seen)
    for ordinal, draft in enumerate(seen):
        tell_deadlines_apart(draft, memory.told)
        draft.ordinal = ordinal
        draft.unread = list(dict.fromkeys(draft.unread))
    _give_back(seen, sentence[:LONGEST])
    if len(sentence) > LONGEST and seen:
        seen[-1].unread.append(sentence[LONGEST : LONGEST + _SHOWN])
    return tuple(seen)


def _grouped(parts: Sequence[Part], lent: str | None) -> list[Draft]:
    """Which parts belong to which modal: those behind it, and those before it that only lead up to it."""
    drafts: list[Draft] = []
    waiting: list[Part] = []
    for part, behind in zip(parts, [*parts[1:], None], strict=False):
        if part.modal is not None:
            drafts.append(Draft(part.modal.word, parts=[*waiting, part]))
            waiting = []
        elif part.only_condition or not drafts or (behind is not None and behind.modal and is_time_alone(part)):
            waiting.append(part)
        else:
            drafts[-1].parts.extend([*waiting, part])
            waiting = []
    if waiting and drafts:
        drafts[-1].parts.extend(waiting)
    elif waiting and lent is not None:
        drafts.append(Draft(lent, parts=waiting))
    return drafts


def _read_draft(draft: Draft, memory: Memory, seen: Sequence[Draft], *, lent: str | None) -> list[Draft]:
    """Reads the parts of one modal; a bound beside a modal of other force becomes a requirement of its own."""
    own: list[Draft] = []
    stated: list[Part] = []
    ruled = draft.parts[0].modal is not None or lent is not None
    memory.operator = memory.period = None
    result: list[Draft] = [draft]
    begun = follows = False
    opener = draft.modality
    for part in draft.parts:
        ruled = ruled or part.modal is not None
        # 超过限价的, 按无效处理, 低于 80% 的须……: the case before has its own consequence.
        draft.is_led = draft.is_led and (ruled or part.only_condition)
        loose = part.modal is None and lent is None and stands_alone(part, draft, opener, ruled=ruled, follows=follows)
        remember(part, memory, draft, loose=loose, begun=begun)
        if part.only_condition:
            draft.unread.extend(part.text[one.start : one.end] for one in part.tokens)  # a day of the calendar
            continue
        if ruled and not begun:
            begun = True
            draft.condition = draft.condition or (None if memory.is_other_case else memory.condition)
        target = Draft(SHALL, condition=memory.condition) if loose else draft
        measured, unread = len(target.measures), len(target.unread)
        _forget_deed(part, memory)
        if loose or opener not in (NEED_NOT, CANNOT):
            _measure_part(part, target, SHALL if loose else opener, memory)
        but_for(target, part.exception, known=measured)
        name_of_each(target, part, known=measured)
        memory.has_measured = follows = loose
        if loose:
            _set_apart(target, part, memory, draft, among=result if ruled else own)
            continue
        _name_object(draft, part, memory)
        memory.deed = (deed_of(part.rest) if part.modal is not None else "") or memory.deed
        silent = len(draft.measures) == measured and _only_of_condition(draft.unread[unread:], part)
        if silent and name_by_then(draft, part):
            continue
        if not silent:
            name_beside(draft, part, known=measured)
        stated.extend(_told(part, memory, ruled=ruled) if silent else ())
        say(part, memory, draft, silent=silent, ruled=ruled, before=[*seen, *own], among=result)
    _state(stated, own)
    for one in [*own, *result]:
        one.measures = case_by_case(joined_bounds(one.measures))
        leave_out_what_allows_nothing(one)
        do_by_then(one)
    return [*own, *result]


def _forget_deed(part: Part, memory: Memory) -> None:
    """A modal with its own subject tells of another deed; 重点部位应每月 1 次 of the same."""
    if memory.deed and part.modal is not None and (subject := clean_name(part.subject)) and not is_place(subject):
        memory.deed = ""


def _told(part: Part, memory: Memory, *, ruled: bool) -> list[Part]:
    """A part without a number may say who does what the next one counts; before any modal it may be a statement."""
    if part.modal is None:
        memory.deed = done_by(part.text[part.start : part.end]) or memory.deed
    return [] if ruled or part.condition is not None else [part]


def _state(stated: Sequence[Part], own: Sequence[Draft]) -> None:
    """照明完好, 温度不高于 30 ℃, 禁止堆放杂物: what stands among bounds before the modal is asked for as they are."""
    host = next((one for one in own if one.condition is None), None)
    for part in stated:
        if any(name_by_then(one, part) for one in own):
            continue
        if host and not happened_of(part.text[part.start : part.end]):
            host.predicates.extend(predicates_of(part))


def _only_of_condition(numbers: Sequence[str], part: Part) -> bool:
    """Whether what is unread says when, or stands before the verb: then the words behind it are whole."""
    if part.modal is not None and not any(
        token.kind in _NUMBERS for token in part.tokens if token.start > part.modal.start
    ):
        return True
    return all(number in (part.condition or "") for number in numbers)


def _set_apart(loose: Draft, part: Part, memory: Memory, draft: Draft, *, among: list[Draft]) -> None:
    """A bound that stands alone joins the requirements; what could not be read of it is said of the one it stands beside."""
    if loose.measures:
        _name_object(loose, part, memory)
        among.append(loose)
    else:
        draft.unread.extend(loose.unread)


def _ratio_at(part: Part, count: int, memory: Memory) -> int | None:
    """The token behind which no number of the part bounds anything: each is meant for so much of another."""
    ratio = next((index for index, token in enumerate(part.tokens) if token.word == RATIO), None)
    if count > 1 and any(one.kind == OPAQUE and "或" in part.text[one.start : one.end] for one in part.tokens):
        ratio = -1  # 70 ℃以上、25 min 以上或 90 ℃以上、1 min 以上: one or the other
    if memory.is_step and part.modal is None:
        ratio = -1  # 每降低 1 ℃, 供热量减少 5%: so much for each step
    memory.is_step = bool(part.tokens) and part.tokens[-1].word == RATIO
    return ratio


def _first_of_ratio(part: Part, ratio: int, number: int, memory: Memory) -> int:
    """每50户宜配备1名 is one ratio; a number behind it, or behind 或每6个月, stands alone."""
    between = range(ratio, number) if ratio >= 0 else ()
    is_whole = between and not any(at in memory.used or part.tokens[at].kind == PERIOD for at in between)
    return ratio if is_whole else number


def _is_mixed(token: Token) -> bool:
    return token.quantity is not None and token.quantity.form == "mixed"


def _measure_part(part: Part, draft: Draft, modality: str, memory: Memory) -> None:
    """Every number and period of a part becomes a measure or is named as unread; none is guessed."""
    quantities = [index for index, token in enumerate(part.tokens) if token.kind == QUANTITY]
    ratio = _ratio_at(part, len(quantities), memory)
    for index in quantities:
        is_each = ratio is not None and index > ratio
        if is_each or _is_mixed(part.tokens[index]):
            first = _first_of_ratio(part, ratio, index, memory) if ratio is not None and is_each else index
            memory.used.update(range(first, index + 1))
            draft.unread.append(part.text[part.tokens[first].start : part.tokens[index].end].strip())
            continue
        _measure_quantity(part, index, draft, modality, memory)
    for index, token in enumerate(part.tokens):
        if index in memory.used:
            continue
        written = part.text[token.start : token.end]
        if token.kind == OPAQUE:
            draft.unread.append(written)
        elif token.kind == PERIOD and part.text[token.end : token.end + 1] != "的":
            bare = read_bare_period(part, index, modality, memory)
            if bare is not None:
                draft.measures.append(bare)
            else:
                draft.unread.append(written)
    table = _TABLE.search(part.text[part.start : part.end])
    if table and part.modal is not None:
        draft.tables = tuple(re.findall(r"[A-Z]?\.?\d[\d.]*(?:-\d+)?", table["tables"]))
        denied = "不" if modality in NEGATIVE and not (table["bound"] or "不").startswith("不") else ""
        draft.bound = denied + (table["bound"] or "")


def _measure_quantity(part: Part, index: int, draft: Draft, modality: str, memory: Memory) -> None:
    token = part.tokens[index]
    quantity = token.quantity
    memory.used.add(index)
    written = part.text[token.start : token.end].strip()
    draft.numbers.append(written)
    if quantity is None:
        return
    if is_count(part, index):
        counted = read_count(part, index, modality, memory)
        if counted is not None:
            draft.measures.append(counted)
            return
        if not is_number_of_times(part, index):
            draft.unread.append(written)
            return
    deadline = read_deadline(part, index, modality, memory)
    if isinstance(deadline, Unreadable):
        draft.unread.append(written)
        return
    if deadline is not None:
        draft.measures.append(deadline)
        memory.told.append((deadline, spoken_of(part, index)))
        memory.last = deadline
        return
    limits = read_limit(part, index, modality, memory)
    if limits is None:
        draft.unread.append(written)
        return
    if len(limits) == 1:
        limits = [of_other(limits[0], memory.last)]
    memory.last = limits[-1]
    draft.measures.extend(limits)
    if limits[0].per is not None or limits[0].unit != quantity.unit:  # 限速每小时 15 公里
        own = period_behind(part, index)
        memory.used.update(
            at for at, one in enumerate(part.tokens) if one.kind == PERIOD and (at < index or one is own)
        )


def _name_object(draft: Draft, part: Part, memory: Memory) -> None:
    draft.subject = draft.subject or memory.subject or None
    if draft.object is None:
        draft.object = object_of("".join((part.subject or memory.subject).split()))


def _give_back(drafts: Sequence[Draft], sentence: str) -> None:
    """Folding kept every position but that of what was taken out: what is quoted is given back as written."""
    read = plain(sentence)
    if read == sentence:
        return
    folded, places = fold(sentence), places_of(sentence)

    def as_written(text: str, source: str = sentence) -> str:
        at = read.find(text)
        return source[places[at] : places[at + len(text) - 1] + 1] if at >= 0 and text else text

    for draft in drafts:
        draft.predicates = [as_written(text) for text in draft.predicates]
        draft.unread = [as_written(text) for text in draft.unread]
        draft.condition = seen(as_written(draft.condition)) if draft.condition else None
        draft.measures = [
            replace(one, condition=seen(as_written(one.condition, folded))) if one.condition else one
            for one in draft.measures
        ]
