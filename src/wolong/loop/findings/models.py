"""Findings: a judgement on an observation, with the clause in force on that day."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Organization
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.fieldwork.models import Observation
from wolong.loop.findings.states import Stage
from wolong.norms.standards.models import Requirement
from wolong.norms.standards.states import Severity


class Finding(models.Model):
    """A nonconformity. `stage` and `due_on` are noted by rectification; withdrawn ones are kept and cost no points."""

    number = models.CharField(_("编号"), max_length=40, unique=True)
    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="findings", verbose_name=_("办公区"))
    observation = models.OneToOneField(Observation, models.PROTECT, related_name="finding", verbose_name=_("检查记录"))
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="findings", verbose_name=_("职责"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="findings", verbose_name=_("要求"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="findings", verbose_name=_("场所"))
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("设备")
    )
    line = models.ForeignKey(
        ServiceLine, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("服务线")
    )
    responsible = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("责任单位")
    )
    supervisor = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_supervised",
        verbose_name=_("监督单位"),
    )
    title = models.CharField(_("问题"), max_length=200)
    description = models.CharField(_("描述"), max_length=500, blank=True)
    clause_label = models.CharField(_("条款"), max_length=80)
    severity = models.CharField(_("等级"), max_length=1, choices=Severity)
    points = models.DecimalField(_("扣分"), max_digits=6, decimal_places=2, default=0)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="findings", verbose_name=_("发现人")
    )
    found_at = models.DateTimeField(_("发现时间"))
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeats", verbose_name=_("重复自")
    )
    deviation = models.ForeignKey(
        Deviation, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("偏离")
    )
    stage = models.CharField(_("状态"), max_length=12, choices=Stage, default=Stage.OPEN)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    closed_at = models.DateTimeField(_("闭环时间"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤销人")
    )
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤销理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("问题")
        ordering = ["due_on", "severity", "pk"]
        indexes = [
            models.Index(fields=["area", "stage", "due_on"], name="finding_stage"),
            models.Index(fields=["responsible", "stage", "due_on"], name="finding_responsible"),
            models.Index(fields=["duty", "found_at"], name="finding_duty"),
            models.Index(fields=["requirement", "found_at"], name="finding_requirement"),
            models.Index(fields=["-found_at"], name="finding_found"),
            models.Index(fields=["due_on", "severity", "-found_at"], name="finding_by_due"),
            models.Index(fields=["stage", "found_at"], name="finding_by_stage"),
            GinIndex(fields=["title"], name="finding_title_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="finding_withdrawn_pair",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("findings:finding", args=[self.pk])
