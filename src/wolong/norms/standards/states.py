"""How an edition lives: draft, in force, replaced."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move


class EditionState(TextChoices):
    DRAFT = "draft", _("草案")
    APPROVED = "approved", _("即将实施")
    IN_FORCE = "in_force", _("现行")
    REPLACED = "replaced", _("被代替")
    ABOLISHED = "abolished", _("废止")


class Severity(TextChoices):
    A = "A", _("重大")
    B = "B", _("严重")
    C = "C", _("一般")
    O = "O", _("观察")  # noqa: E741


class ProposalState(TextChoices):
    RAISED = "raised", _("待受理")
    ACCEPTED = "accepted", _("已受理")
    REJECTED = "rejected", _("不采纳")
    DRAFTED = "drafted", _("已起草")
    DONE = "done", _("已生效")


OPEN_PROPOSALS = (ProposalState.RAISED, ProposalState.ACCEPTED, ProposalState.DRAFTED)


class ProposalSource(TextChoices):
    """Who asks for a clause to be changed, and on what ground."""

    WORK = "work", _("做的人")
    CHECK = "check", _("查的人")
    ANALYSIS = "analysis", _("分析报告")
    DEVIATION = "deviation", _("偏离")
    OTHER = "other", _("其他")


class SheetState(TextChoices):
    """How a 考核表 comes along on its way to a draft."""

    CHOOSING = "choosing", _("待选工作表")
    OPEN = "open", _("整理中")
    DRAFTED = "drafted", _("已起草")
    DROPPED = "dropped", _("不用了")


class RowState(TextChoices):
    OPEN = "open", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    LEFT_OUT = "left_out", _("不要")


SHEET = Lifecycle(
    choose=Move((SheetState.CHOOSING,), SheetState.OPEN),
    draft=Move((SheetState.OPEN,), SheetState.DRAFTED),
    drop=Move((SheetState.CHOOSING, SheetState.OPEN), SheetState.DROPPED),
)
PROPOSAL = Lifecycle(
    accept=Move((ProposalState.RAISED,), ProposalState.ACCEPTED),
    reject=Move((ProposalState.RAISED, ProposalState.ACCEPTED), ProposalState.REJECTED),
    draft=Move((ProposalState.ACCEPTED, ProposalState.DRAFTED), ProposalState.DRAFTED),
    complete=Move((ProposalState.DRAFTED,), ProposalState.DONE),
)
LIFECYCLE = Lifecycle(
    approve=Move((EditionState.DRAFT,), EditionState.APPROVED),
    bring_into_force=Move((EditionState.APPROVED,), EditionState.IN_FORCE),
    replace=Move((EditionState.IN_FORCE,), EditionState.REPLACED),
    abolish=Move((EditionState.IN_FORCE,), EditionState.ABOLISHED),
)
