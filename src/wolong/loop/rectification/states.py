"""How an order lives: issued, received, answered, verified or returned, closed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class State(TextChoices):
    ISSUED = "issued", _("已下发")
    RECEIVED = "received", _("整改中")
    ANSWERED = "answered", _("待复查")
    RETURNED = "returned", _("退回重改")
    CLOSED = "closed", _("已闭环")
    CANCELLED = "cancelled", _("已撤销")


LIFECYCLE = Lifecycle(
    receive=Move((State.ISSUED,), State.RECEIVED),
    answer=Move((State.ISSUED, State.RECEIVED, State.RETURNED), State.ANSWERED),
    give_back=Move((State.ANSWERED,), State.RETURNED),
    accept=Move((State.ANSWERED,), State.CLOSED),
    reopen=Move((State.CLOSED,), State.RETURNED),
    cancel=Move((State.ISSUED, State.RECEIVED, State.ANSWERED, State.RETURNED), State.CANCELLED),
)
OPEN_STATES = (State.ISSUED, State.RECEIVED, State.ANSWERED, State.RETURNED)
# The responsible unit has the ball: only then does a passed deadline count against it.
OWED_STATES = (State.ISSUED, State.RECEIVED, State.RETURNED)


class Cause(TextChoices):
    PERSON = "person", _("人员")
    MACHINE = "machine", _("设备")
    MATERIAL = "material", _("物料")
    METHOD = "method", _("方法")
    ENVIRONMENT = "environment", _("环境")
    MANAGEMENT = "management", _("管理")


class ExtensionState(TextChoices):
    ASKED = "asked", _("待批")
    GRANTED = "granted", _("已准")
    REFUSED = "refused", _("未准")
    LAPSED = "lapsed", _("已失效")


EXTENSION = Lifecycle(
    grant=Move((ExtensionState.ASKED,), ExtensionState.GRANTED),
    refuse=Move((ExtensionState.ASKED,), ExtensionState.REFUSED),
    lapse=Move((ExtensionState.ASKED,), ExtensionState.LAPSED),
)


class SystemicState(TextChoices):
    ORDERED = "ordered", _("待落实")
    REPORTED = "reported", _("待验证")
    WORKED = "worked", _("验证有效")
    FAILED = "failed", _("验证无效")


SYSTEMIC = Lifecycle(
    report=Move((SystemicState.ORDERED,), SystemicState.REPORTED),
    confirm=Move((SystemicState.REPORTED,), SystemicState.WORKED),
    reject=Move((SystemicState.REPORTED,), SystemicState.FAILED),
)


class Judgement(TextChoices):
    """What the verifier said of one answer."""

    ACCEPTED = "accepted", _("通过")
    RETURNED = "returned", _("退回")
