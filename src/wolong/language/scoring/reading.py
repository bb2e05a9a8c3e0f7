"""A sheet of points as items: what each row asks, what it is worth, by which rule; what is left out is named with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wolong.language.patterns import lazy
from wolong.language.scoring.grid import Grid, Span, Spread, plain
from wolong.language.scoring.headings import SCORING, Heading, NoScoringSheet, Role, find_heading, role_of
from wolong.language.scoring.splitting import folded, points_in_brackets, split_numbered

_TOTAL = lazy(r"(?:.{0,8})?(?:合计|小计|总计|总分|共计|总得分|累计)(?:得分|分值?|扣分)?[:(]?\d*(?:\.\d+)?分?\)?")
_GRAND = lazy(r"^(?:合计|总计|总分|共计|总分合计|分值合计)")
_SIGNED = lazy(r"签字|签名|盖章|签章|(?:考核|检查|考评|评分)(?:人|人员|组|小组|日期):|年月日$")
_NOTE = lazy(r"^(?:备注|注|说明|附注|附|特别说明|考核说明|填表说明)\d*[:、.)]")
_SECTION = lazy(r"^(?:第?[一二三四五六七八九十]{1,3}[、.章部]|[((][一二三四五六七八九十]{1,3}[))]|[IVX]{1,4}[.、])")
_NUMBER = lazy(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Item:
    """One standard of a row. `rows` are the sheet's own, counted from 1; `cells` the row as it stands, by heading.

    `part` counts from 1 where a cell held several standards, else 0. `doubts`: what makes the reading itself uncertain.
    """

    rows: tuple[int, int]
    part: int
    group: str
    content: str
    points: Decimal | None
    rule: str
    method: str
    cycle: str
    doer: str
    checker: str
    cells: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that makes no clause: its number from 1, its words, and why."""

    row: int
    text: str
    reason: str


@dataclass(slots=True)
class Reading:
    """All of a sheet: `total` is the sum of the points read, `stated_total` what the sheet itself says it is."""

    title: str
    heading_row: int
    columns: tuple[tuple[str, str], ...]
    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)
    total: Decimal = Decimal(0)
    stated_total: Decimal | None = None


@dataclass(slots=True)
class _Row:
    """A row of the body before its cells are taken apart; `owners` tells which merged range a cell comes from."""

    row: int
    last: int
    group: str
    texts: dict[Role, str]
    owners: dict[Role, Span]
    cells: tuple[tuple[str, str], ...]


def read_grid(grid: Grid) -> Reading:
    """Every row under the heading is an item, a note, or left out with a reason. Raises NoScoringSheet."""
    spread = Spread(grid)
    heading = find_heading(spread)
    columns = tuple((name, role or "") for name, role in zip(heading.names, heading.roles, strict=True) if name)
    reading = Reading(_title(spread, heading), heading.first_row + 1, columns)
    rows = list(_body(spread, heading, reading))
    worth = _points_by_span(rows)
    reading.total = sum(worth.values(), Decimal(0))
    sharing: dict[tuple[Role, Span], int] = {}
    for one in rows:
        for role, span in one.owners.items():
            sharing[role, span] = sharing.get((role, span), 0) + 1
    for one in rows:
        reading.items += _items(one, sharing)
    if not any(item.points is not None or SCORING.search(item.rule or item.content) for item in reading.items):
        raise NoScoringSheet("表头像考核表，可是没有一行写着分值，也没有一行写着怎样扣分。")
    if not worth:
        reading.total = sum((item.points for item in reading.items if item.points is not None), Decimal(0))
    return reading


def _title(spread: Spread, heading: Heading) -> str:
    """What stands over the heading, else the name of nothing."""
    for row in range(heading.first_row):
        texts = spread.texts(row)
        if len(texts) == 1 and 3 < len(texts[0]) <= 60 and not _NOTE.match(plain(texts[0])):
            return " ".join(texts[0].split())
    return ""


def _body(spread: Spread, heading: Heading, reading: Reading) -> Iterator[_Row]:
    group, section, is_over = "", "", False
    pending: _Row | None = None
    for row in range(heading.last_row + 1, spread.height):
        texts = spread.texts(row)
        if not texts:
            continue
        aside = _aside(spread, heading, row, is_over=is_over)
        if aside is not None:
            kind, reason = aside
            if kind == "section":
                section, group = _bare_title(texts[-1] if len(texts) > 1 else texts[0]), ""
                reading.left_out.append(LeftOut(row + 1, " ".join(texts), reason))
            elif kind == "note":
                reading.notes.append(LeftOut(row + 1, " ".join(texts), reason))
            else:
                _left_out(spread, heading, row, reading, reason)
                is_over = is_over or bool(_GRAND.match(plain(texts[0])))
            continue
        found = _row(spread, heading, row)
        project = _project(spread, heading, row)
        group = project or group
        found.group = "：".join(part for part in (section, group) if part)
        if not found.texts["content"]:
            _left_out(spread, heading, row, reading, "这一行没有考核内容")
            continue
        joined = _joined(pending, found)
        if joined is not None:
            pending = joined
            continue
        if pending is not None:
            yield pending
        pending = found
    if pending is not None:
        yield pending


def _aside(spread: Spread, heading: Heading, row: int, *, is_over: bool) -> tuple[str, str] | None:
    """What a row is when it is no item: (kind, reason); None for an item."""
    texts = spread.texts(row)
    words = [plain(text) for text in texts]
    first = next((word for word in words if not _NUMBER.fullmatch(word)), words[0])
    whole = "".join(words)
    answers = (
        (_TOTAL.fullmatch(first) and not SCORING.search("".join(words[1:])), ("left", "小计或合计，不是考核内容")),
        (len(texts) > 2 and None not in map(role_of, texts), ("left", "又一行表头")),
        (_NOTE.match(first), ("note", "表下的说明")),
        (_SIGNED.search(whole) and not SCORING.search(whole) and (len(whole) < 60 or is_over), ("left", "签字栏")),
    )
    for is_so, answer in answers:
        if is_so:
            return answer
    contents = [word for word in words if not _NUMBER.fullmatch(word)]
    return _alone(spread, heading, row, contents[0], is_over=is_over) if len(contents) == 1 else None


def _alone(spread: Spread, heading: Heading, row: int, word: str, *, is_over: bool) -> tuple[str, str] | None:
    """What a row with one text is: a small heading, a note, or (None) an item like any other."""
    if is_over:
        return "note", "合计下面的文字"
    column = next(c for c in range(spread.width) if plain(spread.text(row, c)) == word)
    span = spread.span(row, column)
    is_wide = span.right - span.left + 1 >= max(3, spread.width // 2)
    is_before = column not in heading.columns("content") and bool(_SECTION.match(word))
    if len(word) <= 40 and not SCORING.search(word) and (is_wide or is_before):
        return "section", "小标题，下面各行归在它下面"
    has_points = any(spread.text(row, c) not in ("", spread.text(row, column)) for c in heading.columns("points"))
    return ("note", "横贯全表的文字") if is_wide and not has_points else None


def _bare_title(text: str) -> str:
    title, _points = points_in_brackets(folded(text).replace("\n", " "))
    return _SECTION.sub("", re.sub(r"\(\s*(?:共|计|满分)?\s*\d+\s*分\s*\)", "", title)).strip(" 、.:")[:60]


def _left_out(spread: Spread, heading: Heading, row: int, reading: Reading, reason: str) -> None:
    texts = spread.texts(row)
    reading.left_out.append(LeftOut(row + 1, " ".join(texts), reason))
    if _GRAND.match(plain(texts[0])) and reading.stated_total is None:
        numbers = [_points(spread.text(row, column)) for column in heading.columns("points")]
        inside = _NUMBER.search(plain(texts[0]))
        numbers += [Decimal(inside.group(0))] if inside else []
        reading.stated_total = next((number for number in numbers if number is not None), None)


def _row(spread: Spread, heading: Heading, row: int) -> _Row:
    texts: dict[Role, str] = {}
    owners: dict[Role, Span] = {}
    for role in ("content", "points", "rule", "method", "cycle", "doer", "checker"):
        found = [(spread.text(row, column), spread.span(row, column)) for column in heading.columns(role)]
        filled = [(text, span) for text, span in found if text]
        texts[role] = "\n".join(dict.fromkeys(text for text, _span in filled))
        if filled:
            owners[role] = filled[0][1]
    if not texts["content"]:
        # 项目 and 内容 written as one: the project's words are all there is.
        texts["content"] = next((spread.text(row, c) for c in heading.columns("project") if spread.text(row, c)), "")
    cells = tuple(
        (name, spread.text(row, column))
        for column, name in enumerate(heading.names)
        if name or spread.text(row, column)
    )
    return _Row(row + 1, row + 1, "", texts, owners, cells)


def _project(spread: Spread, heading: Heading, row: int) -> str:
    """The names of the project columns, but not where one is merged over the content."""
    content = {spread.span(row, column) for column in heading.columns("content")}
    names = [
        _bare_title(spread.text(row, column))
        for column in heading.columns("project")
        if spread.text(row, column) and spread.span(row, column) not in content
    ]
    return "：".join(dict.fromkeys(name for name in names if name))


def _joined(before: _Row | None, row: _Row) -> _Row | None:
    """One content over several rows is one item; the rules of all its rows are its rules."""
    if before is None or "content" not in before.owners or before.owners["content"] != row.owners.get("content"):
        return None
    texts = dict(before.texts)
    for role in ("rule", "method", "cycle"):
        if row.texts[role] not in texts[role]:
            texts[role] = "\n".join(part for part in (texts[role], row.texts[role]) if part)
    if before.owners.get("points") != row.owners.get("points") and row.texts["points"]:
        texts["points"] = f"{texts['points']}+{row.texts['points']}" if texts["points"] else row.texts["points"]
    return replace_row(before, last=row.row, texts=texts)


def replace_row(row: _Row, *, last: int, texts: dict[Role, str]) -> _Row:
    return _Row(row.row, last, row.group, texts, row.owners, row.cells)


def _points(text: str) -> Decimal | None:
    """5 · 5分 · 5.0 · 3+2 (joined rows); None for what is no single number."""
    pieces = [re.fullmatch(r"(\d+(?:\.\d+)?)分?", piece) for piece in plain(text).split("+")]
    if not pieces or any(piece is None for piece in pieces):
        return None
    return sum((Decimal(piece.group(1)) for piece in pieces if piece), Decimal(0))


def _points_by_span(rows: list[_Row]) -> dict[object, Decimal]:
    """What each range of 分值 is worth, a range over several rows once."""
    worth: dict[object, Decimal] = {}
    for row in rows:
        points = _points(row.texts["points"])
        if points is not None:
            worth[row.owners["points"]] = points
    return worth


def _items(row: _Row, sharing: dict[tuple[Role, Span], int]) -> list[Item]:
    parts, unsplit = split_numbered(row.texts["content"])
    rules, _why = split_numbered(row.texts["rule"])
    of_rules = rules if len(rules) == len(parts) and len(parts) > 1 else [row.texts["rule"]] * len(parts)
    if not row.texts["rule"]:
        taken_apart = [_rule_inside(part) for part in parts]
        parts, of_rules = [part for part, _rule in taken_apart], [rule for _part, rule in taken_apart]
    whole = _points(row.texts["points"])
    doubts = [unsplit] if unsplit else []
    if row.texts["points"] and whole is None:
        doubts.append(f"分值“{row.texts['points'][:20]}”不是一个数")
    for role, name in (("points", "分值"), ("rule", "细则")):
        count = sharing.get((role, row.owners[role]), 1) if role in row.owners else 1
        if count > 1:
            doubts.append(f"这个{name}由 {count} 行共用，请看每一条扣到多少为止")
    taken = [points_in_brackets(part) for part in parts]
    has_own = all(points is not None for _text, points in taken) and len(parts) > 1
    if len(parts) > 1 and whole is not None and not has_own:
        doubts.append(f"单元格里有 {len(parts)} 条，分值 {whole} 分由它们共用，请看每一条扣到多少为止")
    found = []
    for number, ((text, points), rule) in enumerate(zip(taken, of_rules, strict=True), start=1):
        own = points if points is not None and (has_own or whole is None) else whole
        item = Item(
            (row.row, row.last), number if len(parts) > 1 else 0, row.group, text, own, rule, row.texts["method"],
            row.texts["cycle"], row.texts["doer"], row.texts["checker"], row.cells, tuple(doubts),
        )  # fmt: skip
        found.append(item)
    if has_own and whole is not None and sum(points or 0 for _text, points in taken) != whole:
        found = [replace(item, doubts=(*item.doubts, f"各条括号里的分加起来不是 {whole} 分")) for item in found]
    return found


def _rule_inside(text: str) -> tuple[str, str]:
    """Content and rule in one cell (缺一次扣5分): the pieces from the first that takes points off are the rule."""
    pieces = re.split(r"(?<=[，,；;。])", text)
    first = next((index for index, piece in enumerate(pieces) if SCORING.search(piece)), 0)
    if first == 0:
        return text, ""
    return "".join(pieces[:first]).rstrip("，,；;。 "), "".join(pieces[first:])
