"""The stage of a finding, as far as the rooms after this one have brought it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    OPEN = "open", _("待下发")
    NOTED = "noted", _("已记录")
    ISSUED = "issued", _("已下发")
    RECEIVED = "received", _("整改中")
    ANSWERED = "answered", _("待复查")
    RETURNED = "returned", _("退回重改")
    EXTENSION = "extension", _("延期待批")
    CLOSED = "closed", _("已闭环")
    WITHDRAWN = "withdrawn", _("已撤销")


# Under an order that is not closed yet.
ORDERED_STAGES = (Stage.ISSUED, Stage.RECEIVED, Stage.ANSWERED, Stage.RETURNED, Stage.EXTENSION)
OPEN_STAGES = (Stage.OPEN, *ORDERED_STAGES)
