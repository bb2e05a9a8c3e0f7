"""What other systems can be told of, and how a delivery lives."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class Event(TextChoices):
    """The name of each event as it stands in its body: the thing, a dot, what became of it."""

    FINDING_RAISED = "finding.raised", _("问题已登记")
    FINDING_WITHDRAWN = "finding.withdrawn", _("问题已撤销")
    ORDER_ISSUED = "order.issued", _("整改通知单已签发")
    ORDER_ANSWERED = "order.answered", _("整改已提交")
    ORDER_RETURNED = "order.returned", _("整改被退回")
    ORDER_ACCEPTED = "order.accepted", _("复查通过")
    ORDER_CLOSED = "order.closed", _("整改已闭环")
    ORDER_REOPENED = "order.reopened", _("回访没修好，重新整改")
    ORDER_CANCELLED = "order.cancelled", _("整改通知单已撤销")
    ORDER_OVERDUE = "order.overdue", _("整改逾期")
    PERIOD_PRESENTED = "period.presented", _("考评结果已提出")
    PERIOD_CLOSED = "period.closed", _("考评期已结账")
    REPORT_ISSUED = "report.issued", _("半年分析报告已印发")
    EDITION_IN_FORCE = "edition.in_force", _("标准版本已实施")
    NOTICE_PUBLISHED = "notice.published", _("公示件已公开")
    NOTICE_WITHDRAWN = "notice.withdrawn", _("公示件已撤下")


PING = "ping"
# One decision, two names: who accepts the answer closes the order.
ALSO = {Event.ORDER_CLOSED: (Event.ORDER_ACCEPTED,)}


class DeliveryState(TextChoices):
    WAITING = "waiting", _("待发送")
    DELIVERED = "delivered", _("已送达")
    GIVEN_UP = "given_up", _("已放弃")
    WITHHELD = "withheld", _("不再可见")


DELIVERY = Lifecycle(
    deliver=Move((DeliveryState.WAITING,), DeliveryState.DELIVERED),
    give_up=Move((DeliveryState.WAITING,), DeliveryState.GIVEN_UP),
    withhold=Move((DeliveryState.WAITING,), DeliveryState.WITHHELD),
    send_again=Move((DeliveryState.DELIVERED, DeliveryState.GIVEN_UP, DeliveryState.WITHHELD), DeliveryState.WAITING),
)
