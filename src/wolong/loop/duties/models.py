"""Profiles (what an area adopts) and duties (who does what where, and who checks it), with their standing."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Organization
from wolong.loop.duties.querysets import DeviationQuerySet, DutyQuerySet
from wolong.loop.duties.states import CheckMode, DeviationStanding, DeviationState, Result
from wolong.norms.standards.models import Requirement, Standard

__all__ = ["Adoption", "CheckMode", "Deviation", "Duty", "Exclusion", "Parameter"]


class Adoption(models.Model):
    """An area adopts a standard, in whatever edition rules on the day; all adoptions together are its profile."""

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="adoptions", verbose_name=_("办公区"))
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="adoptions", verbose_name=_("标准"))
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("采用人"))
    adopted_at = models.DateTimeField(_("采用时间"))

    class Meta:
        verbose_name = _("采用的标准")
        ordering = ["area", "standard__code"]
        constraints = [models.UniqueConstraint(fields=["area", "standard"], name="adoption_once")]

    def __str__(self) -> str:
        return f"{self.area} · {self.standard}"


class Exclusion(models.Model):
    """A clause that does not apply in an area, with the reason; by number, so that it outlives editions."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="exclusions", verbose_name=_("采用的标准"))
    clause_number = models.CharField(_("条款号"), max_length=60)
    reason = models.CharField(_("理由"), max_length=300)
    excluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("排除人")
    )
    excluded_at = models.DateTimeField(_("排除时间"))

    class Meta:
        verbose_name = _("排除的条款")
        constraints = [models.UniqueConstraint(fields=["adoption", "clause_number"], name="exclusion_once")]

    def __str__(self) -> str:
        return f"{self.clause_number}: {self.reason}"


class Parameter(models.Model):
    """What an area sets for a clause itself: a check frequency, a sample, a doer or a supervising section."""

    class Key(models.TextChoices):
        CYCLE = "频次", _("频次")
        SAMPLE = "抽查", _("抽查")
        DOER = "责任", _("责任")
        CHECKER = "监督", _("监督")

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="parameters", verbose_name=_("采用的标准"))
    clause_number = models.CharField(_("条款号"), max_length=60)
    key = models.CharField(_("参数"), max_length=10, choices=Key)
    value = models.CharField(_("取值"), max_length=60)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    set_at = models.DateTimeField(_("设定时间"))

    class Meta:
        verbose_name = _("参数")
        constraints = [models.UniqueConstraint(fields=["adoption", "clause_number", "key"], name="parameter_once")]

    def __str__(self) -> str:
        return f"{self.clause_number} {self.key}={self.value}"


class Duty(models.Model):
    """A requirement on one object (a place or a piece of equipment): who does it, who checks it, since when.

    Derived from profile, contracts and estate; `doer` or `checker` is empty where nobody is named: a gap. A duty that holds
    now has no last day. The standing columns are written by later rooms through `actions.note_check / note_failure /
    note_complaint`.
    """

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="duties", verbose_name=_("办公区"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="duties", verbose_name=_("要求"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="duties", verbose_name=_("场所"))
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("设备")
    )
    object_label = models.CharField(_("对象"), max_length=200)
    line = models.ForeignKey(
        ServiceLine, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("服务线")
    )
    doer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="duties_done", verbose_name=_("责任单位")
    )
    checker = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="duties_checked", verbose_name=_("监督单位")
    )
    cycle_months = models.PositiveSmallIntegerField(_("检查周期(月)"), null=True)
    is_event_driven = models.BooleanField(_("按事件"), default=False)
    sample_percent = models.DecimalField(_("抽查比例"), max_digits=5, decimal_places=2, null=True)
    fingerprint = models.CharField(_("指纹"), max_length=64)
    valid = DateRangeField(_("有效期"))
    is_suspect = models.BooleanField(_("待重新确认"), default=False)
    last_itemised_on = models.DateField(_("上次逐项检查"), null=True, blank=True)
    last_itemised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上次检查人")
    )
    last_overall_on = models.DateField(_("上次概查"), null=True, blank=True)
    last_self_on = models.DateField(_("上次自查"), null=True, blank=True)
    last_result = models.CharField(_("上次结果"), max_length=12, choices=Result, blank=True)
    failures = models.PositiveIntegerField(_("不符合次数"), default=0)
    last_failed_on = models.DateField(_("上次不符合"), null=True, blank=True)
    complaints = models.PositiveIntegerField(_("投诉次数"), default=0)

    objects = DutyQuerySet["Duty"].as_manager()

    class Meta:
        verbose_name = _("职责")
        ordering = ["area", "requirement", "place", "equipment"]
        indexes = [
            models.Index(fields=["area", "requirement"], name="duty_area_requirement"),
            models.Index(fields=["area", "doer"], name="duty_area_doer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "requirement", "place", "equipment"],
                condition=models.Q(valid__endswith__isnull=True),
                nulls_distinct=False,
                name="duty_once_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(valid__isempty=False), name="duty_has_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement.clause.number} · {self.object_label}"

    def get_absolute_url(self) -> str:
        return reverse("duties:duty", args=[self.pk])


class Deviation(models.Model):
    """偏离: for some days one 应 need not be kept at one object by one doer; a measure takes its place, and somebody answers for it.

    `duty` is the duty as it stood when asked; what holds is matched by object, doer and the text's fingerprint
    (`querysets.at`). `valid` is given on approval and cut short when it is ended.
    """

    number = models.CharField(_("编号"), max_length=40, unique=True)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="deviations", verbose_name=_("职责"))
    state = models.CharField(_("状态"), max_length=12, choices=DeviationState, default=DeviationState.ASKED)
    reason = models.CharField(_("理由"), max_length=1000)
    measure = models.CharField(_("补偿措施"), max_length=1000)
    until_on = models.DateField(_("到期日"))
    valid = DateRangeField(_("有效期"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    decision = models.CharField(_("批准意见"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    ended_reason = models.CharField(_("终止理由"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("终止人")
    )
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)

    objects = DeviationQuerySet["Deviation"].as_manager()

    class Meta:
        verbose_name = _("偏离")
        ordering = ["-asked_at"]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{pair}_by__isnull": True, f"{pair}_at__isnull": True})
                    | models.Q(**{f"{pair}_by__isnull": False, f"{pair}_at__isnull": False}),
                    name=f"deviation_{pair}_pair",
                )
                for pair in ("decided", "ended")
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="deviation_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(valid__isnull=False)
                | ~models.Q(state__in=(DeviationState.APPROVED, DeviationState.ENDED)),
                name="deviation_approved_has_days",
            ),
            models.UniqueConstraint(
                fields=["duty"], condition=models.Q(state=DeviationState.ASKED), name="deviation_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("duties:deviation", args=[self.pk])

    def is_in_force(self, today: date) -> bool:
        return self.valid is not None and today in self.valid

    def standing_on(self, day: date) -> DeviationStanding:
        if self.state == DeviationState.APPROVED and self.valid.upper <= day:
            return DeviationStanding.EXPIRED
        return DeviationStanding(self.state)
