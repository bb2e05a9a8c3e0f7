"""How a half-year report lives, and why clauses fail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class ReportState(TextChoices):
    DRAFT = "draft", _("编写中")
    ISSUED = "issued", _("已印发")


class Why(TextChoices):
    """The one reason that matters most; each opens its own act."""

    EXECUTION = "execution", _("执行")
    CONTRACT = "contract", _("合同")
    TRAINING = "training", _("培训")
    RESOURCES = "resources", _("资源")
    CLAUSE = "clause", _("条款本身")


LIFECYCLE = Lifecycle(issue=Move((ReportState.DRAFT,), ReportState.ISSUED))
