"""How a duty was looked at, what a requirement may lack, and how a deviation lives."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class CheckMode(TextChoices):
    """How a thing was looked at; only an itemised check by someone other than the doer closes a gap."""

    ITEMISED = "itemised", _("逐项")
    OVERALL = "overall", _("概查")
    SELF = "self", _("自查")


class Result(TextChoices):
    """What the last look at a duty found."""

    CONFORMS = "conforms", _("符合")
    FAILS = "fails", _("不符合")


class Gap(TextChoices):
    """What a 应 lacks before anybody can keep it."""

    OBJECTS = "objects", _("没有对象")
    DOER = "doer", _("没人做")
    CHECKER = "checker", _("没人查")
    CYCLE = "cycle", _("没有检查频次")


class Standing(TextChoices):
    """Where a requirement stands on a day, as the supervision gap index counts it."""

    CLOSED = "closed", _("按期查了")
    OPEN = "open", _("没有按期查")
    EVENT = "event", _("按事件")


class DeviationState(TextChoices):
    ASKED = "asked", _("待批准")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")
    ENDED = "ended", _("提前终止")


class DeviationStanding(TextChoices):
    """How a deviation stands on a day: as somebody decided, until its days are over."""

    ASKED = "asked", _("待批准")
    APPROVED = "approved", _("已批准")
    EXPIRED = "expired", _("已到期")
    REFUSED = "refused", _("未批准")
    ENDED = "ended", _("提前终止")


DEVIATION = Lifecycle(
    approve=Move((DeviationState.ASKED,), DeviationState.APPROVED),
    refuse=Move((DeviationState.ASKED,), DeviationState.REFUSED),
    end=Move((DeviationState.APPROVED,), DeviationState.ENDED),
)
