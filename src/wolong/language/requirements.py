"""The requirements of one clause: its sentences, its execution lines by order, and what its stem lends."""

import hashlib
import json
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from wolong.language.drafts import Draft
from wolong.language.folding import squeeze
from wolong.language.outline import Node, Paragraph
from wolong.language.patterns import lazy
from wolong.language.sentences import OF_CASES, has_modal, is_stem, read_sentence, split_sentences, stem_modality
from wolong.language.tables import Table, measures_of
from wolong.language.tree import Diagnostic, Execution, Measure, Requirement, placed

# 应当备案而未备案的: behind 有下列情形之一的 a case, whatever verbs it holds.
_CASE = lazy(r"的[；;。.]?$")
CODE_UNREAD, CODE_COUNT = "WL201", "WL503"


def fingerprint(sentence: str, ordinal: int, execution: Execution | None) -> str:
    """The hash that a dependent stores: of the sentence without spaces, the modal's ordinal and the execution map."""
    values = _as_json(tuple(sorted(execution.values.items()))) if execution is not None else "null"
    content = f"[{_as_json(squeeze(sentence))},{ordinal},{values}]"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=4096)
def _as_json(content: object) -> str:
    """Two requirements of one sentence, and many that share an execution line, write the same."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


class Said(NamedTuple):
    """A sentence, where it begins, and at which columns its later lines do."""

    sentence: str
    line: int
    column: int
    further: tuple[int, ...]


@dataclass(slots=True)
class _Found:
    draft: Draft
    said: "Said"


@dataclass(slots=True)
class ClauseReader:
    """Reads one node. `lends` is what its stems give to the items below them, by line; `shared` the execution line it hands down."""

    node: Node
    executions: list[Execution]
    tables: dict[str, Table]
    file: str
    lent: str | None = None
    shared: Execution | None = None
    lends: list[tuple[int, str | None]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self) -> tuple[Requirement, ...]:
        """The requirements in order of their modals, each with its execution line."""
        sentences = [
            one for paragraph in self.node.paragraphs if paragraph.role == "text" for one in _placed(paragraph)
        ]
        stems = self._stems(sentences)
        for line, stem in stems.items():
            modality = stem_modality(stem.sentence)
            self.lends.append((line, self.lent if modality is None else modality))
        # 维护每年不应少于 1 次, 并应符合下列规定: a stem may ask for something itself.
        told = [one for one in self._drafts(list(stems.values())) if one.draft.measures or one.draft.unread]
        sentences = [one for one in sentences if stems.get(one.line) is not one]
        found = [*self._drafts(sentences), *told]
        lines = self._matched(len(found))
        return tuple(self._requirement(one, line) for one, line in zip(found, lines, strict=True))

    def _stems(self, sentences: list[Said]) -> dict[int, Said]:
        """The sentences that head a list and have items below them, by line: the last one before each item."""
        if not self.node.items:
            return {}
        colons = {one.line: one for one in sentences if is_stem(one.sentence)}
        lines = sorted(colons)
        places = {bisect_left(lines, item.line) - 1 for item in self.node.items}
        return {lines[at]: colons[lines[at]] for at in sorted(places) if at >= 0}

    def lent_to(self, item: Node) -> str | None:
        """The modality that the stem above an item lends to it; below an item that is no stem, what was lent to that one."""
        at = bisect_left(self.lends, item.line, key=lambda one: one[0])
        return self.lends[at - 1][1] if at else self.lent

    def _drafts(self, sentences: list[Said]) -> list[_Found]:
        spoken = [has_modal(said.sentence) for said in sentences]
        imperative = bool(self.executions or self.shared) and not any(spoken) and not self.node.items
        found: list[_Found] = []
        for said, speaks in zip(sentences, spoken, strict=True):
            if self.lent == OF_CASES and _CASE.search(said.sentence):
                continue
            lent = self.lent or ("shall" if imperative else None)
            found.extend(_Found(draft, said) for draft in read_sentence(said.sentence, lent=None if speaks else lent))
        return found

    def _matched(self, count: int) -> list[Execution | None]:
        """One line for all, as many as requirements by order; any other number is a fault and none applies."""
        lines = self.executions
        if not lines:
            return [self.shared] * count
        if self.node.items and count == 0:
            if len(lines) > 1:
                self._miscount(len(lines), count)
            return []
        if len(lines) == 1 and count:
            return [lines[0]] * count
        if len(lines) == count:
            return list(lines)
        self._miscount(len(lines), count)
        return [None] * count

    def _miscount(self, lines: int, count: int) -> None:
        first = self.executions[0]
        self.diagnostics.append(
            Diagnostic(
                CODE_COUNT, "error", self.file, first.line, first.column, self.node.number or None,
                f"执行行有 {lines} 条，本条的要求有 {count} 个，对不上", "写一条，管全部要求；或与要求一样多，按顺序对应",
            )
        )  # fmt: skip

    def _requirement(self, one: _Found, execution: Execution | None) -> Requirement:
        draft = one.draft
        measures, unread, predicates = list(draft.measures), list(draft.unread), tuple(draft.predicates)
        indicated = _indicated(execution)
        if indicated is not None:
            measures, unread = indicated
        if draft.tables:
            predicates = ()
        for label in draft.tables:
            more, phrases, odd = measures_of(self.tables.get(label), label, bound=draft.bound)
            measures.extend(more)
            unread.extend(odd)
            predicates += tuple(phrases)
        for words in unread:
            self._unread(one, words)
        return Requirement(
            modality=draft.modality,
            sentence=one.said.sentence,
            object=draft.object,
            condition=draft.condition,
            predicates=predicates,
            measures=tuple(measures),
            unread=tuple(unread),
            execution=execution,
            fingerprint=fingerprint(one.said.sentence, draft.ordinal, execution),
            line=one.said.line,
            column=one.said.column,
            further=one.said.further,
            ordinal=draft.ordinal,
            subject=draft.subject,
        )

    def _unread(self, one: _Found, words: str) -> None:
        said = one.said
        line, column = placed(said.sentence, max(said.sentence.find(words), 0), said.line, said.column, said.further)
        self.diagnostics.append(
            Diagnostic(
                CODE_UNREAD, "warning", self.file, line, column, self.node.number or None,
                f"“{words}”没有读成指标", "换一种写法，如“不应大于 0.3 mg/m³”“每日不少于 2 次”“接到报修后 15 min 内”，或在执行行写“指标”",
            )
        )  # fmt: skip


def _placed(paragraph: Paragraph) -> list[Said]:
    """The sentences of a paragraph with their places."""
    found = []
    for start, sentence in split_sentences(paragraph.text):
        at = start
        for index, (line, number, column) in enumerate(paragraph.lines):
            if at <= len(line):
                below = paragraph.lines[index + 1 : index + 1 + sentence.count("\n")]
                found.append(Said(sentence, number, column + at, tuple(begins for _, _, begins in below)))
                break
            at -= len(line) + 1
    return found


def _indicated(execution: Execution | None) -> tuple[list[Measure], list[str]] | None:
    """指标:氨 ≤ 0.3 mg/m³ replaces what the sentence says."""
    text = execution.values.get("指标") if execution is not None else None
    if not isinstance(text, str):
        return None
    measures: list[Measure] = []
    unread: list[str] = []
    for _, sentence in split_sentences(text):
        for draft in read_sentence(sentence, lent="shall"):
            measures.extend(draft.measures)
            unread.extend(draft.unread)
    if not measures and not unread:
        unread.append(text)
    return measures, unread
