"""What a sentence says without a number: its qualitative phrases, and the thing or place that it is about."""

import re

from wolong.language.modals import modal_at
from wolong.language.names import AND, PROPERTY
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.tokens import PERIOD, QUANTITY

_OBJECT = lazy(r"^(?P<object>[^的()]{1,24}?)(?:之中|之内|(?<![适其当集行])中(?![央心间控等型位])|内(?![部容外壁]))")
_OWNER = lazy(r"^(?P<object>[^,]{1,24})的(?=[^的]+$)")
# What stands before 的 in these only says which thing is meant: the thing stands behind it.
_SAYS_WHICH = lazy(
    r"^(?:超过|达到|大于|小于|高于|低于|停用|枯萎|损坏|过期|失效|破损|老化|废弃|新装|在用|备用|闲置|经|未|已|由|用于|采用|设有|具有|带有|需要"
    r"|收到|作出|通往|带电|更换|修剪|加工|集体|知悉|运输|取得|进入|从事|患有|适应|预防|有|没有|建立|运行|使用中|距离?|不同|各类|各种)"
    r"|(?:[后好完过下大]|产生|形成|规定|以[外上下]|相应|相关|有关|配送|存放|运行中)$"
)
# What stands before 的 or 中 in these is said of something else, or is a clause of its own.
_NO_THING = lazy(
    r"^(?:\d|[两三四五六七八九十百]|如果|若|如|并|解决|处理|保持|将|把|擦拭|检查|以及|每|做|当[班有]|因|发现|违反|制定|行为|其|对|与|以后|按|根据|自行|向|到|从(?!业)|一年|距)"
    r"|有$|[\u4e00-\u9fff][在对][\u4e00-\u9fff]|负责|熟知|对接|张贴|发生$|未将|[后成熟]至"
)
_ROOM = lazy(r"(?<=[房区楼厅间场馆所])室$")  # 健身房室内温度
_LONGEST = 10  # signs of a thing behind 的
_KEEP = lazy(r"^(?:且|并|和|均|都|始终|应(?![急用答力变对收季届激]|当?[\u4e00-\u9fff]{2}的)|,|\s)*(?:保持|做到)?")
_SPLIT = lazy(r"[、,]|(?<![总温中调平缓])和(?!谐)|" + AND)

_REFERS = lazy(
    r"其中|以先到者为准|(?:符合|满足|遵守|达到|包括|执行|做到)?(?:以下|下列)[\u4e00-\u9fff]{0,4}(?:规定|要求|内容|条件|事项|标准):?"
)
# 每月 5 日前提交月报: the day is unread, the deed is said.
_BY_DAY = lazy(
    r"(?:(?:\d\s?[日号时点]|月[底末初]|[上中下]旬|:\d\d)[之以]?前|每\s?\d[\d ]*(?:km|公里|千米))(?P<phrase>[\u4e00-\u9fff][^\d]+)$"
)
_FRONT = lazy(
    r"(?P<phrase>[\u4e00-\u9fff、]{2,20}?)(?:并且?(?:[在于应]|须在)|(?<=证书|职称|学历|资格|资质)[和及、])\s*"
)


def object_of(subject: str) -> str | None:
    """The thing or place before 中, 内 or 的."""
    if inside := _OBJECT.match(subject):
        return _place(inside["object"], subject)
    owner = _OWNER.match(subject)
    return _thing(owner["object"], subject) if owner else None


def _place(name: str, subject: str) -> str | None:
    """室内噪声 is about 室内, 健身房室内温度 about 健身房."""
    if len(name) == 1:
        return subject[:2]
    name = _ROOM.sub("", re.sub(r"^在(?![岗线用职编册])", "", name))
    return None if _NO_THING.search(name) else name


def _thing(owner: str, subject: str) -> str | None:
    """可能散发可燃气体的场所 is about the place, not about what it may do; 老化的密封条 about the strip."""
    owner = re.sub(r"\d+\s?(?:小时|h)$", "", re.sub(r"^在(?![岗线用职编册])", "", owner))
    if not owner or _NO_THING.search(owner):
        return None
    if modal_at(owner, 0)[0] is not None or _SAYS_WHICH.search(owner):
        thing = subject[subject.index("的", len(owner)) + 1 :] if "的" in subject[len(owner) :] else ""
        return thing if thing and len(thing) <= _LONGEST and not PROPERTY.search(thing) else None
    return re.split(r"(?<=[\u4e00-\u9fff]{2})由", owner)[0].rstrip("上里") or None


def predicates_of(part: Part) -> list[str]:
    """无积水、无杂物: one check each."""
    return phrases_of(part.rest if part.modal is not None else part.text[part.start : part.end])


def predicates_beside(part: Part) -> list[str]:
    """每日清扫 2 次并保持无积水, 立即设警示并在 4 h 内补齐: the words behind or before the number, where a joint parts them."""
    numbers = [token for token in part.tokens if token.kind in (QUANTITY, PERIOD)]
    begin = part.modal.end if part.modal is not None else part.start
    if numbers and numbers[0].start > begin:
        front = _FRONT.fullmatch(part.text[begin : numbers[0].start])
        if front:
            return phrases_of(front["phrase"])
    day = _BY_DAY.search(part.text[part.start : part.end])
    if day and (not numbers or numbers[-1].end <= part.start + day.start()):
        return phrases_of(day["phrase"])
    if not numbers or (part.modal is not None and numbers[-1].end < part.modal.end):
        return []
    tail = part.text[numbers[-1].end : part.end]
    bare = numbers[-1].kind == PERIOD
    joint = re.search(rf"{'' if bare else '^'}(?:{AND}|、(?=保持|做到|无))(?P<phrase>.+)$", tail)
    return phrases_of(joint["phrase"]) if joint else []


def phrases_of(text: str) -> list[str]:
    """The pieces between 、 , 和 and 且, brackets and titles kept whole."""
    sheltered = re.sub(r"[((《“][^))》”]*[))》”]", lambda match: "\0" * len(match.group()), text)
    pieces: list[str] = []
    at = 0
    for match in [*_SPLIT.finditer(sheltered), None]:
        end = match.start() if match else len(text)
        piece = text[at:end].strip().strip(":")
        piece = _KEEP.sub("", piece, count=1).strip()
        if piece and not _REFERS.fullmatch(piece):
            pieces.append(piece)
        at = match.end() if match else end
    return pieces
