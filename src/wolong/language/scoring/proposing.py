"""An item as a clause: its sentence, a proposed execution line, and for each value whether the sheet says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wolong.language.execution import Method
from wolong.language.reading import read_text
from wolong.language.scoring.checking import read_check
from wolong.language.scoring.deductions import read_rule
from wolong.language.scoring.grid import plain
from wolong.language.scoring.objects import PLACE_OF_SERVICE, objects_in, post_or_paper
from wolong.language.scoring.reading import Item

KEYS = ("对象", "责任", "监督", "检查", "频次", "等级", "扣分", "整改", "证据")
READ, DEFAULT, UNSURE = "read", "default", "unsure"
EVIDENCE_OF = {
    Method.LOOK: "照片",
    Method.MEASURE: "读数",
    Method.CONSULT: "记录",
    Method.ASK: "记录",
    Method.TRY: "记录",
}
MOST_OBJECTS = 4  # a sentence that names more is about a whole building
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be chosen: words → selectors, the names of services, and the service that the whole sheet is about."""

    objects: Mapping[str, str]
    services: tuple[str, ...] = ()
    service: str = ""


@dataclass(slots=True)
class Proposal:
    """`origin` by key: read from the sheet, a default, or unsure (somebody must look); `says` is why, in a sentence.

    `unread`: the parts of the rule from which nothing was read.
    """

    text: str
    execution: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def is_clear(self) -> bool:
        return UNSURE not in self.origin.values() and not self.unread

    def put(self, key: str, value: str, origin: str, say: str = "") -> None:
        if value:
            self.execution[key] = value
        self.origin[key] = origin
        if say:
            self.says[key] = f"{self.says[key]}；{say}" if key in self.says else say


def propose(item: Item, vocabulary: Vocabulary) -> Proposal:
    """What the reader makes of an item. Nothing is guessed in silence: a value that the sheet does not say is marked."""
    found = Proposal(sentence_of(item.content))
    _objects(found, item, vocabulary)
    _doer(found, item, vocabulary)
    if item.checker:
        found.put("监督", item.checker[:60], READ)
    else:
        found.put("监督", "", DEFAULT, "表上没写，由服务线的主管科室查")
    _checks(found, item)
    _points(found, item)
    _sentence(found)
    for doubt in item.doubts:
        found.put("扣分", "", UNSURE, doubt)
    return found


def sentence_of(content: str) -> str:
    """The words of the sheet as one sentence, so that one deduction with one cap stands for the whole row."""
    one = re.sub(r"\s*\n\s*", "，", content.strip())
    one = re.sub(r"[;；。]+\s*(?=\S)", "，", one)
    one = re.sub(r"[ \t]+", " ", one).replace("<!--", "＜！--").strip(" ，,;；。")
    return f"{one[:LONGEST]}。"


def _objects(found: Proposal, item: Item, vocabulary: Vocabulary) -> None:
    named = objects_in(item.content, vocabulary.objects)
    if named and len(named) <= MOST_OBJECTS:
        found.put("对象", "、".join(named), READ)
        return
    if named:
        found.put("对象", "、".join(named[:MOST_OBJECTS]), UNSURE, f"这一条说到 {len(named)} 种地方，先列前几种")
        return
    if other := post_or_paper(item.content, item.method):
        found.put("对象", other, READ, "从内容和检查方式看出")
        return
    above = objects_in(item.group, vocabulary.objects)
    if above and len(above) <= MOST_OBJECTS:
        found.put("对象", "、".join(above), READ, "从项目名称看出")
    elif likely := vocabulary.objects.get(PLACE_OF_SERVICE.get(vocabulary.service, vocabulary.service)):
        found.put("对象", likely, UNSURE, "表上看不出查哪里，先按这项服务常在的地方")
    else:
        found.put("对象", "", UNSURE, "表上看不出查哪里，请选")


def _doer(found: Proposal, item: Item, vocabulary: Vocabulary) -> None:
    said = next((name for name in vocabulary.services if name in plain(item.doer)), "")
    if said:
        found.put("责任", said, READ)
    elif vocabulary.service:
        say = f"表上写的是“{item.doer[:30]}”，先按整张表的服务" if item.doer else "整张表是这项服务"
        found.put("责任", vocabulary.service, UNSURE if item.doer else READ, say)
    else:
        found.put("责任", "", UNSURE, "没有说是哪项服务，请选")


def _checks(found: Proposal, item: Item) -> None:
    checked = read_check(item.method, item.cycle)
    method = checked.method or Method.LOOK
    if "检查" in checked.doubts:
        found.put("检查", str(method), UNSURE, checked.doubts["检查"])
    elif checked.method is None:
        found.put("检查", str(method), DEFAULT, "表上没写，先按查看")
    else:
        found.put("检查", str(method), READ)
    if "频次" in checked.doubts:
        found.put("频次", checked.cycle or "每月", UNSURE, checked.doubts["频次"])
    elif checked.cycle:
        found.put("频次", checked.cycle, READ)
    else:
        found.put("频次", "每月", DEFAULT, "表上没写，先按每月")
    found.put("证据", EVIDENCE_OF[method], DEFAULT, "按检查方式先填")


def _points(found: Proposal, item: Item) -> None:
    scored = read_rule(item.rule or item.content, item.points)
    value = scored.as_value()
    if scored.is_veto:
        found.put("等级", "A", UNSURE, "细则里有一票否决的说法，先按重大")
        found.put("整改", "立即", DEFAULT, "重大的要写整改期限，先按立即")
    else:
        found.put("等级", "C", DEFAULT, "表上没有等级，先按一般")
    if not value:
        say = "细则里没有读出扣多少分" if item.rule else "表上没有这一条的评分细则"
        found.put("扣分", "", UNSURE, say)
    else:
        found.put("扣分", value, READ, "；".join(scored.notes))
    for doubt in scored.doubts:
        found.put("扣分", value, UNSURE, doubt)
    if scored.claim:
        found.put("赔偿", scored.claim, UNSURE, "")
    found.unread = scored.unread if item.rule else []


def _sentence(found: Proposal) -> None:
    """What the reader of standards makes of the sentence: several 应 share one line, and what it can't read is said."""
    read = read_text(f"4.1.1 {found.text}\n> 检查:查看\n")
    required = [one for clause in read.clauses for one in clause.requirements]
    if len(required) > 1:
        say = f"这一条读成 {len(required)} 个要求，扣分和上限对每个各算一次；不合适就拆开或改成一句"
        found.put("条款", "", UNSURE, say)
    unread = [part for one in required for part in one.unread]
    if unread:
        found.put("条款", "", UNSURE, f"没读懂：{'、'.join(unread)[:80]}")
    if not required:
        found.put("条款", "", UNSURE, "读不出要求")
