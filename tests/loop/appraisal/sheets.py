"""Inputs of a sheet as the database would give them, made by hand."""

from typing import Any

from wolong.loop.appraisal.rules.scheme import PROPERTY, as_json
from wolong.loop.appraisal.rules.scoring import FORMAT

Json = dict[str, Any]


def hit(number: int = 1, **more: Any) -> Json:
    """One finding of 5.1.1 that costs 0.5 a place, at most 2."""
    given = {
        "id": number, "number": f"WT-{number}", "title": f"第 {number} 个问题", "clause": "Q/WLS BZ06-001 5.1.1",
        "label": "BZ06-001 5.1.1", "ordinal": 1, "severity": "C", "points": "0.5", "per": "处", "cap": "2",
        "repeat": False, "found_on": "2026-11-16", "left_out": None,
    }  # fmt: skip
    return {**given, **more}


def chapter(name: str, weight: str, *findings: Json, itemised: int = 5, overall: int = 0) -> Json:
    return {
        "name": name, "weight": weight, "lines": [name], "itemised": itemised, "overall": overall,
        "findings": list(findings),
    }  # fmt: skip


def inputs(*chapters: Json, **more: Any) -> Json:
    given: Json = {
        "format": FORMAT, "area": "卧龙山办公区", "unit": "示例物业公司", "contract": "WLS-HT-01",
        "period": {"name": "2026 年第 4 季度", "first": "2026-10-01", "last": "2026-12-31"},
        "scheme": {"name": "物业服务考评办法第 1 版", **as_json(PROPERTY)}, "chapters": list(chapters),
        "not_contracted": [], "other_parts": {}, "grave": [], "payment": None,
    }  # fmt: skip
    return {**given, **more}


# The sheet of an example that adds up: 13.5 + 9 + 20.5 + 18 + 11 + 4.5 of 90, and meetings that nobody looked at.
EXAMPLE = inputs(
    chapter("客户服务", "15", hit(1, points="1.5", cap=None)),
    chapter("房屋管理", "10", hit(2, points="1", cap=None)),
    chapter("设施设备", "25", hit(3, points="4.5", cap=None)),
    chapter("公共秩序", "20", hit(4, points="2", cap=None)),
    chapter(
        "保洁",
        "15",
        hit(5),
        hit(6),
        hit(7),
        hit(8, clause="Q/WLS BZ06-003 5.1.2", points="2", per="项"),
        hit(9, clause="Q/WLS BZ06-007 5.3.1"),
    ),
    chapter("绿化", "5", hit(10)),
    chapter("会务", "10", itemised=0),
    other_parts={"joint": "87.50", "satisfaction": "91.20"},
)
