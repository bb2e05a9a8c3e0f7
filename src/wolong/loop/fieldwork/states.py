"""Verdicts of an observation, and how a visit lives."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    CONFORMS = "conforms", _("符合")
    FAILS = "fails", _("不符合")
    NOT_APPLICABLE = "not_applicable", _("不适用")
    NOT_CHECKED = "not_checked", _("因故未检")


class VisitState(TextChoices):
    UNDER_WAY = "under_way", _("巡查中")
    SUBMITTED = "submitted", _("已提交")
