"""Kinds of round, and how rounds and their items live."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class RoundKind(TextChoices):
    MONTHLY = "monthly", _("月度巡查")
    QUARTERLY = "quarterly", _("季度抽查")
    SPECIAL = "special", _("专项检查")
    UNPLANNED = "unplanned", _("随查")


class SeedPart(TextChoices):
    A = "a", _("种子一")
    B = "b", _("种子二")


class RoundState(TextChoices):
    PLANNED = "planned", _("待巡查")
    UNDER_WAY = "under_way", _("巡查中")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", _("已取消")


class ItemState(TextChoices):
    PENDING = "pending", _("待查")
    DONE = "done", _("已查")
    SUPERSEDED = "superseded", _("已作废")


ROUND = Lifecycle(
    start=Move((RoundState.PLANNED,), RoundState.UNDER_WAY),
    complete=Move((RoundState.PLANNED, RoundState.UNDER_WAY), RoundState.DONE),
    cancel=Move((RoundState.PLANNED,), RoundState.CANCELLED),
)
OPEN_ROUNDS = (RoundState.PLANNED, RoundState.UNDER_WAY)
