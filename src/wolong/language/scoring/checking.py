"""检查方式 as sheets write it: how it is checked, and how often."""

import re
from dataclasses import dataclass, field

from wolong.language.execution import Method
from wolong.language.folding import fold
from wolong.language.patterns import lazy

_METHODS: tuple[tuple[Method, str], ...] = (
    (
        Method.CONSULT,
        r"查阅[^,;。、每]*|查看?(?:资料|记录|台账|档案|文件|报告|登记|单据|制度|证)|资料|台账|调阅|核对记录|查记录|翻阅",
    ),
    (Method.MEASURE, r"测量|实测|检测|仪器|量测|称重|测温"),
    (Method.ASK, r"询问|访谈|问卷|走访|满意度|座谈|回访|抽问|提问|听取"),
    (Method.TRY, r"试验|测试|演练|操作|试运行|实操|模拟|拨打|启动试"),
    (Method.LOOK, r"现场|查看|目测|观察|巡查|实地|检查|抽查|看|暗访|调看"),
)
_CYCLES: tuple[tuple[str, str], ...] = (
    ("每日", r"每[日天]|日检|日常检查|逐日"),
    ("每周", r"每周|周检|每星期|一周一次"),
    ("每半月", r"每?半月|每月(?:两|二|2)次"),
    ("每月", r"每个?月|月检|月度|按月|一月一次|月查"),
    ("每季度", r"每?个?季度?|季检|季查"),
    ("每半年", r"每?半年"),
    ("每年", r"每年|年度|年检|一年一次"),
)
_RANDOM = lazy(r"不定期|随机|随时|抽检|适时")
_SHARE = lazy(r"(?:抽查|抽检|抽取|随机抽)[^\d%,;。]{0,6}(?P<share>\d+(?:\.\d+)?)\s*%")
_COUNT = lazy(r"抽(?:查|检|取)[^\d%,;。]{0,6}\d+\s*[处个间台人份次]")
_SEVERAL = lazy(r"每(?:周|日|天|季度?|年|月)[^,;。]{0,4}?(?:[2-9]|[两二三四五六七八九])\s*次")


@dataclass(slots=True)
class Checked:
    """How and how often, where the sheet says so; doubts by key."""

    method: Method | None = None
    cycle: str = ""
    doubts: dict[str, str] = field(default_factory=dict)


def read_check(method: str, cycle: str) -> Checked:
    """The method from its column, the frequency from its own column or from the method's."""
    found = Checked()
    _read_method(found, fold(method))
    _read_cycle(found, fold(f"{cycle} {method}"))
    return found


def _read_method(found: Checked, text: str) -> None:
    bare = text
    named: list[Method] = []
    for one, words in _METHODS:
        if re.search(words, bare):
            named.append(one)
            bare = re.sub(words, " ", bare)
    named.sort(key=lambda one: _place(text, one))
    if named:
        found.method = named[0]
        if len(named) > 1:
            found.doubts["检查"] = f"表上写了几种：{'、'.join(named)}，一条只能写一种，先取{named[0]}"
    elif text.strip() and not any(re.search(words, text) for _label, words in _CYCLES):
        found.doubts["检查"] = f"“{text.strip()[:30]}”看不出是查看、测量、查阅、询问还是试验"


def _read_cycle(found: Checked, text: str) -> None:
    cycles = [label for label, words in _CYCLES if re.search(words, text)]
    if "每月" in cycles and "每半月" in cycles:
        cycles.remove("每月")
    share = _SHARE.search(text)
    if cycles or share:
        found.cycle = (cycles or ["每月"])[0] + (f"抽查 {share['share']}%" if share else "")
    if len(cycles) > 1:
        found.doubts["频次"] = f"表上写了几种：{'、'.join(cycles)}，先取{cycles[0]}"
    elif cycles and cycles != ["每半月"] and _SEVERAL.search(text):
        found.doubts["频次"] = f"表上写的次数比{cycles[0]}一次多，请选更短的周期"
    elif share and not cycles:
        found.doubts["频次"] = "表上只写了抽查比例，没写多久一次，先按每月"
    if _COUNT.search(text):
        found.doubts["频次"] = "表上写的是抽几个，这里按百分比抽，请填比例"
    elif not cycles and not share and _RANDOM.search(text):
        found.doubts["频次"] = "表上写的是不定期或随机，没有周期，先按每月"


def _place(text: str, method: Method) -> int:
    words = next(words for one, words in _METHODS if one == method)
    match = re.search(words, text)
    return match.start() if match else len(text)
