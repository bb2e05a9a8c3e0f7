"""How a period of appraisal lives: open, presented to those concerned, closed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class PeriodState(TextChoices):
    OPEN = "open", _("进行中")
    PRESENTED = "presented", _("待确认")
    CLOSED = "closed", _("已结账")


PERIOD = Lifecycle(
    present=Move((PeriodState.OPEN, PeriodState.PRESENTED), PeriodState.PRESENTED),
    close=Move((PeriodState.PRESENTED,), PeriodState.CLOSED),
)


class StatementState(TextChoices):
    STATED = "stated", _("待答复")
    UPHELD = "upheld", _("已采纳")
    REJECTED = "rejected", _("未采纳")


STATEMENT = Lifecycle(
    uphold=Move((StatementState.STATED,), StatementState.UPHELD),
    reject=Move((StatementState.STATED,), StatementState.REJECTED),
)
