"""WL2: how a requirement is worded."""

import re
from collections.abc import Iterator

from wolong.language.folding import fold
from wolong.language.linting.places import text_lines
from wolong.language.linting.registry import Fault, Shelf, by_clause, by_sentence, rule
from wolong.language.modals import BINDING, CAN, CANNOT, MAY, NEED_NOT
from wolong.language.patterns import lazy
from wolong.language.sentences import own_modals, read_sentence
from wolong.language.tree import Document

_MUST = lazy(r"(?<!不)必须")
_VAGUE = lazy(
    r"及时(?!率|性)|适当|尽量|尽可能|(?<!不)合理(?!化)|定期(?!检验[前后合日标报周结机有不的])|适时(?!性)|必要时|基本上|原则上|大致|酌情"
)
_NO_UNIT = lazy(r"pH|酸碱度|系数|因数|等级|比$|比例|倍数|指数|能效|得分|评分|分值|性能比|PUE|光泽度", re.IGNORECASE)
_ABOUT = lazy(r"(?:大约|约|将近)\s*\d|\d[\d.]*\s*[^\s,，。;；、\d]{0,6}?左右")
_AND_OR = lazy(r"[和与及]\s*[/(]\s*或")
_STATING = frozenset({CAN, CANNOT, MAY, NEED_NOT})
# 5起: a number that a word follows has a unit, if one that the reader doesn't know.
_BARE = lazy(r"\d(?![\d.%])\s*(?=$|[,。;;、!)\]和与及或至到~])")
_NOTE = lazy(r"^\s*(?:注|示例)\s*\d*\s*:")


@rule("WL202", "warning")
def must_for_shall(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A standard says 应; 必须 belongs to laws and to engineering codes.

    Why: two words for one thing make readers look for a difference (GB/T 1.1—2020, annex C).
    Bad: 4.1 大厅地面必须每日清扫 1 次。
    Good: 4.1 大厅地面应每日清扫 1 次。
    Mend: `wolong lint --fix` writes 应.
    """
    if document.tone == "工程":
        return
    for clause, requirement in by_sentence(document):
        # Most sentences hold no 必须, and cutting each once more would cost more than all other rules.
        for at, word in own_modals(requirement.sentence) if "必须" in requirement.sentence else ():
            if _MUST.search(word):
                line, column = requirement.place_of(at)
                yield Fault(line, f"用了“{word}”", "标准里写“应”", clause, column)


@rule("WL203", "warning")
def vague_word(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A binding requirement does not rest on a word that nobody can verify.

    Why: 及时 is quarrelled about when money hangs on it.
    Bad: 4.1 垃圾应及时清运。
    Good: 4.1 垃圾应每日清运不少于 1 次。
    Mend: Write the time, the frequency or the limit that is meant.
    """
    for clause, requirement in by_clause(document):
        if requirement.modality not in BINDING or requirement.measures:
            continue
        for predicate in requirement.predicates:
            match = _VAGUE.search(predicate)
            if match:
                at = max(requirement.sentence.find(match.group()), 0)
                line, column = requirement.place_of(at)
                yield Fault(line, f"“{match.group()}”没法检查", "写出时限、频次或限值", clause, column)
                break


@rule("WL204", "warning")
def requirement_in_note(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A note or an example requires nothing.

    Why: what stands in a note binds nobody, so a 应 there is lost (GB/T 1.1—2020, 9.9).
    Bad:
        4.1 地面应干净。

        注：地面应保持干燥。
    Good:
        4.1 地面应干净。

        4.2 地面应干燥。
    Mend: Make it a clause; the note only explains.
    """
    for clause, words, line, column in text_lines(document):
        note = _NOTE.match(fold(words)) if clause.role not in ("terms", "front") else None
        # 可能 and 可以 in a note state or allow; only what binds or is recommended is lost there.
        if note and any(one.modality not in _STATING for one in read_sentence(words[note.end() :])):
            help_text = "把要求移到正文，注里只作解释"
            yield Fault(line, "注或示例里写了要求", help_text, clause.number, column)


@rule("WL205", "warning")
def unit_missing(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A limit has a unit, unless its property is a bare number (pH, 功率因数).

    Why: 不应大于 55 is not checkable.
    Bad: 4.1 室内噪声不应大于 55。
    Good: 4.1 室内噪声不应大于 55 dB(A)。
    Mend: Write the unit behind the number.
    """
    for clause, requirement in by_clause(document):
        for measure in requirement.measures:
            is_bare = measure.kind == "limit" and measure.unit is None and not _NO_UNIT.search(measure.property or "")
            if is_bare and _BARE.search(fold(requirement.sentence)):
                message = f"“{measure.property or '数值'}”没有单位"
                yield Fault(requirement.line, message, "在数值后面写单位", clause, requirement.column)


@rule("WL206", "warning")
def many_objects(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A clause requires something of one thing.

    Why: one number, one execution line and one score can't serve two things that are looked after by different people.
    Bad:
        4.1 大厅的地面应每日清扫 1 次。配电室的温度不应大于 40 ℃。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C
    Good:
        4.1 大厅的地面应每日清扫 1 次。
        > 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C

        4.2 配电室的温度不应大于 40 ℃。
        > 对象:场所/配电室 | 责任:供配电 | 检查:测量 | 频次:每月 | 等级:B | 证据:读数
    Mend: Divide the clause, or give each requirement an execution line of its own.
    """
    for clause in document.clauses:
        if len(clause.executions) > 1 or clause.kind == "item":
            continue
        binding = [one for one in clause.requirements if one.modality in BINDING and one.object]
        first = binding[0] if binding else None
        for one in binding[1:]:
            if first and one.sentence != first.sentence and one.object != first.object:
                message = f"一条里既要求“{first.object}”又要求“{one.object}”"
                yield Fault(one.line, message, "分成两条，各有各的编号和执行行", clause.number, one.column)
                break


@rule("WL207", "warning")
def about(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A limit is not approximate.

    Why: 约 20 min leaves open whether 25 min is a failure.
    Bad: 4.1 会场茶水应约 20 min 续一次。
    Good: 4.1 会场茶水应每 20 min 续 1 次。
    Mend: Write the limit, or the interval that is allowed.
    """
    for clause, requirement in by_sentence(document, BINDING):
        match = _ABOUT.search(fold(requirement.sentence))
        if match:
            line, column = requirement.place_of(match.start())
            yield Fault(line, f"“{match.group()}”不是确定的限值", "写出限值或允许的区间", clause, column)


@rule("WL208", "warning")
def and_or(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A requirement says 和 or 或, not both.

    Why: with 和/或 each side reads what suits it.
    Bad: 4.1 卫生间应放置香薰和/或除臭剂。
    Good: 4.1 卫生间应放置除臭剂。
    Mend: Decide for one, or say 至少一种.
    """
    for clause, requirement in by_sentence(document, BINDING):
        match = _AND_OR.search(fold(requirement.sentence))
        if match:
            line, column = requirement.place_of(match.start())
            yield Fault(line, "“和/或”说不清要哪一样", "写“和”“或”，或“至少一种”", clause, column)
