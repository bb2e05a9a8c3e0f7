"""Leave, checks and exceptions that stand behind who is meant (使用单位未经批准, 承租人经出租人同意, 学校除寒假外)."""

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
