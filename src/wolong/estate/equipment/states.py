"""The systems and kinds of equipment, in the words that selectors use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Importance(TextChoices):
    """What a failure would stop."""

    A = "A", _("A 关键")
    B = "B", _("B 重要")
    C = "C", _("C 一般")


# Code, name and the kinds that occur in it.
SYSTEMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("GD", "供配电", ("变压器", "配电柜", "发电机")),
    ("GS", "给排水", ("水箱", "水泵")),
    ("KT", "空调", ("冷水机组", "新风机组", "冷却塔")),
    ("DT", "电梯", ("客梯", "货梯")),
    ("XF", "消防", ("灭火器箱", "消防泵", "报警主机")),
    ("RD", "弱电", ("摄像机", "门禁", "UPS")),
    ("ZM", "照明", ("应急照明", "景观照明")),
)
KINDS_OF_SYSTEM = {name: kinds for _code, name, kinds in SYSTEMS}
