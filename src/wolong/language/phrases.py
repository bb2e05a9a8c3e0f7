"""A sentence cut into comma parts, each with its condition, its modal and the tokens that are left to measure."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from wolong.language.attributes import named
from wolong.language.cases import (
    but_for_these,
    by_case,
    each_its_period,
    excepted,
    is_topic,
    scoped,
    told_by_bound,
    unread,
    which_cases,
)
from wolong.language.conditions import UNABLE, whole_condition, with_condition
from wolong.language.leave import behind_subject
from wolong.language.modals import BINDING, CAN, MAY, NEGATIVE, SHALL, SHALL_NOT
from wolong.language.names import clean_name, is_party
from wolong.language.parts import ONLY_THEN, Part, is_gate
from wolong.language.patterns import lazy
from wolong.language.periods import period_at
from wolong.language.seasons import ANY_SEASON
from wolong.language.tokens import BREAK, COMPARE, LIST, MODAL, OPAQUE, PERIOD, QUANTITY, TEXT, Token, tokenise
from wolong.language.units import TIME_PATTERN

# 不能解决的问题要及时上报: the modal says which thing is meant; another word rules.
_RULED_THING = lazy(
    r"(?![在将把])[^,、的]{1,8}的[\u4e00-\u9fff]{1,6}?(?:(?<![主重必次摘])要(?![求点素害件])|需(?!求)|由(?!于)|及时|立即|报|均|一律)|(?!在)[^,、的]{1,8}的\s*(?:\d[\d.]*\s?个?"
    rf"{TIME_PATTERN}|[一二两三四五六七八九十半]+个?{TIME_PATTERN}|当[日天场])"
)
_RULES = ("不得", "严禁", "禁止", "不准", "不应", "应")
_DATE = lazy(r"\d\s?[日号点时]")
_JOINS = lazy(r"(?:并且|并|且|但|而|还|也|又|和|以?及|同时|、|或|则|均|都|更)\s*$")
# 每个配置点不少于 2 具、不宜多于 5 具; 不少于二人且至少一人应持证: a bound of its own before the modal.
_BOUND_BEFORE = lazy(
    r"[\d一二两三四五六七八九十]\s?[^\s\d、]{0,4}?(?P<border>(?:、|并且?|且)\s*$|(?:并且?|且|,?其中)(?=(?:其中)?(?:至少|最少)[^,]*$))"
)
_ENSURED = lazy(r"(?:确保|保证)(?!.*的$)")  # 应确保在断电时能自动启动
_WHO_CAN = lazy(
    r"(?:[^,、]{1,24}、)?[^,、]{1,24}的[\u4e00-\u9fff]{0,4}(?:材料|证明|文件|资料|条件|设备|产品|劳动|岗位|人员|单位|企业|机构)"
)  # 以及能够证明其符合条件的材料
_CAN_BE_MADE = lazy(
    r"可[\u4e00-\u9fff]{2}的(?:材料|材质|容器|用品|产品|设备|工具|车辆|包装|部件|物品)"
)  # 光滑、可清洗的材料
# 应设置吸烟有害健康和禁止出售的标识: what a sign says
_ON_A_SIGN = lazy(r"[和与、][^,]{1,26}的(?:[\u4e00-\u9fff]{0,4}标[识志牌语示]|字样|警示|提示)\s*$")
_ORDERS = lazy(r"责令[^,]*$|限制(?:或者?|、)$")
# 可以禁止其三年内参加投标: how long it is forbidden, and no time to do it in.
_BY_ORDER = lazy(r"(?:可以?)?(?:限制或者?)?禁止|[^,]*责令[^,]*不[得准]")
_TAKES = lazy(r"(?:采取|决定)[^,]*$")
_AND_SO = lazy(r"(?:并且|且)(?=[\u4e00-\u9fff]{2,12}$)")  # 应为独立房间且使用面积不应低于 10 m²
_LISTED = lazy(r"、(?!应)(?P<subject>[^、,的]{1,10})$")


# 可触摸表面应每日消毒, 严禁烟火区域应设标志: the first verb is part of a name; 甲方可要求乙方应……: it rules.
_NAMED_BY = lazy(
    r"(?:不?可以?|不?能够?)(?![^,]*(?:(?<!满足)(?<!达到)(?<!符合)要求|通知|请|责令|委托|督促|建议|约定|规定|协商))[\u4e00-\u9fff]{2,10}"
)
_PLACE_OF = lazy(r"(?:不[得准许]|不允许|严禁|禁止)[\u4e00-\u9fff]{1,8}(?:区域?|场所|部位|[路地]段|时段|范围|地点|处)")


@lru_cache(maxsize=256)
def cut(folded: str) -> tuple[Part, ...]:
    """The parts of a folded sentence in order; a part with two modals of its own is two parts."""
    tokens = tokenise(folded)
    runs: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        if token.kind == BREAK or (token.kind == LIST and _is_next(folded, runs[-1], tokens[at : at + 5])):
            runs.append([])
        else:
            runs[-1].append(token)
    runs = [run for run in runs if run and folded[run[0].start : run[-1].end].strip()]
    parts: list[Part] = []
    spoken = any(token.kind == MODAL for token in tokens)
    for index, run in enumerate(runs):
        later = not spoken or any(token.kind == MODAL for other in runs[index + 1 :] for token in other)
        parts.extend(_parts_of(folded, run, later_modal=later, is_last=index == len(runs) - 1))
    for settle in (_only_after, which_cases, but_for_these, excepted, scoped, by_case, each_its_period, _each_time):
        parts = settle(parts)
    return tuple(parts)


_AFTER = lazy(r"[^,]+(?<![以之先最])后\s*")


def _only_after(parts: list[Part]) -> list[Part]:
    """设备应当经检验合格后, 方可使用: one verb in two parts; what has to be before is the condition of what follows."""
    kept: list[Part] = []
    for part, behind in zip(parts, [*parts[1:], None], strict=False):
        gates = behind is not None and behind.modal is not None and behind.modal.start == behind.start
        gates = gates and behind is not None and behind.text.startswith(ONLY_THEN, behind.start)
        if gates and part.modal and part.modal.word == SHALL and not part.has_quantity and _AFTER.fullmatch(part.rest):
            who = tuple(one for one in part.tokens if one.end <= part.modal.start)
            if who:
                kept.append(replace(part, end=part.modal.start, tokens=who, modal=None))
            begin, condition = part.modal.end, part.rest.strip()
            kept.append(Part(part.text, begin, part.end, (), condition, None, only_condition=True))
        else:
            kept.append(part)
    return kept


_BEFORE_OR_AFTER = lazy(r"(?:[^,\d每]*在)?(?P<each>每[^,\d]*)[前后]")


def _each_time(parts: list[Part]) -> list[Part]:
    """每年汛期前, 应对设备进行检查: what stands behind the comma is done once in each period."""
    for at, (before, part) in enumerate(pairwise(parts), 1):
        is_next = before.only_condition and part.modal is not None and part.modal.word == SHALL
        match = _BEFORE_OR_AFTER.fullmatch(before.condition or "")
        if is_next and match and not part.has_quantity:
            start = before.text.index(match["each"], before.start)
            found = period_at(before.text, start)
            token = Token(PERIOD, start, found[1], period=found[0]) if found else None
            parts[at] = replace(part, tokens=(token, *part.tokens)) if token else part
    return parts


# 夏季低于 28 ℃、冬季高于 15 ℃时不宜……: two cases of one condition
_ALL_WHEN = lazy(r"[^,;。]*\d\s?[^\d,;。]{1,4}时[^,;。\d]*(?:应|宜|可|须|不得|不宜)")
_FROM_THEN = lazy(r"之[日时]起|后")


# 依法必须招标的项目签订合同后七日内, ……应当: the modal says which project.
_IN_NAME = lazy(r"(?:必须|应当?|须|可以?|能够?)[^,、的]{1,10}的[^,]*(?:后|之日起)[^,]{1,8}内\s*$")


_BOUND = [TEXT, COMPARE, QUANTITY]
_PERIODIC = ([TEXT, PERIOD], [TEXT, MODAL, PERIOD])


def _is_next(folded: str, run: list[Token], tokens: list[Token]) -> bool:
    """Whether 、 parts as a comma does; `tokens` are those from it on.

    夏季 24 ℃～26 ℃、冬季 18 ℃～22 ℃; 安全阀每年、压力表每半年校验一次; 浓度不得低于 250 mg/L、浸泡时间不少于 5 min: without
    a modal beside a ban.
    """
    behind = [one.kind for one in tokens[1:]]
    last = run[-1].kind if run else None
    if last == PERIOD and (behind[:2] in _PERIODIC or behind[:3] in _PERIODIC):
        return True
    is_bound = last == QUANTITY and behind[:3] == _BOUND and behind[3:] in ([], [BREAK])
    if is_bound and any(one.kind == MODAL and one.word in NEGATIVE for one in run):
        return True
    at = tokens[0].end
    is_season = last in (QUANTITY, PERIOD) and ANY_SEASON.match(folded, at) is not None
    return is_season and not _ALL_WHEN.match(folded, at)


def _parts_of(folded: str, run: list[Token], *, later_modal: bool, is_last: bool) -> list[Part]:
    start, end = run[0].start, run[-1].end
    text = folded[start:end]
    has_modal = any(token.kind == MODAL for token in run)
    condition = None if is_last else whole_condition(text, has_modal=has_modal, later_modal=later_modal)
    if condition is not None:
        dates = tuple(token for token in run if token.kind == OPAQUE and _DATE.search(folded, token.start, token.end))
        return [Part(folded, start, end, dates, condition, None, only_condition=True)]
    if later_modal and not (is_last or has_modal) and (leave := behind_subject(text)):
        return _subject_and_condition(folded, run, leave)
    modals = [] if later_modal and not is_last and _IN_NAME.search(text) else _own_modals(folded, run)
    pieces: list[Part] = []
    for number, (first, modal, last) in enumerate(_spans(folded, run, modals)):
        tokens = [_as_text(token, modal) for token in _clipped(run, first, last)]
        piece = Part(folded, first, last, tuple(tokens), None, modal)
        if modal and modal.word in (MAY, SHALL) and _BY_ORDER.match(folded, modal.end, last):
            piece = replace(piece, tokens=unread(piece))
        whole = modal is None and _FROM_THEN.search(text) is not None and is_topic(piece)  # 自接到报修之时起到场的时限
        case = None if whole else told_by_bound(piece)
        pieces.append(named(case or (with_condition(piece) if not whole and (number == 0 or modal) else piece)))
    return pieces


def _subject_and_condition(folded: str, run: list[Token], found: re.Match[str]) -> list[Part]:
    """使用单位未经批准, 不得……: who is meant says nothing yet, and the condition is a part of its own."""
    start, end = run[0].start, run[-1].end
    border = start + found.start("condition")
    condition = Part(folded, border, end, (), found["condition"], None, only_condition=True)
    if not found["subject"].strip():
        return [condition]
    return [named(Part(folded, start, border, tuple(_clipped(run, start, border)))), condition]


def _clipped(run: list[Token], first: int, last: int) -> list[Token]:
    """The tokens of a span; words that reach over its border are cut there (为独立房间|且使用面积)."""
    return [
        _within(token, first, last) if token.kind == TEXT else token
        for token in run
        if first <= token.start < last or (token.kind == TEXT and token.start < first < token.end)
    ]


def _within(token: Token, first: int, last: int) -> Token:
    if first <= token.start and token.end <= last:
        return token
    return replace(token, start=max(token.start, first), end=min(token.end, last))


def _as_text(token: Token, modal: Token | None) -> Token:
    """A modal that opens nothing (可能散发…的场所) is plain text; one that was merged stays with its verb."""
    if token.kind != MODAL or modal is None:
        return token
    if modal.start <= token.start < modal.end:
        return modal
    return replace(token, kind=TEXT)


def _merged(folded: str, run: list[Token]) -> list[Token]:
    """The modals of a run, 应能 and 应确保在断电时能 each taken together."""
    merged: list[Token] = []
    for token in run:
        if token.kind != MODAL:
            continue
        between = folded[merged[-1].end : token.start] if merged else ""
        if merged and merged[-1].word == MAY and _forbids(folded, token) and not between.strip(" \t限制或者、"):
            continue
        if merged and not between.strip():
            word = token.word if token.word in NEGATIVE else merged[-1].word
            merged[-1] = replace(merged[-1], end=token.end, word=word)
        elif not (token.word == CAN and _ENSURED.match(between)):
            merged.append(token)
    return merged


def _forbids(folded: str, modal: Token) -> bool:
    """可以禁止其参加投标: what may be done is to forbid, and the ban is none yet."""
    return folded.startswith(("禁止", "严禁"), modal.start)


def _own_modals(folded: str, run: list[Token]) -> list[Token]:
    """The modals that open a requirement."""
    kept: list[Token] = []
    for token in _merged(folded, run):
        if (
            not kept
            and not folded.startswith(_RULES, token.start)
            and _RULED_THING.match(folded[token.end : run[-1].end])
            and not folded[run[0].start : token.start].strip()
        ):
            continue
        if kept and _ON_A_SIGN.match(folded, token.start - 1, run[-1].end):
            continue
        if kept and kept[-1].word in (MAY, SHALL) and _is_ordered(folded, kept[-1], token):
            continue
        if kept:
            between = folded[kept[-1].end : token.start]
            joined = _JOINS.search(between) or _listed(folded, kept[-1], token)
            if not joined and _is_named_by(folded, run, kept[-1], token):
                kept[-1] = token
                continue
            if not joined and re.search(r"的(?=[^的]*$)|时(?!间)", between) and not is_gate(folded, token):
                kept[-1] = token
                continue
            # 严禁明火作业应设警示标志: without a comma between them, and none is lost.
            is_behind_ban = token.word == SHALL and kept[-1].word == SHALL_NOT
            if not joined and token.word != SHALL_NOT and not is_behind_ban:
                continue
            is_thing = token.word == CAN and _WHO_CAN.fullmatch(folded[token.end : run[-1].end])
            if is_thing or (
                (not joined or _CAN_BE_MADE.match(folded, token.start)) and _inside_noun(folded, token, run)
            ):
                continue
        kept.append(token)
    return kept


def _is_ordered(folded: str, last: Token, modal: Token) -> bool:
    """可以责令其六个月内不得进入: what is ordered, by the word of the verb before."""
    between = folded[last.end : modal.start]
    return modal.word in NEGATIVE and (
        _ORDERS.search(between) is not None
        or (last.word == MAY and _forbids(folded, modal) and _TAKES.search(between) is not None)
    )


_UNABLE = lazy(UNABLE)


def _is_named_by(folded: str, run: list[Token], first: Token, modal: Token) -> bool:
    """Whether the first verb only says which thing the second rules."""
    if modal.word != SHALL or is_gate(folded, modal):
        return False
    named = folded[first.start : modal.start].strip()
    head = folded[run[0].start : first.start].strip()
    # 清洁剂不可直接倾倒应稀释: a ban, and no name
    is_ban = is_party(clean_name(head)) or (bool(head) and first.word == SHALL_NOT and not _UNABLE.match(named))
    return (not is_ban and _NAMED_BY.fullmatch(named) is not None) or _PLACE_OF.fullmatch(named) is not None


def _listed(folded: str, last: Token, modal: Token) -> re.Match[str] | None:
    """夏季不得低于26 ℃、冬季不得高于20 ℃: behind 、 a subject with its own verb."""
    if modal.word not in BINDING or is_gate(folded, modal):
        return None
    return _LISTED.search(folded[last.end : modal.start])


def _inside_noun(folded: str, modal: Token, run: list[Token]) -> bool:
    """不得进入的区域: a modal whose own words end in 的 is part of a name."""
    return bool(re.match(r"[^,、]{1,12}的(?![,。]|$)", folded[modal.end : run[-1].end]))


def _spans(folded: str, run: list[Token], modals: list[Token]) -> list[tuple[int, Token | None, int]]:
    """Where each modal's words begin and end inside one comma part."""
    start, end = run[0].start, run[-1].end
    if len(modals) < 2:
        lone = modals[0] if modals else None
        bound = lone and _BOUND_BEFORE.search(folded[start : lone.start])
        if bound:
            return [(start, None, start + bound.start("border")), (start + bound.end("border"), lone, end)]
        return [(start, lone, end)]
    borders = [start]
    for last, modal in pairwise(modals):
        join = _JOINS.search(folded[borders[-1] : modal.start])
        if join:
            borders.append(borders[-1] + join.start())
        elif joined := _AND_SO.search(folded[last.end : modal.start]):
            borders.append(last.end + joined.start())
        elif listed := _listed(folded, last, modal):
            borders.append(last.end + listed.start() + 1)
        else:
            borders.append(modal.start)
    borders.append(end)
    return [(borders[index], modal, borders[index + 1]) for index, modal in enumerate(modals)]
