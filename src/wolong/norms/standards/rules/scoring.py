"""A row of a 考核表 between its execution line and the form in which people choose instead of writing it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wolong.language.execution import EVIDENCE, Method, parse_execution

FULL_MARKS = Decimal(100)
# Without these a clause can't be kept: nobody would know where, who, how, how often and what a failure costs.
NEEDED = ("对象", "责任", "检查", "频次", "等级", "扣分")
ORDER = ("对象", "责任", "监督", "检查", "频次", "等级", "扣分", "整改", "赔偿", "证据")
CYCLES = ("每日", "每周", "每半月", "每月", "每季度", "每半年", "每年")
TERMS = ("立即", "1个工作日", "3个工作日", "5个工作日", "10个工作日")
UNITS = ("处", "次", "项")
METHODS = tuple(str(method) for method in Method)
EVIDENCES = EVIDENCE
BY_NAME = ("岗位", "记录")


def missing(execution: Mapping[str, str]) -> list[str]:
    """What a clause still lacks before somebody may stand for it."""
    lacking = [key for key in NEEDED if not execution.get(key)]
    return [*lacking, "整改"] if execution.get("等级") == "A" and not execution.get("整改") else lacking


def _plain(number: Decimal | None) -> str:
    if number is None:
        return ""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fields_of(execution: Mapping[str, str]) -> dict[str, Any]:
    """The execution line as the fields of the form."""
    line, _faults = parse_execution(execution)
    named = [str(one) for one in line.objects]
    deduction = line.deduction
    return {
        "objects": [one for one in named if one.split("/")[0] not in BY_NAME],
        "posts": _names(named, "岗位"),
        "papers": _names(named, "记录"),
        "doer": line.doer or "",
        "checker": line.checker or "",
        "method": str(line.method or ""),
        "cycle": line.cycle.label if line.cycle else "",
        "sample": line.sample.value if line.sample else None,
        "severity": line.severity or "",
        "points": deduction.points if deduction else None,
        "per": (deduction.per or "") if deduction else "",
        "cap": deduction.cap if deduction else None,
        "term": str(line.term or ""),
        "claim": line.claim or "",
        "evidence": list(line.evidence),
    }


def _names(named: Iterable[str], kind: str) -> str:
    return "、".join(one.split("/", 1)[1] for one in named if one.startswith(f"{kind}/"))


def execution_of(fields: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the form as an execution line; what was left empty is left out."""
    named = list(fields["objects"])
    for name, kind in (("posts", "岗位"), ("papers", "记录")):
        named += [f"{kind}/{word.strip()}" for word in fields[name].replace("，", "、").split("、") if word.strip()]
    sample = f"抽查 {_plain(fields['sample'])}%" if fields["sample"] else ""
    deduction = ""
    if fields["points"] is not None:
        per = f"/{fields['per']}" if fields["per"] else ""
        cap = f",上限{_plain(fields['cap'])}" if fields["cap"] is not None else ""
        deduction = f"{_plain(fields['points'])}{per}{cap}"
    values = {
        "对象": "、".join(named),
        "责任": fields["doer"],
        "监督": fields["checker"],
        "检查": fields["method"],
        "频次": f"{fields['cycle']}{sample}",
        "等级": fields["severity"],
        "扣分": deduction,
        "整改": fields["term"],
        "赔偿": fields["claim"].strip(),
        "证据": "、".join(fields["evidence"]),
    }
    return {key: values[key] for key in ORDER if values[key]}


def says_of_total(total: Decimal, stated: Decimal | None) -> str:
    """How the sum of the points stands to 100 and to what the sheet itself says; empty where all agree."""
    if stated is not None and stated != total:
        return f"读出的分值合计 {_plain(total)} 分，表上写的合计是 {_plain(stated)} 分，请核对有没有漏读的行。"
    if total == 0:
        return "表上没有分值，只有扣分的细则。"
    if total != FULL_MARKS:
        return f"读出的分值合计 {_plain(total)} 分，不是 100 分，请核对。"
    return ""
