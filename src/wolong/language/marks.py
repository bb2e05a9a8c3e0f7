"""How published texts mark their parts: 第十条, 一、, (一), (1), ①, 1., · beside the numbers and letters of GB/T 1.1."""

import unicodedata
from dataclasses import dataclass

from wolong.language.folding import UNSEEN, fold
from wolong.language.numerals import number_value
from wolong.language.patterns import lazy
from wolong.language.sentences import has_modal

_HAN = "[一二三四五六七八九十百零〇]{1,7}"
_TITLE_SIGNS = 30
# ①, ⑴, ㈠: folded, the first would be a bare digit.
_CIRCLED = lazy(r"^(?P<indent>\s*)(?P<mark>[\u2460-\u2487\u3220-\u3229])\s*(?P<words>.*)$")
_ITEM = lazy(
    r"^(?P<indent>\s*)\**(?P<mark>(?P<letter>\(?[a-z]\)|[a-z][.、](?=\s*[\u4e00-\u9fff]))|(?P<digit>\d{1,2}\))|(?P<round>\(\d{1,2}\))"
    rf"|(?P<dotted>\d{{1,2}}[.、](?!\d))|(?P<han>\({_HAN}\))|(?P<dash>——|--|[-*+](?=\s)|[·●○■□◆◇▪▲►➢◎★]))\**\s*(?P<words>.*)$"
)
_ARTICLE = lazy(
    rf"^\**第\s?(?P<number>{_HAN}|\d{{1,4}})\s?条(?P<more>之[一二三四五六七八九十])?\**:?(?P<gap>\s*)(?P<words>.*)$"
)
_PART = lazy(rf"^\**第\s?(?:{_HAN}|\d{{1,2}})\s?(?:[章节编篇]|部分)(?:\**$|[\s*:]|(?=[\u4e00-\u9fff]{{2,8}}$))")
_SECTION = lazy(r"^\**(?P<mark>[一二三四五六七八九十]{1,3})、(?![一二三四五六七八九十][、级类])\s*(?P<words>\S.*)$")
_CHAPTER = lazy(r"^(?P<number>\d{1,2})\s+(?=[\u4e00-\u9fff])(?P<words>\S.*)$")
_ANNEX = lazy(r"^附录\s*[A-Z](?![A-Za-z0-9])")
_ENDED = lazy(r"[。;,!?|]|:.")
_HEAD = lazy(r"^[^\u4e00-\u9fff]+")
# Those between two digits are the sentence's affair, which takes them out.
_UNSEEN = lazy(rf"^[\s{UNSEEN}]*[{UNSEEN}]|(?<![\d.{UNSEEN}])[{UNSEEN}]+|[{UNSEEN}]+(?![\d.{UNSEEN}])")
_FENCE = lazy(r"\s*(?P<sign>```|~~~)")


def with_clear_head(line: str) -> str:
    """The line with blanks for the signs that nobody sees before its words, where its mark stands (4.1, a), #)."""
    return _HEAD.sub(lambda head: _UNSEEN.sub(lambda match: " " * len(match.group()), head.group()), line)


def fence_after(line: str, fence: str) -> str:
    """The fence that is open behind a line: the one that was, none where the line closes it, or the one that it opens."""
    match = _FENCE.match(line)
    if match is None or (fence and match["sign"] != fence):
        return fence
    return "" if fence else match["sign"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line begins with: the sort of mark, the mark as it is cited, whether it is indented, where its words begin."""

    style: str
    label: str
    indented: bool
    start: int

    @property
    def value(self) -> int | None:
        """The place in its list that a numbered mark tells."""
        number = number_value(unicodedata.normalize("NFKC", self.label).strip("().、"))  # ① is 1
        return int(number) if number is not None else None


def item_mark(line: str) -> Mark | None:
    """The mark of a list item: a), 1), (1), (一), ①, 1., ——, ·."""
    match = _CIRCLED.match(line)
    if match is not None:
        return Mark("circled", match["mark"], bool(match["indent"]), match.start("words"))
    match = _ITEM.match(fold(line))
    if match is None:
        return None
    style = next(name for name in ("letter", "digit", "round", "dotted", "han", "dash") if match[name])
    if match["mark"] in "-*+" and not match["words"]:
        return None
    return Mark(style, match["mark"].replace("、", "."), bool(match["indent"]), match.start("words"))


def article_mark(bare: str, last: int) -> Mark | None:
    """第二十五条 is cited as 25; without a space behind it only where it is the next one, since a text may begin with one it cites."""
    match = _ARTICLE.match(fold(bare)) if "条" in bare[:12] else None
    number = number_value(match["number"]) if match else None
    if match is None or number is None or (match["words"] and not match["gap"] and int(number) != last + 1):
        return None
    return Mark("article", f"{int(number)}{match['more'] or ''}", False, match.start("words"))


def section_mark(bare: str) -> Mark | None:
    """一、: a section of a notice or a contract."""
    match = _SECTION.match(fold(bare))
    return Mark("section", match["mark"], False, match.start("words")) if match else None


def chapter_number(bare: str) -> int | None:
    """4 of `4 基本要求`, a chapter's heading written as a plain line."""
    match = _CHAPTER.match(fold(bare))
    return int(match["number"]) if match and is_title(match["words"]) else None


def is_part(bare: str) -> bool:
    """第一章 总则, 第二节, 附录 A: headings that a plain line may be."""
    folded = fold(bare)
    return bool(_PART.match(folded) or _ANNEX.match(folded)) and is_title(folded)


def is_title(words: str) -> bool:
    """Whether the words of a line head something: short, without a full sentence's signs, and asking for nothing."""
    folded = fold(words).strip()
    return 0 < len(folded) <= _TITLE_SIGNS and not _ENDED.search(folded) and not has_modal(folded)
