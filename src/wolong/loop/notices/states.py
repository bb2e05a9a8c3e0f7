"""How a notice lives: drafted, submitted, published or returned, withdrawn."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class State(TextChoices):
    DRAFT = "draft", _("拟稿")
    SUBMITTED = "submitted", _("待审")
    RETURNED = "returned", _("退回")
    PUBLISHED = "published", _("已公示")
    WITHDRAWN = "withdrawn", _("已撤回")


LIFECYCLE = Lifecycle(
    revise=Move((State.DRAFT, State.RETURNED), State.DRAFT),
    submit=Move((State.DRAFT, State.RETURNED), State.SUBMITTED),
    give_back=Move((State.SUBMITTED,), State.RETURNED),
    approve=Move((State.SUBMITTED,), State.PUBLISHED),
    withdraw=Move((State.PUBLISHED,), State.WITHDRAWN),
)
MARKABLE_STATES = (State.DRAFT, State.RETURNED, State.SUBMITTED)
# What the company concerned is told of, and what it goes on seeing.
TOLD_STATES = (State.SUBMITTED, State.PUBLISHED, State.WITHDRAWN)


class Kind(TextChoices):
    STANDARD = "standard", _("标准")
    SCORE = "score", _("考评结果")
    NOTE = "note", _("通知")


class Hidden(TextChoices):
    """Kinds of words that are hidden; the label stands in the visible mark. Where two overlap, the first of these names them."""

    IDENTITY = "identity", _("证件号码")
    NAME = "name", _("姓名")
    MOBILE = "mobile", _("手机号码")
    LANDLINE = "landline", _("电话号码")
    EMAIL = "email", _("邮箱")
    PLATE = "plate", _("车牌号")
    ROOM = "room", _("场所")
    OTHER = "other", _("其他")


# What an approver may show after all, with a reason: a hotline, a word that only looks like a name.
LIFTABLE = (Hidden.NAME, Hidden.LANDLINE, Hidden.PLATE, Hidden.ROOM, Hidden.OTHER)
# What a person may mark beyond what the rule finds.
BY_HAND = (Hidden.NAME, Hidden.ROOM, Hidden.OTHER)
