"""Who or what stands before a condition: 使用单位未经批准, 承租人经出租人同意, 学校除寒假外, 维修人员接到报修后."""

import re

from wolong.language.patterns import lazy

_LEAVE = r"(?:同意|批准|许可|准许|允许|授权|核准|认可)"
# 清除, 拆除 and 除尘 remove something.
_BUT = r"(?<![清排拆去消解扣免删切废根铲剔移驱卸摘撤剥革祛破])除(?![尘草锈湿臭虫雪冰霜油垢颤害])"
_BEHIND = lazy(
    r"(?P<subject>[^,]*?(?<![并且或和及已曾未没尚不非有])(?<!或者)(?<!以及))\s*"
    rf"(?P<condition>(?:[未没不非]|没有)经(?:[^,的]{{2,20}}|[^,]{{2,30}}{_LEAVE})|{_BUT}[^,]{{1,40}}(?<![室户内对海])外"
    rf"|经(?![营济常费过理验纪办销手历])[^,的]{{0,20}}(?:{_LEAVE}|合格)|(?:^|(?<=在))[^,\d在]{{2,16}}(?<![日周])期限?内)\s*"
)
_LACKS = lazy(r"[未没有不非]经")
_UNCHECKED = lazy(
    r".*[未没有不非]经.*(?:登记|检[验测查疫]|验收|审[查核批定]|评[估审]|培训|考核|备案|确认|[测调]试|试验|消毒|程序|合格|预约|安检|鉴定|认证|校准|清洗|处理"
    rf"|{_LEAVE})\s*"
)
_BY_RULE = lazy(rf"\s*(?:按照?|依照?|根据)?[^,]*(?:并且?|且)(?:应当?)?经[^,的]{{1,20}}{_LEAVE}\s*")

_THING_FIRST = lazy(
    r"[\u4e00-\u9fff、]+?[厅面桌间场地路道区所室堂沟池口台屋顶](?=(?:餐|[降大暴下]?[雨雪])后$)"
)  # 餐桌餐后
# 电梯在运行过程中应平稳, 蓄电池在断电后应…: who or what it is of stands before 在.
_THING_IN = lazy(
    r"\s*(?:[但并且而]|[\u4e00-\u9fffA-Z、]{2,15})(?<![存现正潜内外设装置放处用挂贴埋])(?=在(?![岗线职校编])|每[日天次])"
)
# 维修人员接到报修后: who does what is told behind.
_WHO_FIRST = lazy(
    r"[\u4e00-\u9fff]{0,10}(?:人员|员工|单位|公司|机构|部门|企业|中心|值班员|保安员|保洁员|驾驶员|操作员|[甲乙]方|供应商|中标人|采购人)(?=在?(?:接到|收到|接报|发现|到达|抵达))"
)


def who_first(condition: str, of_event: str) -> int:
    """Where the words end that stand before a condition of when or after what, and say who or what it is of."""
    thing = _THING_FIRST.match(condition) if of_event == "after" else None
    thing = thing or _WHO_FIRST.match(condition) or (_THING_IN.match(condition) if of_event else None)
    return thing.end() if thing else 0


def behind_subject(text: str) -> re.Match[str] | None:
    """The subject of a part and the condition behind it, where there is nothing else."""
    return _BEHIND.fullmatch(text)


def behind_subject_and_verb(head: str) -> re.Match[str] | None:
    """The same of the words before a modal: 未经法定程序不得变更, but 未经培训人员不得上岗 says who."""
    found = _BEHIND.fullmatch(head)
    return found if found is None or not _LACKS.search(head) or _UNCHECKED.fullmatch(head) else None


def is_leave_by_rule(text: str) -> bool:
    """按照规定并经业主同意: all of it has to be so."""
    return _BY_RULE.fullmatch(text) is not None
