"""One sentence in, its requirements out: modality, object, condition, predicates, measures, and what is unread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wolong.language.counting import is_count, read_bare_period, read_count
from wolong.language.deadlines import Unreadable, event_of, read_deadline
from wolong.language.folding import fold
from wolong.language.limits import Memory, clean_name, read_limit
from wolong.language.modals import BINDING, CANNOT, MAY, NEED_NOT, NEGATIVE, SHALL, modal_at
from wolong.language.phrases import Part, cut
from wolong.language.tokens import OPAQUE, PERIOD, QUANTITY, RATIO
from wolong.language.tree import Measure

_SENTENCE = re.compile(r"[^。;!?\uff1b\uff01\uff1f]+[。;!?\uff1b\uff01\uff1f]?")
_OBJECT = re.compile(r"^(?P<object>[^的]{1,24}?)(?:之中|之内|(?<![适其当集])中(?![央心间控等型位])|内(?![部容外壁]))")
_OWNER = re.compile(r"^(?P<object>[^,]{1,24})的(?=[^的]+$)")
_VERBAL = re.compile(
    r"(?:超过|达到|大于|小于|高于|低于|停用|枯萎|损坏|废弃|新装|在用|备用|闲置|经|未|已|对|由|用于|采用|设有|具有|需要)"
)
# What stands before 的 or 中 in these is said of something else, or is a clause of its own.
_NO_THING = re.compile(
    r"^(?:\d|如果|若|如|并|解决|处理|保持|将|把|擦拭|检查|以及|每|做|当[班有]|因|发现|违反|制定|行为)|有$|[\u4e00-\u9fff]在[\u4e00-\u9fff]|负责|熟知|对接|张贴|发生$"
)
_KEEP = re.compile(r"^(?:且|并|和|均|都|始终|应(?![急用答力变对收季届激])|,|\s)*(?:保持|做到)?")
_SPLIT = re.compile(r"[、,]|(?<![总温中调平缓])和(?!谐)|并且|并(?!列|联|行|发)|且")
_TABLE = re.compile(r"(?:符合|满足|按照?|执行|见)\s*(?:附?表)\s?(?P<table>[A-Z]?\.?\d[\d.]*)")


_NEW_CASE = re.compile(r"\s*(?:发现|若|如遇|如果|如有|如确|如需|遇有|一旦|出现)")
# 不得擅自拆除, 做好记录: what is not forbidden.
_ANEW = re.compile(r"\s*(?:并|同时|[^,]{0,8}?(?:保持|做好|确保|保证|做到|落实)|无|避免|防止|以免|违者|否则|按|经|确需|由|及时|立即|实行|按照)")
_TIME_ALONE = re.compile(r"\d\s*[^\s\d]{1,5}\s*(?:以|之)?内\s*$")


@dataclass(slots=True)
class Draft:
    """A requirement in the making; `ordinal` counts the requirements of its sentence from 0."""

    modality: str
    ordinal: int = 0
    parts: list[Part] = field(default_factory=list)
    subject: str | None = None
    object: str | None = None
    condition: str | None = None
    predicates: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    table: str | None = None
    numbers: list[str] = field(default_factory=list)


_TORN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def plain(sentence: str) -> str:
    """The sentence as the reader takes it: half-width, and without the blanks that scanning leaves between Chinese signs."""
    folded = fold(sentence)
    return _TORN.sub("", folded) if _TORN.search(folded) else folded


def split_sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a paragraph, verbatim, with where each begins."""
    found: list[tuple[int, str]] = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        bare = sentence.strip()
        if bare.strip("。;!?\uff1b\uff01\uff1f "):
            found.append((match.start() + sentence.index(bare[0]), bare))
    return found


def has_modal(sentence: str) -> bool:
    """Whether a modal of the sentence opens a requirement."""
    return any(part.modal is not None for part in cut(plain(sentence)))


def stem_modality(sentence: str) -> str | None:
    """The modality that a stem ending in a colon lends to its list items."""
    found = [part.modal.word for part in cut(plain(sentence)) if part.modal is not None]
    return found[-1] if found else None


def read_sentence(sentence: str, *, lent: str | None = None) -> list[Draft]:
    """The requirements of one sentence. `lent` is the modality of a stem, or of an execution line on an imperative."""
    parts = cut(plain(sentence))
    drafts = _grouped(parts, lent)
    memory = Memory(lent=lent is not None)
    seen: list[Draft] = []
    for draft in drafts:
        seen.extend(_read_draft(draft, memory, lent=lent))
    for ordinal, draft in enumerate(seen):
        draft.ordinal = ordinal
        _verbatim(draft, sentence)
    return seen


def _grouped(parts: Sequence[Part], lent: str | None) -> list[Draft]:
    """Which parts belong to which modal: those behind it, and those before it that only lead up to it."""
    drafts: list[Draft] = []
    waiting: list[Part] = []
    for part in parts:
        if part.modal is not None:
            drafts.append(Draft(part.modal.word, parts=[*waiting, part]))
            waiting = []
        elif part.only_condition or not drafts:
            waiting.append(part)
        else:
            drafts[-1].parts.extend([*waiting, part])
            waiting = []
    if waiting and drafts:
        drafts[-1].parts.extend(waiting)
    elif waiting and lent is not None:
        drafts.append(Draft(lent, parts=waiting))
    return drafts


def _read_draft(draft: Draft, memory: Memory, *, lent: str | None) -> list[Draft]:
    """Reads the parts of one modal; a bound beside a modal of other force becomes a requirement of its own."""
    own: list[Draft] = []
    ruled = draft.parts[0].modal is not None or lent is not None
    memory.operator = memory.period = None
    result: list[Draft] = [draft]
    begun = False
    opener = draft.modality
    for part in draft.parts:
        if part.modal is not None:
            ruled = True
        _remember(part, memory, draft, begun=begun)
        if part.only_condition:
            continue
        if ruled and not begun:
            begun = True
            draft.condition = draft.condition or (None if memory.is_other_case else memory.condition)
        loose = part.modal is None and lent is None and _stands_alone(part, draft, opener, ruled=ruled)
        target = Draft(SHALL, condition=memory.condition) if loose else draft
        before = len(target.measures) + len(target.unread)
        if loose or opener not in (NEED_NOT, CANNOT):
            _measure_part(part, target, SHALL if loose else opener, memory)
        if loose:
            _set_apart(target, part, memory, draft, among=result if ruled else own)
            continue
        _name_object(draft, part, memory)
        if ruled and opener in NEGATIVE and part.modal is None and _ANEW.match(part.text[part.start : part.end]):
            continue
        if ruled and len(draft.measures) + len(draft.unread) == before:
            _predicates(part, draft)
        elif ruled:
            _predicates_beside(part, draft)
    for one in [*own, *result]:
        one.measures = _joined_bounds(one.measures)
        _leave_out_what_allows_nothing(one)
        _do_by_then(one)
    return [*own, *result]


def _set_apart(loose: Draft, part: Part, memory: Memory, draft: Draft, *, among: list[Draft]) -> None:
    """A bound that stands alone joins the requirements; what could not be read of it is said of the one it stands beside."""
    if loose.measures:
        _name_object(loose, part, memory)
        among.append(loose)
    else:
        draft.unread.extend(loose.unread)


_HOST = re.compile(r"^(?P<host>[\u4e00-\u9fff]{2,12}?)(?:实行|执行|采用|设有|实施)")


def _remember(part: Part, memory: Memory, draft: Draft, *, begun: bool) -> None:
    """What later parts go on from. A condition that comes behind what is already said holds for its own part only."""
    memory.used = set()
    if memory.passing:
        memory.condition, memory.passing = None, False
    if part.modal is not None:
        memory.is_other_case = False
    if _NEW_CASE.match(part.text[part.start : part.end]):
        memory.condition = None  # what held for the words before does not hold for another case
        memory.is_other_case = part.modal is None and part.condition is None
    if part.condition:
        memory.condition = part.condition
        if not memory.is_other_case and not begun:
            draft.condition = draft.condition or part.condition
        if part.condition.endswith(("后", "起", "前")):
            memory.event = event_of(part.condition)
            memory.passing = not part.only_condition
    subject = clean_name(part.subject)
    if part.modal is None and (match := _HOST.match(subject)):
        subject = match["host"]
    if subject.endswith(("前", "后", "之日起")):
        subject = ""  # an event, nothing that is measured
    if (part.modal is not None and subject) or (
        part.modal is None and subject and not part.only_condition and not memory.subject
    ):
        memory.subject, memory.recent = subject, ""
    elif part.modal is None and subject and part.has_quantity:
        memory.recent = subject


def _stands_alone(part: Part, draft: Draft, opener: str, *, ruled: bool) -> bool:
    """A bound without a modal is its own `shall` before any modal, and beside one that measures nothing or permits."""
    if not part.has_quantity:
        return False
    if not ruled:
        # 投入使用后 30 d 内，应……: the time alone belongs to what follows.
        return not _TIME_ALONE.search(part.text[part.start : part.end])
    if opener in (MAY, NEED_NOT, "can", "cannot"):
        return True
    if opener in BINDING:
        return False
    return not draft.measures


def _measure_part(part: Part, draft: Draft, modality: str, memory: Memory) -> None:
    """Every number and period of a part becomes a measure or is named as unread; none is guessed."""
    quantities = [index for index, token in enumerate(part.tokens) if token.kind == QUANTITY]
    ratio = next((index for index, token in enumerate(part.tokens) if token.word == RATIO), None)
    for index in quantities:
        if ratio is not None and index > ratio:
            memory.used.add(index)
            draft.unread.append(part.text[part.tokens[index].start : part.tokens[index].end].strip())
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
        draft.table = table["table"]


def _measure_quantity(part: Part, index: int, draft: Draft, modality: str, memory: Memory) -> None:
    token = part.tokens[index]
    quantity = token.quantity
    memory.used.add(index)
    written = part.text[token.start : token.end].strip()
    draft.numbers.append(written)
    if quantity is None:
        return
    if is_count(quantity):
        counted = read_count(part, index, modality, memory)
        if counted is None:
            draft.unread.append(written)
            return
        draft.measures.append(counted[0])
        if counted[1] is not None:
            memory.used.add(counted[1])
        return
    deadline = read_deadline(part, index, modality, memory)
    if isinstance(deadline, Unreadable):
        draft.unread.append(written)
        return
    if deadline is not None:
        draft.measures.append(deadline)
        return
    limits = read_limit(part, index, modality, memory)
    if limits is None:
        draft.unread.append(written)
        return
    draft.measures.extend(limits)
    if limits[0].per is not None:
        memory.used.update(at for at in range(index) if part.tokens[at].kind == PERIOD)


def _joined_bounds(measures: list[Measure]) -> list[Measure]:
    """不低于18、不高于26 on one property and condition is one interval."""
    joined: list[Measure] = []
    for measure in measures:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == measure.kind == "limit"
            and last.property == measure.property
            and last.condition == measure.condition
            and (last.unit == measure.unit or last.unit is None or measure.unit is None)
            and (last.low is None) != (measure.low is None)
            and (last.high is None) != (measure.high is None)
        ):
            low, high = (last, measure) if last.high is None else (measure, last)
            joined[-1] = replace(
                last,
                low=low.low,
                high=high.high,
                low_open=low.low_open,
                high_open=high.high_open,
                unit=last.unit or measure.unit,
            )
        else:
            joined.append(measure)
    return joined


def _leave_out_what_allows_nothing(draft: Draft) -> None:
    """不少于 9、不大于 0: bounds that leave nothing between them were not meant so, and are not read."""
    empty = [one for one in draft.measures if one.low is not None and one.high is not None and one.low > one.high]
    if empty:
        draft.measures = [one for one in draft.measures if one not in empty]
        draft.unread.extend(draft.numbers)


def _do_by_then(draft: Draft) -> None:
    """收到通知之日起 5 个工作日内, 应提交报告: what has to be done by then stands in the next part."""
    for at, measure in enumerate(draft.measures):
        if measure.kind == "deadline" and measure.property is None and draft.predicates:
            means = draft.predicates[0].startswith(("通过", "采用", "采取", "以"))  # 通过公告、短信等方式告知: one thing done
            action = "、".join(draft.predicates) if means else draft.predicates[0]
            del draft.predicates[: len(draft.predicates) if means else 1]
            draft.measures[at] = replace(measure, property="".join(action.split()))


def _name_object(draft: Draft, part: Part, memory: Memory) -> None:
    """The thing or place before 中, 内 or 的."""
    draft.subject = draft.subject or memory.subject or None
    if draft.object is not None:
        return
    subject = "".join((part.subject or memory.subject).split())
    for pattern in (_OBJECT, _OWNER):
        match = pattern.match(subject)
        if match:
            draft.object = _thing(match["object"].removeprefix("在"), subject)
            return


def _thing(owner: str, subject: str) -> str | None:
    """室内噪声 is about 室内; 可能散发可燃气体的场所 about the place, not about what it may do."""
    if len(owner) == 1:
        return subject[:2]
    owner = re.sub(r"\d+\s?(?:小时|h)$", "", owner)
    if not owner or _NO_THING.search(owner):
        return None
    if modal_at(owner, 0)[0] is not None or _VERBAL.match(owner):
        return subject[len(owner) + 1 :] or None
    return owner.rstrip("上里") or None


def _predicates(part: Part, draft: Draft) -> None:
    """无积水、无杂物: one check each."""
    text = part.rest if part.modal is not None else part.text[part.start : part.end]
    draft.predicates.extend(_phrases(text))


def _predicates_beside(part: Part, draft: Draft) -> None:
    """每日清扫 2 次并保持无积水: the words behind the last number, where a joint opens them."""
    numbers = [token for token in part.tokens if token.kind in (QUANTITY, PERIOD)]
    if not numbers or (part.modal is not None and numbers[-1].end < part.modal.end):
        return
    tail = part.text[numbers[-1].end : part.end]
    bare = numbers[-1].kind == PERIOD
    joint = re.search(rf"{'' if bare else '^'}(?:并且|并(?!列|联|行|发)|且|、(?=保持|做到|无))(?P<phrase>.+)$", tail)
    if joint:
        draft.predicates.extend(_phrases(joint["phrase"]))


def _phrases(text: str) -> list[str]:
    """The pieces between 、 , 和 and 且, brackets and titles kept whole."""
    sheltered = re.sub(r"[((《“][^))》”]*[))》”]", lambda match: "\0" * len(match.group()), text)
    pieces: list[str] = []
    at = 0
    for match in [*_SPLIT.finditer(sheltered), None]:
        end = match.start() if match else len(text)
        piece = text[at:end].strip().strip(":")
        piece = _KEEP.sub("", piece, count=1).strip()
        if piece:
            pieces.append(piece)
        at = match.end() if match else end
    return pieces


def _verbatim(draft: Draft, sentence: str) -> None:
    """Folding kept every position but that of blanks between Chinese signs: what was taken is given back as written."""
    folded = fold(sentence)
    places = [0]
    for match in _TORN.finditer(folded):
        places.extend(range(places[-1] + 1, match.start() + 1))
        places[-1:] = [match.end()]
    places.extend(range(places[-1] + 1, len(folded) + 1))
    read = plain(sentence)

    def as_written(text: str) -> str:
        at = read.find(text)
        return sentence[places[at] : places[at + len(text) - 1] + 1] if at >= 0 and text else text

    draft.predicates = [as_written(text) for text in draft.predicates]
    draft.unread = list(dict.fromkeys(as_written(text) for text in draft.unread))
    draft.condition = as_written(draft.condition) if draft.condition else None
