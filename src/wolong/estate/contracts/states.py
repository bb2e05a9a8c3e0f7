"""How a service is supplied, and what a contract's terms are about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SupplyMode(TextChoices):
    PURCHASED = "purchased", _("购买服务")
    BUDGET = "budget", _("财政拨款")
    OWN = "own", _("自主管理")


class TermKind(TextChoices):
    """What a term settles. Money is only ever suggested where a term of the contract says so."""

    PAYMENT = "payment", _("按考评付款")
    DAMAGES = "damages", _("违约金")
    OTHER = "other", _("其他")


# The services that a line may name: what a clause's 责任 says. Lines on equipment bear the system's name.
SERVICES = ("保洁", "绿化", "安保", "监控", "会议", "餐饮", "供配电", "给排水", "空调", "电梯", "消防", "弱电", "照明")
