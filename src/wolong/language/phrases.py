"""A sentence cut into comma parts, each with its condition, its modal and the tokens that are left to measure."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from wolong.language.modals import BINDING, NEGATIVE, SHALL_NOT
from wolong.language.tokens import BREAK, COMPARE, LIST, MODAL, OPAQUE, PERIOD, QUANTITY, TEXT, Token, tokenise

_MONTHS = r"(?:每年)?自?\d{1,2}\s?月份?\s?(?:至|到|~|-)\s?(?:次年|翌年)?\d{1,2}\s?月份?(?!\s?\d)期?间?"
# Times that a year or a day holds again and again: a count without a period is meant for one of them.
SEASON = (
    r"(?:"
    + _MONTHS
    + r"|(?:[春夏秋冬][季天]?[、和及]?)*[春夏秋冬][季天]节?|雷?雨季节?|汛期|供暖[期季]间?|采暖[期季]间?|制冷[期季]间?|空调季|台风季节?"
    r"|高峰(?:时段|期|时)|昼间|平峰(?:时段|期|时)|节假日期间|节假日|夜间|日间|白天|非工作时间内?|(?<![班续日天均])工作时间[内外]?|(?<![班续日天均])休息时间内?|生长季节?|休眠期"
    r"|(?:非雨季|非汛期|非[供采]暖[季期]|非制冷季|非空调季|其他季节|其余季节|其他时[间段期]|其余时[间段期]|平时|(?:合同|服务|考核|质保|年度|保修|试用)期内))"
)
_SEASON_FIRST = re.compile(rf"^\s*(?:在)?(?P<condition>{SEASON})(?![的温人值前后])")
_SEASON_LAST = re.compile(rf"(?P<condition>{SEASON})\s*$")
# 会议室夏季温度: the season stands between the thing and what is measured of it.
_SEASON_INSIDE = re.compile(r"^[^,]*?[\u4e00-\u9fff](?P<condition>[春夏秋冬]季)(?=[\u4e00-\u9fff]{2,8}\s*$)")
# 低于 80% 的项目应……, 90 天内重复发生的问题应……: a number in what only says which thing is meant.
_ATTRIBUTE = re.compile(r"[^,;。]*的[\u4e00-\u9fff]{0,10}\s*$")
# 满意度低于85%的应整改: the same where nothing follows 的, so that it is said when the rule holds.
_WHICH = re.compile(r"^\s*(?P<condition>[^,]*\d[^,]*(?<!有)的)\s*$")
_WHICH_FIRST = re.compile(
    r"^\s*(?P<condition>[^,]{0,20}?(?:超过|低于|高于|大于|小于|少于|多于|不足|不满|以上|以下|以内|内)[^,]{0,12}?的)(?=\s*(?:每|\d|至少|不[应得少低大小高超]|应|须))"
)
# 如遇水质异常, 应…: a case that is supposed.
_CASE = re.compile(r"^\s*(?P<condition>(?:如遇|如有|如果|如需|如因|如发|若|一旦|遇有|遇|凡|发现|当(?![日天班月年地场面值])).+?)\s*$")
_IN_BRACKETS = re.compile(rf"\(\s*(?P<condition>{SEASON})\s*\)")
_EXCEPT = re.compile(r"^\s*(?P<condition>除(?![尘草锈湿臭虫雪冰霜油垢颤害])[^,]{1,40}?(?:之外|以外|(?<![室户内对海])外))(?![墙部立观围包来地场])")
# 2 米以上玻璃每月……: the same without 的.
_SIZED = re.compile(r"[\u4e00-\u9fff]{2,}")
_HAPPENS = re.compile(r"\d|超过|低于|高于|不足|发生|造成|出现|逾期|[二两三四五六七八九十]次")
_ENDS_AS_CONDITION = re.compile(r"(?:时|后|前|期间|情况下|条件下|过程中|起|的|外)\s*$")
_NO_WHEN = r"(?<![及按随定同小实即临平准超暂届计工课学])"
_WHEN = re.compile(
    rf"^\s*(?P<condition>[^,]{{1,50}}?(?:{_NO_WHEN}时(?![间段刻效限常候]|应急)|期间|情况下|条件下|过程中))"
)
_AFTER = re.compile(
    r"^\s*(?P<condition>[^,]{1,40}?(?:之后|以后|(?<![先前背然最售])后(?![勤台面门期续备方果院厨视处])|之日起))(?!的)"
)
_BEFORE = re.compile(r"^\s*(?P<condition>[^,]{1,40}?(?<![以目当门楼台从提])前)\s*$")
_WHOLE = re.compile(
    rf"^\s*(?P<condition>除(?![尘草锈湿臭虫雪冰霜油垢颤害]).{{1,60}}?外|.{{1,120}}?(?:{_NO_WHEN}时(?!间|段)候?|期间|情况下|条件下|过程中|之后|以后|(?<![先前背然最售])后|(?<![以目当门楼台从提])前|之日起|(?<!有)的))\s*$"
)
_ONLY_THEN = ("方可", "方能", "才可", "才能")
# 不能解决的问题要及时上报: the modal says which thing is meant; another word rules.
_RULED_THING = re.compile(r"[^,、的]{1,8}的[\u4e00-\u9fff]{1,6}?(?:要|需|由|及时|立即|报|均|一律)")
_JOINS = re.compile(r"(?:并且|并|且|但|而|还|也|又|和|及|同时|、|或|则|均|都|更)\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two commas: `tokens` without the condition; `modal` the one verb that rules it, if any."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    condition: str | None = None
    modal: Token | None = None
    only_condition: bool = False

    @property
    def subject(self) -> str:
        """The text before the modal, or before the first number where there is no modal."""
        words = []
        for token in self.tokens:
            if token is self.modal or token.kind == QUANTITY:
                break
            if token.kind in (TEXT, LIST) or (token.kind == COMPARE and self.modal is not None):
                words.append(self.text[token.start : token.end])
        return "".join(words).strip()

    @property
    def rest(self) -> str:
        """The text behind the modal; all of it where there is no modal."""
        start = self.modal.end if self.modal else (self.tokens[0].start if self.tokens else self.end)
        words = self.text[start : self.end]
        gate = re.search("|".join(_ONLY_THEN), words) if self.condition else None
        return words[gate.end() :] if gate else words

    @property
    def has_quantity(self) -> bool:
        return any(token.quantity is not None or token.period is not None for token in self.tokens)


@lru_cache(maxsize=256)
def cut(folded: str) -> tuple[Part, ...]:
    """The parts of a folded sentence in order; a part with two modals of its own is two parts."""
    tokens = tokenise(folded)
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == BREAK:
            runs.append([])
        else:
            runs[-1].append(token)
    runs = [run for run in runs if run and folded[run[0].start : run[-1].end].strip()]
    parts: list[Part] = []
    spoken = any(token.kind == MODAL for token in tokens)
    for index, run in enumerate(runs):
        later = not spoken or any(token.kind == MODAL for other in runs[index + 1 :] for token in other)
        parts.extend(_parts_of(folded, run, later_modal=later, is_last=index == len(runs) - 1))
    return tuple(parts)


def _parts_of(folded: str, run: list[Token], *, later_modal: bool, is_last: bool) -> list[Part]:
    start, end = run[0].start, run[-1].end
    text = folded[start:end]
    has_modal = any(token.kind == MODAL for token in run)
    whole = None if is_last else _WHOLE.match(text) or (None if has_modal else _CASE.match(text))
    if whole and (not has_modal or later_modal) and _is_condition(text, has_modal=has_modal, later_modal=later_modal):
        condition = whole["condition"].strip()
        return [Part(folded, start, end, (), condition, None, only_condition=True)]
    modals = _own_modals(folded, run)
    pieces: list[Part] = []
    for number, (first, modal, last) in enumerate(_spans(folded, run, modals)):
        tokens = [_as_text(token, modal) for token in run if first <= token.start < last]
        piece = Part(folded, first, last, tuple(tokens), None, modal)
        pieces.append(_named(_with_condition(piece) if number == 0 or modal else piece))
    return pieces


def _as_text(token: Token, modal: Token | None) -> Token:
    """A modal that opens nothing (可能散发…的场所) is plain text; one that was merged stays with its verb."""
    if token.kind != MODAL or modal is None:
        return token
    if modal.start <= token.start < modal.end:
        return modal
    return replace(token, kind=TEXT)


def _named(part: Part) -> Part:
    """380 V 供电电压偏差应…: a number inside the subject belongs to the name and bounds nothing."""
    tokens = _bracketed(_sized(list(part.tokens), part), part)
    if part.modal is None:
        return replace(part, tokens=tuple(_attributed(token, part) for token in tokens))
    tokens = _belonging(tokens, part, part.modal)
    for at, token in enumerate(tokens):
        if token.kind != QUANTITY or token.quantity is None or token.start > part.modal.start:
            continue
        if token.quantity.after is not None or (token.quantity.unit or "").startswith("次"):
            continue
        behind = part.text[token.end : part.modal.start]
        bound = any(other.kind in (COMPARE, PERIOD) for other in tokens[:at])
        if not bound and re.match(r"\s*[\u4e00-\u9fff]{2,}", behind):
            tokens[at] = _plain(token)
    return replace(part, tokens=tuple(tokens))


def _plain(token: Token) -> Token:
    return replace(token, kind=TEXT, quantity=None, period=None)


def _belonging(tokens: list[Token], part: Part, modal: Token) -> list[Token]:
    """超过 2 m 的作业应…: numbers that say which thing is meant; a share of all (三分之二以上的人员) is one nobody reads."""
    for at, token in enumerate(tokens):
        if token.kind not in (QUANTITY, PERIOD, COMPARE) or token.end > modal.start:
            continue
        # A name of one and the same thing may hold 的 too; only a number makes it one thing among others.
        later = [one for one in tokens[at:] if one.kind == QUANTITY and one.end <= modal.start]
        if not (
            later
            and _ATTRIBUTE.fullmatch(part.text[later[-1].end : modal.start])
            and _ATTRIBUTE.fullmatch(part.text[token.end : modal.start])
        ):
            continue
        share = token.quantity is not None and token.quantity.unit in (None, "%")
        if share and not part.text[part.start : token.start].strip():
            tokens[at] = replace(token, kind=OPAQUE, quantity=None)
        else:
            tokens[at] = _plain(token)
    return tokens


def _bracketed(tokens: list[Token], part: Part) -> list[Token]:
    """pH值(25 ℃)应为…: a number in brackets beside the name of what is measured."""
    opened = part.text.find("(", part.start, part.end)
    closed = part.text.find(")", opened, part.end) if opened >= 0 else -1
    if closed < 0:
        return tokens
    outside = [token for token in tokens if token.kind == QUANTITY and not opened < token.start < closed]
    is_name = closed < part.modal.start if part.modal else any(token.start > closed for token in outside)
    if not is_name:
        return tokens
    inner = (QUANTITY, PERIOD, COMPARE)
    return [_plain(token) if token.kind in inner and opened < token.start < closed else token for token in tokens]


def _attributed(token: Token, part: Part) -> Token:
    """建筑面积大于 1000 m² 的公共建筑, as a part of its own: the size says which thing is meant."""
    is_size = token.kind == QUANTITY and token.quantity and not (token.quantity.unit or "").startswith("次")
    if is_size and re.fullmatch(r"\s*的[\u4e00-\u9fff]{1,10}\s*", part.text[token.end : part.end]):
        return replace(token, kind=TEXT, quantity=None)
    return token


def _sized(tokens: list[Token], part: Part) -> list[Token]:
    """2 米以上玻璃每月擦拭: a size right before a noun, at the head of its part, says which thing is meant."""
    head = next((at for at, token in enumerate(tokens) if part.text[token.start : token.end].strip()), None)
    if head is None or head + 1 >= len(tokens):
        return tokens
    token = tokens[head]
    is_size = token.kind == QUANTITY and token.quantity is not None and token.quantity.after in ("以上", "以下")
    ruled = any(other.kind in (PERIOD, QUANTITY) for other in tokens[head + 1 :])
    if is_size and ruled and _SIZED.match(part.text[token.end : part.end].strip()):
        tokens[head] = replace(token, kind=TEXT, quantity=None)
    return tokens


def _is_condition(text: str, *, has_modal: bool, later_modal: bool) -> bool:
    """Whether a part that ends like a condition is one: 接到报修后 is, 应是合格的 and 每日清扫2次后 are not."""
    if re.search(r"[能是可]否", text):
        return False
    if _EXCEPT.fullmatch(text.rstrip()):
        return True
    if text.rstrip().endswith("的"):
        return (later_modal or bool(_HAPPENS.search(text))) and not (has_modal and re.search(r"应[当该]?[是为]", text))
    if _CASE.match(text) and not _ENDS_AS_CONDITION.search(text):
        return later_modal
    return not has_modal or text.rstrip().endswith("时")


def _own_modals(folded: str, run: list[Token]) -> list[Token]:
    """The modals that open a requirement, 应能 and 应…才能 taken together."""
    merged: list[Token] = []
    for token in run:
        if token.kind != MODAL:
            continue
        if merged and not folded[merged[-1].end : token.start].strip():
            word = token.word if token.word in NEGATIVE else merged[-1].word
            merged[-1] = replace(merged[-1], end=token.end, word=word)
            continue
        merged.append(token)
    kept: list[Token] = []
    for token in merged:
        if (
            not kept
            and _RULED_THING.match(folded[token.end : run[-1].end])
            and not folded[run[0].start : token.start].strip()
        ):
            continue
        if kept:
            between = folded[kept[-1].end : token.start]
            joined = _JOINS.search(between) or _listed(folded, kept[-1], token)
            if (
                not joined
                and re.search(r"的(?=[^的]*$)|时(?!间)", between)
                and folded[token.start : token.end] not in _ONLY_THEN
            ):
                kept[-1] = token
                continue
            if not joined and token.word != SHALL_NOT:
                continue
            if _inside_noun(folded, token, run):
                continue
        kept.append(token)
    return kept


_LISTED = re.compile(r"、(?!应)(?P<subject>[^、,的]{1,10})$")


def _listed(folded: str, last: Token, modal: Token) -> re.Match[str] | None:
    """夏季不得低于26 ℃、冬季不得高于20 ℃: behind 、 a subject with its own verb."""
    if modal.word not in BINDING or folded[modal.start : modal.end] in _ONLY_THEN:
        return None
    return _LISTED.search(folded[last.end : modal.start])


def _inside_noun(folded: str, modal: Token, run: list[Token]) -> bool:
    """不得进入的区域: a modal whose own words end in 的 is part of a name."""
    return bool(re.match(r"[^,、]{1,12}的(?![,。]|$)", folded[modal.end : run[-1].end]))


def _spans(folded: str, run: list[Token], modals: list[Token]) -> list[tuple[int, Token | None, int]]:
    """Where each modal's words begin and end inside one comma part."""
    start, end = run[0].start, run[-1].end
    if len(modals) < 2:
        return [(start, modals[0] if modals else None, end)]
    borders = [start]
    for last, modal in pairwise(modals):
        join = _JOINS.search(folded[borders[-1] : modal.start])
        if join:
            borders.append(borders[-1] + join.start())
        elif listed := _listed(folded, last, modal):
            borders.append(last.end + listed.start() + 1)
        else:
            borders.append(modal.start)
    borders.append(end)
    return [(borders[index], modal, borders[index + 1]) for index, modal in enumerate(modals)]


def _with_condition(part: Part) -> Part:
    """The part with its condition taken out of the tokens."""
    stop = part.modal.start if part.modal else _first_number(part)
    head = part.text[part.start : stop]
    if part.modal and (gate := _gate(part)):
        return _without(part, part.modal.end, gate)
    if part.modal and part.text[part.modal.start : part.modal.end] in _ONLY_THEN and head.strip():
        return _without(part, part.start, part.modal.start, head.strip())
    for pattern in (_EXCEPT, _WHICH_FIRST, _WHEN, _AFTER, _SEASON_FIRST, _IN_BRACKETS):
        reach = part.text[part.start : part.modal.start] if part.modal else part.text[part.start : part.end]
        match = pattern.search(part.text[part.start : part.end]) if pattern is _IN_BRACKETS else pattern.match(reach)
        if match and match["condition"].strip() and not (pattern is _AFTER and _is_place(match["condition"])):
            return _without(part, part.start + match.start("condition"), part.start + match.end("condition"))
    for pattern in (_WHICH, _SEASON_LAST, _SEASON_INSIDE, _BEFORE):
        match = pattern.search(head)
        if match and (pattern not in (_BEFORE, _WHICH) or part.modal) and not _is_measured(part, match["condition"]):
            return _without(part, part.start + match.start("condition"), part.start + match.end("condition"))
    return _season_behind(part)


def _is_measured(part: Part, condition: str) -> bool:
    """工作时间不应大于 8 h: a time that a bound follows is what is measured, not when."""
    behind = [token for token in part.tokens if token.start >= (part.modal.end if part.modal else _first_number(part))]
    return condition.endswith("时间") and bool(behind) and behind[0].kind == COMPARE


def _gate(part: Part) -> int | None:
    """应经检验合格后方可使用: where the words that gate the action end."""
    if part.modal is None:
        return None
    match = re.search("|".join(_ONLY_THEN), part.text[part.modal.end : part.end])
    return part.modal.end + match.start() if match and match.start() else None


def _season_behind(part: Part) -> Part:
    """应夏季不低于26 ℃, 应在汛期前: a season right behind the modal."""
    if part.modal is None:
        return part
    match = re.match(rf"\s*在?(?P<condition>{SEASON})(?![的前后温])", part.text[part.modal.end : part.end])
    if match is None:
        return part
    return _without(part, part.modal.end + match.start("condition"), part.modal.end + match.end("condition"))


def _is_place(condition: str) -> bool:
    return condition.endswith(("楼后", "门后", "身后", "柜后", "屏后"))


def _first_number(part: Part) -> int:
    for token in part.tokens:
        if token.kind not in (TEXT, LIST):
            return token.start
    return part.end


def _without(part: Part, start: int, end: int, condition: str | None = None) -> Part:
    tokens: list[Token] = []
    for token in part.tokens:
        if token.end <= start or token.start >= end:
            tokens.append(token)
            continue
        if token.kind == OPAQUE:
            tokens.append(token)  # a date that the condition names is still a number that nobody read
        if token.kind != TEXT:
            continue
        if token.start < start:
            tokens.append(replace(token, end=start))
        if token.end > end:
            tokens.append(replace(token, start=end))
    return replace(part, tokens=tuple(tokens), condition=condition or part.text[start:end].strip())
