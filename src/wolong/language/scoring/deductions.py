"""Rules of scoring as sheets write them (每发现一处扣0.5分,扣完为止): points, per what, up to how many, and what remains unread."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from wolong.language.patterns import lazy
from wolong.language.scoring.splitting import folded

# What a sheet counts in, and the unit of the execution line; those other than 处, 次, 项 themselves are near, not equal.
UNITS = {
    "处": "处", "次": "次", "项": "项", "人次": "次", "人": "次", "起": "次", "例": "次", "天": "次", "日": "次", "班": "次",
    "小时": "次", "分钟": "次", "台": "处", "件": "处", "个": "处", "块": "处", "盏": "处", "部": "处", "间": "处", "株": "处",
    "盆": "处", "扇": "处", "面": "处", "条": "项", "份": "项", "类": "项", "单": "次", "桶": "处", "张": "处", "个百分点": "次", "百分点": "次",
}  # fmt: skip
EXACT = ("处", "次", "项")
_UNIT_WORDS = "|".join(sorted(UNITS, key=len, reverse=True))
_NUMBER = r"\d+(?:\.\d+)?"
_CAP = lazy(
    rf"(?:最多|最高|至多|上限|累计(?:扣分)?不超过|不超过|封顶)\s*(?:为|扣)?\s*(?P<cap>{_NUMBER})\s*分(?:封顶|为止)?"
)
_ALL_OF_IT = lazy(r"(?:直至|至|直到)?扣完(?:本项|该项|此项|全部|所有)?(?:分值|分数|分)?(?:为止|止)?")
_NOTHING = lazy(
    r"(?:本项|该项|此项)?(?:均|一律|则)?(?:不得分|不给分|不计分|得\s*0\s*分|得零分|扣全分|(?<!不)全扣|扣除?(?:本项|该项|此项)?(?:全部|全)分值?|扣(?:除)?(?:本项|该项|此项)分)"
)
_POINTS = lazy(
    rf"(?:扣|减|倒扣)(?:除|罚|减)?\s*(?P<points>{_NUMBER})\s*(?:分)?(?:\s*[-~至到]\s*(?P<to>{_NUMBER}))?\s*分(?:\s*/\s*(?P<per>{_UNIT_WORDS}))?"
    rf"|(?P<points2>{_NUMBER})\s*分\s*/\s*(?P<per2>{_UNIT_WORDS})"
)
_MONEY = lazy(rf"(?:扣|罚|处|支付|承担)[^,;。\d]{{0,8}}(?P<yuan>{_NUMBER})\s*元(?:\s*/\s*(?P<per>{_UNIT_WORDS}))?")
_UNIT = lazy(
    rf"(?:每|各|一|1|有|缺|少|两)\s*(?:发现|出现|发生|有|缺少?|漏|超过?|迟到|增加|减少|低|高|延误)?\s*(?:一|1)?\s*(?P<unit>{_UNIT_WORDS})"
)
_GRADED = lazy(rf"得\s*(?!0+(?:\.0+)?\s*分){_NUMBER}\s*分")
_VETO = lazy(r"一票否决|本月(?:考核)?不合格|直接(?:定|判)为不合格|解除合同")


@dataclass(slots=True)
class Scored:
    """What a rule takes off: `points` for each `per` up to `cap`; `claim` is money; doubts say why to look again, notes what was
    taken for granted.

    `unread` are the pieces that no number was read from; `is_veto`: one failure spoils the whole.
    """

    points: Decimal | None = None
    per: str | None = None
    cap: Decimal | None = None
    claim: str | None = None
    is_veto: bool = False
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def as_value(self) -> str:
        """As an execution line writes it: 0.5/处,上限3; empty where nothing was read."""
        if self.points is None:
            return ""
        cap = f",上限{_shown(self.cap)}" if self.cap is not None else ""
        return f"{_shown(self.points)}/{self.per or '次'}{cap}"


def _shown(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_rule(text: str, full: Decimal | None) -> Scored:
    """What a rule of scoring says; `full` is what the row is worth at most (扣完为止, 不得分)."""
    found = Scored()
    rest = folded(text)
    found.is_veto = bool(_VETO.search(rest))
    caps = [Decimal(match["cap"]) for match in _CAP.finditer(rest)]
    is_to_the_end = bool(_ALL_OF_IT.search(rest))
    money = list(_MONEY.finditer(rest))
    if money:
        per = money[0]["per"]
        found.claim = f"{money[0]['yuan']}元/{UNITS[per] if per else '次'}"
        found.doubts.append("细则里有扣款，扣款要写在合同条款里才作数")
    bare = _blanked(rest, _CAP, _MONEY)
    deductions = _deductions(bare, found)
    nothing = _NOTHING.search(_blanked(bare, _ALL_OF_IT))
    if deductions:
        _take(found, deductions, bool(nothing))
        found.cap = min(caps) if caps else full
        if not caps and not is_to_the_end and full is not None:
            found.notes.append("细则没写扣到多少为止，先按这一条的分值")
    elif nothing:
        found.points = found.cap = full
        found.per = "项"
    if _GRADED.search(rest):
        found.doubts.append("细则是按档给分，这里只能写扣分")
    if found.points is not None and found.cap is None:
        found.doubts.append("没有分值，不知道扣到多少为止")
    if nothing and full is None and found.points is None:
        found.doubts.append("不得分的是多少分，表上没有写")
    if found.cap is not None and full is not None and found.cap > full:
        found.doubts.append(f"上限 {_shown(found.cap)} 分比分值 {_shown(full)} 分大")
    found.unread = _unread(rest)
    return found


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with what the patterns found painted over, so that nothing is read twice and places stay."""
    for pattern in patterns:
        text = pattern.sub(lambda match: "□" * len(match.group(0)), text)
    return text


def _deductions(text: str, found: Scored) -> list[tuple[Decimal, str | None]]:
    """Every (points, unit as the sheet counts) of the text, in order."""
    deductions, begin = [], 0
    for match in _POINTS.finditer(text):
        lead = re.split(r"[;。\n]", text[begin : match.start()])[-1]
        begin = match.end()
        unit = match["per"] or match["per2"]
        if unit is None:
            units = list(_UNIT.finditer(lead))
            unit = units[-1]["unit"] if units else None
        if match["to"]:
            found.doubts.append(f"表上写的是扣 {match['points']} 至 {match['to']} 分，这里只能写一个数，先取小的")
        deductions.append((Decimal(match["points"] or match["points2"]), unit))
    return deductions


def _take(found: Scored, deductions: list[tuple[Decimal, str | None]], has_nothing: bool) -> None:
    """The first deduction is proposed; that there are others is said."""
    found.points, unit = deductions[0]
    if unit is None:
        found.doubts.append("没写按处、按次还是按项扣，先按次")
    elif unit not in EXACT:
        found.doubts.append(f"表上按“{unit}”扣，这里只有处、次、项，先按{UNITS[unit]}")
    found.per = UNITS.get(unit or "", "次")
    if len({(points, UNITS.get(one or "", "次")) for points, one in deductions}) > 1:
        said = "、".join(f"{_shown(points)}/{UNITS.get(one or '', '次')}" for points, one in deductions)
        found.doubts.append(f"细则里有几种扣法({said})，一条只能写一种，先取第一种；要分开请拆成几条")
    if has_nothing:
        found.doubts.append("细则里还有“不得分”的情形，先按扣分写")


def _unread(text: str) -> list[str]:
    """The sentences of a rule from which nothing was read."""
    known = (_CAP, _ALL_OF_IT, _NOTHING, _POINTS, _MONEY, _VETO)
    pieces = [piece.strip(" ,") for piece in re.split(r"[;。\n]", text)]
    return [piece for piece in pieces if len(piece) > 1 and not any(one.search(piece) for one in known)]
