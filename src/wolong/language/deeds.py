"""What is done so often: the words that name a deed."""

import re

from wolong.language.memory import Memory
from wolong.language.names import AND, JOINED, PROPERTY, boundary, clean_name, is_actor
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.seasons import ANY_SEASON, SEASON
from wolong.language.tokens import COMPARE, LIST, MODAL, PERIOD, QUANTITY, TEXT

_LEAD = lazy(
    r"^(?:\([^)]*\)|前(?=[提上]?交|报|上报|完成|将|把|向|公布|公示|制定|编制|发布|送|通知)|参加|接受|主持|召开|举办|举行|做到|达到|至少|定期|需要|还|要(?!害|求)|做出|作出|并|各(?![类种个项级部单])|再|由[^,]{1,10}?(?=进行|对)|组织|进行|开展|实施|对(?!比)|将|把|的|完成|做|不少于|[\s、,])+"
)
TAIL = lazy(r"(?:应当|应|宜|进行|开展|实施|完成|组织|至少|不少于|不低于|的|各|为|频次|次数|频率|以|做|[\s、])+$")
_ONLY_OBJECT = lazy(r"^(?:应|宜)?(?:对(?!比)|将|把|以|按|针对|围绕|配合|委托|邀请|聘请).{1,30}?(?:进行|开展|实施|做)$")
_ANOTHER = lazy(rf"、|{AND}")
_IN_PART_OF_YEAR = lazy(
    r"^(?:第[一二三四]季度|[上下]半年|年[底初末中]|月[底初末中]|季度?[初末])(?:之?[前内])?(?=[^\s至到和、])"
)
TURNS = lazy(
    r"(?P<turns>早、?中、?晚|早、?晚|上、?下午|上午[、和及]下午|前、?后|[月年季周]初[、和及][月年季周][末底]|上旬[、和及]下旬"
    r"|[\u4e00-\u9fff]{0,6}前[、和及][\u4e00-\u9fff]{0,6}后)(?:应当?|须|宜)?各"
)
WHEN_BEFORE = lazy(
    r"(?:^|在|于)(?P<when>[^\W\d在于]{0,6}(?:季节?|期|汛|冬|夏|节|暖|运行|使用|启用|开学|来临|到来|开始)前)(?!后)"
)
_TIMES_FIRST = lazy(r"[一二两三四五六七八九十\d]+\s?[次遍回]")
_OTHERS = lazy(r"^.{0,10}由[^,据]{1,12}?(?:公司|单位|机构|厂家|人员|部门)(?=[\u4e00-\u9fff]{2})")  # 由专业公司清掏
_RAISED = lazy(r"(?:增加?|加密|提高)[至到]")
_PLACE = lazy(
    r"^(?:主要|重点|重要|一般|普通|次要)[\u4e00-\u9fff]{2,4}\s*$|^(?:其他|其余)[\u4e00-\u9fff]{2,12}\s*$|(?:部位|区域|场所|地段|路段|点位|地点|楼层)\s*$"
)  # 重点部位每小时一次: where, not what
_DONE_BY = lazy(r"(?P<verb>[^,由]{2,12})由[^,]{2,30}(?:进行|开展|实施|完成|负责|承担|组织)")
_ABOUT = lazy(r"^(?:对|将|把)?.{1,30}?(?:进行|开展|实施|做(?![好到]))(?P<verb>.{1,20})$")
_DURING = lazy(rf"在{SEASON}(?:进行)?(?P<verb>[\u4e00-\u9fff]{{2,4}})")  # 宜在休眠期施肥, 每年不少于 1 次
_DEED = lazy(
    r"(?:全面|定期|集中)?(?:检[查测验修]|巡[查视检逻]|清[洗扫洁理掏运]|擦[拭洗]|保[养洁]|维[护保修]|消[毒杀]|更换|轮换|试[验运]|试运[行转]|演[练习]|培训|考核|校[准验]|测[试定]|养护|修剪|施肥|浇水|灌溉|疏通|除[草尘]|喷[洒药]|打蜡|抛光|尘推|推尘|拖[擦洗]|灭[鼠蟑蚊蝇虫].*|消杀|清运|修[理补]|化验|监测|抽查|督查|练习|冲洗|刮洗|吸尘|除垢|涂[漆油]|刷[漆新]|回访|公示|通风)$"
)
_MORE_OFTEN = lazy(r"(?:增加|加密|加强|提高)(?P<verb>[\u4e00-\u9fff]{2,6}?)(?P<often>次数|频次|频率)?$")
_AGAIN_AND_AGAIN = lazy(r"(?:定期|按期|按时|经常)(?:进行|开展)?(?P<verb>[\u4e00-\u9fff、]{2,12})")


def is_place(subject: str) -> bool:
    """重点部位应每月 1 次: where, not what; what the words before told goes on."""
    return _PLACE.search(subject) is not None


def verb_phrase(part: Part, index: int, period_index: int | None, memory: Memory) -> str | None:
    """What is done that often: the words between period and count, else those behind the count, else those before."""
    inner = outer = ""
    if period_index is not None and period_index < index:
        inner = words_between(part, max(period_index + 1, boundary(part, index)), index)
        outer = words_between(part, boundary(part, period_index), period_index)
    elif period_index is None:
        inner = words_between(part, _behind_condition(part, boundary(part, index), index), index)
    else:
        outer = words_between(part, boundary(part, index), index)
    # 检测每季度一次并公示: another deed
    is_last = _ANOTHER.match(part.text, part.tokens[index].end) is not None
    behind = "" if is_last else words_between(part, index + 1, next_number(part, index))
    inner = "" if JOINED.search(inner) else inner  # 一次演练及一次以上培训
    behind = JOINED.sub("", behind)
    if (about := _before_bracket(part, index)) is not None:
        return about
    ruled = any(one.kind == MODAL for one in part.tokens[period_index or 0 : index])
    if part.text.startswith("的", part.tokens[index].end) and (ruled or not verb_of(inner)):
        inner, behind = behind, inner  # 进行不少于 3 次的周界巡查
    if behind and _GIVES.search(inner.rstrip()):
        inner, behind = behind, ""  # 为员工提供不少于 1 次健康体检
    if memory.deed and is_place(outer) and not is_place(memory.deed):
        outer = ""
    for words in (inner, behind, outer, memory.deed, memory.recent, _SEEN_TO.sub("", memory.subject)):
        name = "" if _ONLY_OBJECT.match(WHEN_BEFORE.sub("", "".join(words.split()))) else verb_of(words)
        is_value = words is memory.recent and PROPERTY.search(name) is not None
        if name and not (is_value or is_actor(name)):
            return _done_to(name, memory.deed) if words is outer else name
    return None


def _done_to(name: str, deed: str) -> str:
    """应急灯每月检查一次, 绝缘手套每半年一次: the thing alone is named, what is done to it was said before."""
    return f"{name}{deed}" if _DEED.fullmatch(deed) and not _DEED.search(name) else name


_SEEN_TO = lazy(r"由[^,]{2,20}?(?:负责|承担|组织).*$")  # 业主大会会议由业主委员会负责召集, 每年召开 1 次
_GIVES = lazy(r"(?:提供|给予|安排)$")


def _before_bracket(part: Part, index: int) -> str | None:
    """定期巡视(每月不少于 2 次)共用部位: what stands before the bracket is done."""
    at = part.tokens[index].start
    opened = part.text.rfind("(", part.start, at)
    begins = next((one.start for one in part.tokens if one.start > opened and one.kind in (PERIOD, COMPARE)), at)
    if opened < 0 or ")" in part.text[opened:at] or part.text[opened + 1 : begins].strip():
        return None
    words = re.split(AND, part.text[part.start : opened])[-1]
    return verb_of(words).removeprefix("定期") or None


def _behind_condition(part: Part, first: int, index: int) -> int:
    """排水沟雨季前清掏 1 次: the deed stands behind the season."""
    begins = part.text.find(part.condition, part.start) if part.condition else -1
    behind = [at for at in range(first, index) if 0 <= begins < part.tokens[at].start]
    return behind[0] if behind else first


def deed_of(words: str) -> str:
    """对……进行清洗消毒和检测, 每年不少于一次: what the next part counts."""
    words = "".join(words.split())
    if again := _AGAIN_AND_AGAIN.fullmatch(words):
        return verb_of(again["verb"])  # 应定期清洗消毒, 每半年不少于一次
    if during := _DURING.fullmatch(words):
        return during["verb"]
    if (more := _MORE_OFTEN.search(words)) and (more["often"] or _DEED.search(more["verb"])):
        return more["verb"]  # 应增加巡视次数, 每班不少于 2 次
    if by := _OTHERS.match(words):
        return verb_of(words[by.end() :])  # 由取得资质的单位维护保养, 每 15 日不少于 1 次
    about = _ABOUT.match(words)
    return verb_of(about["verb"]) if about and not _TIMES_FIRST.match(about["verb"]) else ""


def done_by(words: str) -> str:
    """年度检测由具备资质的机构进行, 每年 1 次: what the next part counts."""
    match = _DONE_BY.fullmatch("".join(words.split()))
    return verb_of(match["verb"]) if match else ""


def verb_of(words: str) -> str:
    words = "".join(words.split())
    words = TAIL.sub("", TURNS.sub("", words, count=1))
    words = _IN_PART_OF_YEAR.sub("", WHEN_BEFORE.sub("", words, count=1))
    match = _ABOUT.match(words)
    if match:
        words = match["verb"]
    words = _OTHERS.sub("", re.split(AND, words)[0] or words)
    words = _LEAD.sub("", words)
    return (
        ""
        if words in ("应", "为", "以", "在", "减", "减为", "避免", "防止", "应避免", "应防止")
        or _RAISED.fullmatch(words)
        or ANY_SEASON.fullmatch(words)
        else clean_name(words)
    )


def words_between(part: Part, first: int, last: int) -> str:
    """The plain words from one token to another; those before a modal fall away where some stand behind it."""
    before: list[str] = []
    behind: list[str] = []
    seen = False
    for token in part.tokens[first:last]:
        if token.kind == MODAL:
            seen = True
        elif token.kind in (TEXT, LIST):
            (behind if seen else before).append(part.text[token.start : token.end])
    spoken = verb_of("".join(behind))
    return "".join(behind) if spoken else "".join(before)


def next_number(part: Part, index: int) -> int:
    for at in range(index + 1, len(part.tokens)):
        if part.tokens[at].kind in (PERIOD, QUANTITY, COMPARE):
            return at
    return len(part.tokens)
