"""One planter for each code: what is done to a sound standard so that exactly this rule must speak."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from tests.language.planting import (
    Plant,
    Site,
    added_to_front,
    at_end,
    copied,
    in_front,
    inserted,
    known,
    looser,
    plant,
    planter,
    quotes,
    row_of,
    sentences,
    sites,
    standard,
)
from wolong.language.cited import Cited
from wolong.language.linting import World
from wolong.language.tree import Document

Shelf = list[Document]
LINE = "> 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C"
PLAIN = "甲处应干净。"


def _register(code: str, plants: Callable[[Shelf], Iterator[Plant]]) -> None:
    planter(code)(plants)


def _measured(site: Site) -> bool:
    return any(one.kind == "limit" for one in site.requirement.measures)


def _at_top(shelf: Shelf, *lines: str) -> Iterator[Plant]:
    """Behind the title, before the first chapter."""
    for document in shelf:
        row = row_of(document, "## 1")
        if row is not None:
            yield Plant("", document.file, row + 1, "\n".join(inserted(document, row, *lines, "")))


# WL1

_register("WL101", lambda shelf: (Plant("", one.file, 2, one.source, coding="gbk") for one in shelf))
_register("WL102", lambda shelf: (Plant("", one.file, 1, "\ufeff" + one.source) for one in shelf))
_register("WL103", lambda shelf: at_end(shelf, lambda chapter: f"## {chapter} 附则\n\n本章是附则。\n\n<!-- 待定", 4))
_register("WL104", lambda shelf: added_to_front(shelf, "名称: 乙"))
_register("WL105", lambda shelf: added_to_front(shelf, "标准编号: 乙"))
_register("WL106", lambda shelf: in_front(shelf, "发布", "二月三十"))
_register("WL107", lambda shelf: at_end(shelf, lambda chapter: f"######## {chapter}.1.1.1.1.1.1.1 大厅\n\n大厅是厅。"))
_register("WL108", lambda shelf: at_end(shelf, lambda chapter: f"## {chapter} 附则\n\n" + "净" * 20_001, 2))
_register("WL109", lambda shelf: _at_top(shelf, PLAIN))
_register("WL111", lambda shelf: at_end(shelf, lambda chapter: f"## {chapter - 1} 附则\n\n本章是附则。"))
_register("WL112", lambda shelf: at_end(shelf, lambda chapter: f"## {chapter + 1} 附则\n\n本章是附则。"))
_register("WL113", lambda shelf: at_end(shelf, lambda chapter: f"## {chapter} 附则\n\n{chapter}.1 {PLAIN}\n{LINE}", 2))
_register("WL114", lambda shelf: in_front(shelf, "标准号", "卧龙山标准"))
_register("WL118", lambda shelf: in_front(shelf, "标准号", lambda one: (one.number or "").replace("—", "-")))
_register("WL119", lambda shelf: at_end(shelf, lambda chapter: f"## {chapter} 附则"))


@planter("WL110")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        for title in ("规范性引用文件", "术语和定义"):
            if f" {title}\n" in document.source:
                text = document.source.replace(f" {title}\n", " 其他\n", 1)
                yield Plant("", document.file, document.clauses[0].line, text)


@planter("WL115")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        parents = {clause.parent for clause in document.clauses if clause.kind == "clause"}
        for clause in document.clauses:
            if clause.number in parents and clause.role == "body" and not clause.text.strip():
                lines = inserted(document, clause.line, "", "甲处是乙处。")
                yield Plant("", document.file, clause.line, "\n".join(lines))
                break


def _remarks(remark: str) -> Callable[[Shelf], Iterator[Plant]]:
    return lambda shelf: (plant(one, inserted(one.document, one.row, remark), one.row) for one in sites(shelf))


_register("WL116", _remarks("<!-- wolong: ignore WL203 -->"))
_register("WL117", _remarks("<!-- wolong: ignore WL203 上级文件原话 -->"))


@planter("WL120")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        second, third = row_of(document, "## 2 规范性引用文件"), row_of(document, "## 3 术语和定义")
        if second is not None and third is not None:
            lines = document.source.split("\n")
            lines[second], lines[third] = "## 2 术语和定义", "## 3 规范性引用文件"
            yield Plant("", document.file, second + 1, "\n".join(lines))


# WL2

_register("WL201", lambda shelf: sentences(shelf, "草坪留茬高度应为草高的 1/3。"))
_register("WL203", lambda shelf: sentences(shelf, "甲处应及时处理。"))
_register("WL205", lambda shelf: sentences(shelf, "甲处噪声不应大于 55。"))
_register("WL206", lambda shelf: sentences(shelf, "甲厅的地面应每日擦拭 1 次。乙室的温度不应大于 41 ℃。"))
_register("WL207", lambda shelf: sentences(shelf, "甲处茶水应约 20 min 续一次。"))
_register("WL208", lambda shelf: sentences(shelf, "甲处应放置香薰和/或除臭剂。"))


@planter("WL202")
def _(shelf: Shelf) -> Iterator[Plant]:
    def must(site: Site) -> str | None:
        found = re.match(r"[^应不]*(应)(?![急用当该变])", site.sentence)
        usual = site.document.tone != "工程" and site.requirement.modality == "shall"
        return site.sentence[: found.start(1)] + "必须" + site.sentence[found.end(1) :] if found and usual else None

    return sentences(shelf, must)


@planter("WL204")
def _(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        lines = inserted(site.document, site.quote + 1, "", f"注：{PLAIN}")
        yield plant(site, lines, site.quote + 2)


# WL3

_register("WL302", lambda shelf: sentences(shelf, "甲处空气应符合 GB/T 99998 的规定。"))


@planter("WL301")
def _(shelf: Shelf) -> Iterator[Plant]:
    index = known(shelf)
    return (replace(one, index=index) for one in sentences(shelf, "甲处空气应符合 GB/T 99999 的规定。"))


def _citing(shelf: Shelf, number: str) -> Iterator[Plant]:
    """The number stands in 引用 too."""
    for document in shelf:
        listed = "、".join([*map(str, document.references), number]).replace("、", ", ")
        row = row_of(document, "引用:")
        at = document.source.split("\n").index("---", 1) if row is None else row
        lines = inserted(document, at, f"引用: [{listed}]")
        if row is not None:
            del lines[row + 1]
        yield Plant("", document.file, at + 1, "\n".join(lines))


_register("WL303", lambda shelf: _citing(shelf, "GB/T 99998"))


@planter("WL304")
def _(shelf: Shelf) -> Iterator[Plant]:
    newer = standard("Q/X 1—2026", f"## 4 要求\n\n4.1 {PLAIN}", more="代替: [Q/X 1—2020]\n")
    return (replace(one, beside=newer) for one in _citing(shelf, "Q/X 1—2020"))


@planter("WL305")
def _(shelf: Shelf) -> Iterator[Plant]:
    index = known(shelf, Cited("GB/T 99998", 2010, "甲", "废止", "GB/T 99997—2020"))
    return (replace(one, index=index) for one in sentences(shelf, "甲处空气应符合 GB/T 99998 的规定。"))


@planter("WL306")
def _(shelf: Shelf) -> Iterator[Plant]:
    for one, document in zip(_citing(shelf, "Q/X 1"), shelf, strict=True):
        yield replace(one, beside=standard("Q/X 1—2026", "## 4 要求\n\n", more=f"引用: [{document.number}]\n"))


@planter("WL307")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        row = row_of(document, "## 3 术语和定义")
        if row is not None:
            lines = inserted(document, row, "GB/T 99998 甲", "")
            yield Plant("", document.file, row + 1, "\n".join(lines))


@planter("WL308")
def _(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        document = site.document
        listed = any(clause.role == "references" and "GB" in clause.text for clause in document.clauses)
        if listed and document.references and row_of(document, "引用:") is not None:
            lines = site.saying("甲处空气应符合 GB/T 99998 的规定。")
            row = row_of(document, "引用:") or 0
            lines[row] = lines[row].replace("[", "[GB/T 99998, ", 1)
            yield plant(site, lines, site.row)


# WL4


def _loosened(shelf: Shelf, number: str, level: str, kinds: set[str]) -> Iterator[Plant]:
    """The original stays as another standard; the shipped one is made looser."""
    for site in sites(shelf):
        said = looser(site, kinds)
        if said:
            yield plant(site, site.saying(said), site.row, beside=standard(number, copied(site), level=level))


_register("WL401", lambda shelf: _loosened(shelf, "GB 1—2020", "国家", {"limit", "deadline", "frequency"}))
_register("WL402", lambda shelf: _loosened(shelf, "Q/X 1—2026", "企业", {"limit", "deadline"}))
_register("WL406", lambda shelf: _loosened(shelf, "Q/X 1—2026", "企业", {"frequency"}))


@planter("WL403")
def _(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        for one in at_end([site.document], lambda chapter: f"## {chapter} 附则\n\n{chapter}.1 ", 2):
            text = f"{one.text.rstrip()} {site.sentence}\n{site.lines[site.quote]}\n"
            yield replace(one, text=text)


@planter("WL404")
def _(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        measures = site.requirement.measures
        if len(measures) == 1 and measures[0].kind == "limit" and measures[0].unit == "%":
            other = re.sub(r"\d+(?:\.\d+)?\s*[%％]", "5 kPa", site.sentence)
            yield plant(site, site.lines, site.row, beside=standard("Q/X 1—2026", copied(site, other)))
        elif len(measures) == 1 and measures[0].kind == "limit" and measures[0].high == Decimal(40):
            other = re.sub(r"\d+ ?℃", "5 kPa", site.sentence)
            yield plant(site, site.lines, site.row, beside=standard("Q/X 1—2026", copied(site, other)))


@planter("WL405")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        lines = {clause.number: clause.line for clause in document.clauses}
        for term in document.terms:
            body = f"## 3 术语和定义\n\n### 3.1 {term.term}\n\n甲是乙。\n\n## 4 要求\n\n4.1 {PLAIN}"
            beside = standard("Q/X 1—2026", body)
            yield Plant("", document.file, lines[term.clause], document.source, beside=beside)


@planter("WL407")
def _(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        yield plant(site, site.lines, site.row, beside=standard("Q/X 1—2026", copied(site)))


# WL5


def _vetoes(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        if "等级:" in site.lines[site.quote]:
            lines = site.checked(
                lambda line: re.sub(r"\| 整改:[^|]+", "", re.sub(r"等级:\w", "等级:A", line)).rstrip(" |")
            )
            yield plant(site, lines, site.quote)


def _recommended(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        if re.search(r"扣分:[\d.]*[1-9]", site.lines[site.quote]):
            yield plant(site, site.saying("甲处宜摆放绿植。"), site.quote)


_register("WL501", lambda shelf: quotes(shelf, "检查:", "检察:"))
_register("WL502", lambda shelf: quotes(shelf, r"检查:\S+", "检查:瞧瞧"))
_register("WL504", lambda shelf: quotes(shelf, r"^>.*$", r"\g<0> | 每月查看一次"))
_register("WL510", lambda shelf: quotes(shelf, r"\| 频次:[^|]+", ""))
_register("WL511", _vetoes)
_register("WL512", lambda shelf: quotes(shelf, r"(扣分:[\d.]+/[处次])[,，]上限[\d.]+", r"\1"))
_register("WL513", lambda shelf: quotes(shelf, r"检查:测量(.*)\| 证据:[^|]+", r"检查:测量\1", _measured))
_register("WL514", lambda shelf: quotes(shelf, r"检查:查[看阅]", "检查:测量", lambda site: not _measured(site)))
_register("WL516", lambda shelf: quotes(shelf, r"\| 责任:[^|]+", ""))
_register("WL517", _recommended)
_register("WL518", lambda shelf: quotes(shelf, r"\| 等级:[^|]+(?=\| 扣分)", ""))


@planter("WL503")
def _(shelf: Shelf) -> Iterator[Plant]:
    for site in sites(shelf):
        line = site.lines[site.quote]
        lines = inserted(site.document, site.quote + 1, "", line, "", line)
        yield plant(site, lines, site.quote)


@planter("WL515")
def _(shelf: Shelf) -> Iterator[Plant]:
    world = World({"场所/游泳池": 0})
    return (replace(one, world=world) for one in quotes(shelf, r"对象:[^|]+", "对象:场所/游泳池 "))


# WL6

_register("WL601", lambda shelf: in_front(shelf, "复审", "2026-11-01"))
_register("WL602", lambda shelf: in_front(shelf, "实施", "2001-01-01"))
_register("WL603", lambda shelf: quotes(shelf, r"^(?!.*待核).*$", r"\g<0> | 待核"))


@planter("WL605")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        for one in in_front([document], "发布", "2019-12-31"):
            yield replace(one, line=document.lines["标准号"])


@planter("WL604")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        more = f"代替: [{document.number}]\n实施: 2026-03-01\n"
        beside = standard("Q/X 1—2026", f"## 4 要求\n\n4.1 {PLAIN}", more=more)
        world = World(adopted=frozenset({document.number or ""}))
        yield Plant("", document.file, document.lines["标准号"], document.source, beside=beside, world=world)


@planter("WL606")
def _(shelf: Shelf) -> Iterator[Plant]:
    for document in shelf:
        beside = standard(document.number or "", f"## 4 要求\n\n4.1 {PLAIN}")
        yield Plant("", document.file, document.lines["标准号"], document.source, beside=beside)
