"""The heading of a sheet of points: found wherever it stands, by what its columns are called and by what they hold."""

import re
from dataclasses import dataclass
from typing import Literal

from wolong.language.patterns import lazy
from wolong.language.scoring.grid import Spread, plain

Role = Literal["number", "project", "content", "points", "rule", "method", "cycle", "doer", "checker", "filled"]
MOST_HEAD_ROWS = 60  # a heading stands near the top, under titles and a letter to the company at most
LONGEST_HEADING = 24
WORDS: tuple[tuple[Role, str], ...] = (
    ("filled", r"(实际|考核|自评|考评|实)得?分|得分|扣分(情况|原因|数|值)?|自评|评分|打分|(检查|考核|存在)?(情况|问题|结果)|备注|说明|整改.*|签字|日期"),
    ("content", r".*内容.*(扣分|评分|计分|考核).*"),
    ("number", r"序号?|编号|项次|no\.?|序列"),
    ("points", r"分值?|.*(分值|标准分|配分|满分|应得分|基本分|基准分|权重)|分数|总分"),
    ("rule", r".*(扣分|评分|计分|打分|赋分|记分|给分|扣罚)(细则|标准|办法|方法|规则|说明|依据|项|要求)|.*细则|.*扣分.*|处罚.*|扣款.*"),
    ("cycle", r".*(频次|频率|周期|次数)"),
    ("method", r".*(方式|方法|手段|途径|形式)|.*(考核|检查|考评|评价|核查)办法"),
    ("doer", r"责任(单位|部门|人|岗位|班组)?|承办.*|实施(单位|部门)"),
    ("checker", r"(检查|考核|监督|考评|主管|牵头)(人|单位|部门|科室|主体)"),
    ("content", r".*(内容|标准|要求|指标|要点|事项|规范).*"),
    ("project", r".*(项目?|类别|分类|科目|模块|板块|部位|区域|对象|岗位|场所|大类|小类)"),
)  # fmt: skip
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words, re.IGNORECASE)) for role, words in WORDS
)
_BRACKETS = lazy(r"\([^)]*\)|[*:]+$")
_COMBINED = lazy("内容.*(扣分|评分|计分|考核)")
SCORING = lazy(r"扣|不得分|得0分|分/|[处次项]/分|罚款")


class NoScoringSheet(Exception):
    """The grid is no sheet of points; `sentence` says what is missing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Heading:
    """Where it stands (its rows, the last one included), what each column is called and what it is for."""

    first_row: int
    last_row: int
    names: tuple[str, ...]
    roles: tuple[Role | None, ...]

    def columns(self, role: Role) -> list[int]:
        return [index for index, one in enumerate(self.roles) if one == role]


def role_of(name: str) -> Role | None:
    """What a column of this name is for; None where the name says nothing."""
    word = _BRACKETS.sub("", plain(name))
    if not word or len(word) > LONGEST_HEADING:
        return None
    return next((role for role, words in _WORDS if words.fullmatch(word)), None)


def find_heading(spread: Spread) -> Heading:
    """The row with the most column names that a sheet of points must have; raises NoScoringSheet with what is missing."""
    best: Heading | None = None
    for row in range(min(spread.height, MOST_HEAD_ROWS)):
        heading = _heading_at(spread, row)
        if best is None or _worth(heading) > _worth(best):
            best = heading
    if best is None or not any(best.roles):
        raise NoScoringSheet(_nothing_known(spread))
    _refuse_incomplete(best)
    return _judged_by_body(spread, best)


def _worth(heading: Heading) -> int:
    known = {role for role in heading.roles if role not in (None, "filled", "number")}
    return len(known) * 10 + len([role for role in heading.roles if role])


def _heading_at(spread: Spread, row: int) -> Heading:
    names, last = [spread.text(row, column) for column in range(spread.width)], row
    texts = spread.texts(row)
    if len(texts) < 2:  # a title over all columns
        return Heading(row, row, tuple(names), (None,) * spread.width)
    if _has_second_row(spread, row):
        last = row + 1
        below = [spread.text(last, column) for column in range(spread.width)]
        roles = tuple(
            (role_of(low) or role_of(high + low) or role_of(high)) if low != high else role_of(high)
            for high, low in zip(names, below, strict=True)
        )
        names = [high if low in ("", high) else f"{high} {low}".strip() for high, low in zip(names, below, strict=True)]
    else:
        last = spread.span(row, 0).bottom if all(spread.span(row, c).bottom > row for c in range(spread.width)) else row
        roles = tuple(role_of(name) for name in names)
    return Heading(row, last, tuple(names), roles)


def _has_second_row(spread: Spread, row: int) -> bool:
    """Whether the next row divides what is merged above it: 考核情况 over 扣分 and 得分."""
    if row + 1 >= spread.height or sum(role_of(text) is not None for text in spread.texts(row)) < 2:
        return False
    divided = 0
    for column in range(spread.width):
        high, low = spread.text(row, column), spread.text(row + 1, column)
        above = spread.span(row, column)
        if above == spread.span(row + 1, column):
            continue
        if len(low) > LONGEST_HEADING or re.search(r"\d", low):
            return False
        if low and (above.right > above.left or not high):
            divided += 1
        elif low:
            return False
    return divided >= 2


def _judged_by_body(spread: Spread, heading: Heading) -> Heading:
    """A name may mean two things (考核标准, 考核办法): a column of rules holds 扣, whatever it is called."""
    roles = list(heading.roles)
    for column, role in enumerate(roles):
        if role not in ("content", "method", "rule"):
            continue
        if role == "content" and _COMBINED.search(plain(heading.names[column])):
            continue
        cells = {spread.text(row, column) for row in range(heading.last_row + 1, spread.height)} - {""}
        share = sum(bool(SCORING.search(cell)) for cell in cells) / max(len(cells), 1)
        others = [index for index, one in enumerate(roles) if one in ("content", "project") and index != column]
        if role != "rule" and share >= 0.5 and others:
            roles[column] = "rule"
        elif role == "rule" and share < 0.2 and len(cells) > 1 and "content" not in roles:
            roles[column] = "content"
    contents = [index for index, role in enumerate(roles) if role == "content"]
    for column in contents[:-1]:  # 考核内容 | 考核标准: the first is what the second is about
        roles[column] = "project"
    if not contents:
        last = [index for index, role in enumerate(roles) if role == "project"][-1]
        roles[last] = "content"
    return Heading(heading.first_row, heading.last_row, heading.names, tuple(roles))


def _refuse_incomplete(heading: Heading) -> None:
    missing = []
    if not heading.columns("content") and not heading.columns("project"):
        missing.append("“考核内容”(或检查内容、服务标准、考核项目)")
    if not heading.columns("points") and not heading.columns("rule"):
        missing.append("“分值”(或标准分)和“评分细则”(或扣分标准)")
    if missing:
        names = "、".join(dict.fromkeys(name for name in heading.names if name))[:80]
        raise NoScoringSheet(
            f"这不像考核表：最像表头的是第 {heading.first_row + 1} 行({names})，里面没有{'，也没有'.join(missing)}这样的列。"
        )


def _nothing_known(spread: Spread) -> str:
    first = next((spread.texts(row) for row in range(spread.height) if spread.texts(row)), [])
    shown = "、".join(first)[:60] or "空的"
    return (
        f"这不像考核表：没有找到写着“考核内容”“分值”“评分细则”的表头行。这张表开头是：{shown}。"
        "请选考核表所在的工作表，或在内容上面加一行列名。"
    )
