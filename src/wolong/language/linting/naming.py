"""What a measure is about, in one word that two standards share: 会议室照度, 会议室内的照度 and 照度 of 场所/会议室 meet."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wolong.language.folding import fold
from wolong.language.patterns import lazy
from wolong.language.selectors import BadSelector, Selector, expand, parse_selectors
from wolong.language.tree import Document, Measure, Requirement
from wolong.language.wording import short_name

_FILLER = lazy(r"空气|室内|[的中内]$")
_ROOM = "室内"
_LINK = lazy(r"空气中|之内|[的中内]")
# Alone these say nothing of what they are measured on: 回访率 of repairs is not 回访率 of complaints.
_VAGUE = lazy(
    r".{0,2}(?:率|率均|满意度|时间|期|期限|高度|间距|距离|数量|数|面积|宽度|厚度|浓度|压力|电阻|水位|风速|温升|学时|分)"
    # 大厅温度 has its place in it, 环境温度 has none.
    r"|(?:其|该|各|总|室[内外]|相对|绝对|平均|最[高低大小]|环境|空气|背景|[昼夜]间|[表地桌台]面|内部|外部|中心|工作|运行"
    r"|使用|作业|操作|设[定计]|控制|允许|实[测际]|[存储贮]存|保存|存放|[送出回]风|[进出供回]水){0,2}(?:温度|湿度|照度|噪声|声级)"
    r"|每[\u4e00-\u9fff]{1,2}|保存|保管|保持|持续|维持|浸泡|保留|留存|间隔"
)
_WORK = ("清洗", "清扫", "清洁", "消毒", "保洁", "清掏", "擦拭", "冲洗", "维护", "保养", "检查", "巡查", "巡视", "巡检")
_ALIAS = lazy(r"(?:又称|也称|亦称|简称|以下简称)[:“\"]?([一-鿿]{2,10})")


@dataclass(frozen=True, slots=True)
class Thing:
    """The key of a measure; `filters` narrow it, `is_wide` when one word stood for several places.

    `is_above` is what only others are held to (室内温度 of no room holds in every room, but which is it said of?);
    `is_below` what is only held to others: the sentence names it, and its selector says where alone it is meant.
    """

    name: str
    filters: frozenset[str] = frozenset()
    is_wide: bool = False
    is_above: bool = False
    is_below: bool = False


def names_of(documents: Sequence[Document], synonyms: Mapping[str, str]) -> dict[str, str]:
    """The synonym list, and what the terms clauses say a term is also called."""
    found = dict(synonyms)
    for document in documents:
        for term in document.terms:
            for alias in _ALIAS.findall(fold(term.definition)):
                if alias != term.term and term.term not in found:
                    found.setdefault(alias, term.term)
    return found


def things_of(requirement: Requirement, measure: Measure, names: Mapping[str, str]) -> Iterator[Thing]:
    """Every name under which others may speak of the same; none where the sentence names no thing at all."""
    subject = _named(_bare(requirement.subject), names)
    objects = _selected(requirement)
    spoken = _spoken(requirement, measure, subject, names)
    indoors = _indoors(requirement, measure, names)
    for selector, is_wide in objects:
        path = [_named(one, names) for one in selector.path] or [selector.kind]
        filters = frozenset(str(one) for one in selector.filters)
        for depth in range(len(path), 0, -1):
            # 客梯 is a special 电梯: what is said of every 电梯 holds there too.
            narrowed = filters | frozenset(path[depth:])
            yield Thing(_about(path[depth - 1], measure, subject, names), narrowed, is_wide)
        if spoken:
            yield Thing(spoken, filters, is_wide, is_below=not any(one in spoken for one in path))
        elif indoors and selector.kind == "场所":
            yield Thing(indoors, filters, is_wide, is_below=True)
    if not objects and (spoken or indoors):
        yield Thing(spoken or indoors, is_above=not spoken)


def _selected(requirement: Requirement) -> tuple[tuple[Selector, bool], ...]:
    text = requirement.execution.values.get("对象") if requirement.execution else None
    return _expanded(text) if isinstance(text, str) else ()


@lru_cache(maxsize=4096)
def _expanded(text: str) -> tuple[tuple[Selector, bool], ...]:
    """The selectors of one 对象, each with whether one word stood for several."""
    try:
        several = [expand(selector) for selector in parse_selectors(text)]
    except BadSelector:
        return ()
    return tuple((one, len(group) > 1) for group in several for one in group)


def _about(thing: str, measure: Measure, subject: str, names: Mapping[str, str]) -> str:
    """The name where the execution line says what the thing is."""
    if measure.kind == "limit":
        written = measure.property or ""
        short = short_name(written)
        words = _named(short, names)
        words = _FILLER.sub("", words.replace(thing, "", 1)) or words
        # 送风中细菌总数 and 风管内表面的细菌总数 of one 风管 are two things; 卫生间空气中氨 of 卫生间 is one.
        place = _named(_LINK.sub("", written[: max(written.find(short), 0)]), names)
        return f"{thing}{_FILLER.sub('', place.replace(thing, '', 1))}{words}"
    verb = _verb(measure, names)
    rest = _rest(subject, verb).replace(thing, "", 1)
    # 故障 of 设备/电梯 is 电梯故障.
    return f"{thing}{_FILLER.sub('', rest)}{verb.replace(thing, '', 1) or verb}|{_event(measure)}"


def _spoken(requirement: Requirement, measure: Measure, subject: str, names: Mapping[str, str]) -> str | None:
    """The name where the sentence itself says what the thing is."""
    thing = _named(_FILLER.sub("", requirement.object or ""), names)
    if measure.kind == "limit":
        words = _named(short_name(measure.property), names)
        if thing and words.startswith(thing):
            return words
        return f"{thing}{_FILLER.sub('', words)}" if thing else None if _VAGUE.fullmatch(words) else words or None
    verb = _verb(measure, names)
    rest = _rest(subject, verb)
    if not rest and not measure.event and not _happens(measure, verb):
        return None
    return f"{rest}{verb}|{_event(measure)}"


def _happens(measure: Measure, verb: str) -> bool:
    """What is only capped is no work but happens, and its name may hold the thing: 电梯故障, but not 故障 or 停水."""
    return measure.kind == "frequency" and measure.low is None and len(verb) > 2


def _indoors(requirement: Requirement, measure: Measure, names: Mapping[str, str]) -> str:
    """室内温度, where the sentence says no more of whose it is."""
    is_said = measure.kind == "limit" and requirement.object == _ROOM
    return _ROOM + _FILLER.sub("", _named(short_name(measure.property), names)) if is_said else ""


def _rest(subject: str, verb: str) -> str:
    """水箱的清洗消毒 without the verb is 水箱."""
    head, found, _ = subject.partition(verb) if verb else (subject, "", "")
    return _bare(head if found else subject)


def _verb(measure: Measure, names: Mapping[str, str]) -> str:
    """清洗消毒, 清洗、消毒 and 水箱的清洗消毒 are 清洗; 检测水质 keeps what is tested."""
    words = re.split(r"[、和并及与]", (measure.property or "").rpartition("的")[2])[0]
    if words in names:
        return names[words]
    if words[:2] in _WORK and (words[2:] in _WORK or not words[2:]):
        words = words[:2]
    return names.get(words, words)


def _event(measure: Measure) -> str:
    return f"{measure.event or ''}|{measure.direction or ''}"


def _bare(words: str | None) -> str:
    return re.sub(r"[的中内]$", "", words or "")


def _named(words: str, names: Mapping[str, str]) -> str:
    """Standard words at the end and at the beginning; the middle is left as written."""
    if not names or not words:
        return words
    if words in names:
        return names[words]
    tail = _longest(words, names, lambda size: words[-size:])
    # 湿度 is 相对湿度, but 相对湿度 is not 相对相对湿度.
    if tail and not (len(names[words[-tail:]]) > tail and words.endswith(names[words[-tail:]])):
        words = words[:-tail] + names[words[-tail:]]
    head = _longest(words, names, lambda size: words[:size])
    if head and not (len(names[words[:head]]) > head and words.startswith(names[words[:head]])):
        words = names[words[:head]] + words[head:]
    return words


def _longest(words: str, names: Mapping[str, str], piece: Callable[[int], str]) -> int:
    return next((size for size in range(min(len(words), 12), 1, -1) if piece(size) in names), 0)
