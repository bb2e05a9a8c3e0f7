"""Half-year reports, and why the clauses that fail most do so."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.loop.analysis.rules.halves import half_words
from wolong.loop.analysis.states import ReportState, Why
from wolong.loop.rectification.models import SystemicOrder
from wolong.norms.standards.models import Proposal, Standard


class Report(models.Model):
    """半年分析报告 of one area. Its figures are computed each night until it is issued; then they stand."""

    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="reports", verbose_name=_("办公区"))
    first_on = models.DateField(_("第一天"))
    last_on = models.DateField(_("最后一天"))
    state = models.CharField(_("状态"), max_length=12, choices=ReportState, default=ReportState.DRAFT)
    figures = models.JSONField(_("数字"))
    computed_at = models.DateTimeField(_("计算时间"))
    comment = models.TextField(_("评语"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("编写人"))
    made_at = models.DateTimeField(_("编写时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("印发人")
    )
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("半年分析报告")
        ordering = ["-first_on", "area"]
        constraints = [
            models.UniqueConstraint(fields=["area", "first_on"], name="report_once"),
            models.CheckConstraint(
                condition=models.Q(issued_by__isnull=True, issued_at__isnull=True)
                | models.Q(issued_by__isnull=False, issued_at__isnull=False),
                name="report_issued_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_by__isnull=True) | ~models.Q(issued_by=models.F("made_by")),
                name="report_issued_by_another",
            ),
        ]

    def __str__(self) -> str:
        return half_words(self.first_on)

    def get_absolute_url(self) -> str:
        return reverse("analysis:report", args=[self.pk])


class Problem(models.Model):
    """A clause that failed often, gravely or again: why, and the act that the answer opened."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="problems", verbose_name=_("报告"))
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+", verbose_name=_("标准"))
    clause_number = models.CharField(_("条款号"), max_length=60)
    label = models.CharField(_("条款"), max_length=80)
    sentence = models.TextField(_("要求"))
    failures = models.PositiveIntegerField(_("次数"))
    why = models.CharField(_("为什么"), max_length=12, choices=Why, blank=True)
    remark = models.CharField(_("说明"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("回答人")
    )
    answered_at = models.DateTimeField(_("回答时间"), null=True, blank=True)
    order = models.OneToOneField(
        SystemicOrder, models.PROTECT, null=True, blank=True, related_name="problem", verbose_name=_("系统性整改单")
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="problem", verbose_name=_("修订提案")
    )

    class Meta:
        verbose_name = _("突出问题")
        ordering = ["report", "-failures", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "standard", "clause_number"], name="problem_once"),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True, answered_at__isnull=True, why="")
                | (models.Q(answered_by__isnull=False, answered_at__isnull=False) & ~models.Q(why="")),
                name="problem_answered_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(order__isnull=True) | models.Q(proposal__isnull=True), name="problem_one_act"
            ),
        ]

    def __str__(self) -> str:
        return self.label
