"""Visits and observations: what was seen, by whom, when, with what evidence. Facts only."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.files.models import Evidence
from wolong.language.numerals import shown
from wolong.language.wording import unit_words
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.querysets import ObservationQuerySet, VisitQuerySet
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.plans.models import CheckItem, Round


class Visit(models.Model):
    """A round being done by one person; submitted once, together with the companion's word (陪同确认)."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="visit", verbose_name=_("巡查"))
    state = models.CharField(_("状态"), max_length=12, choices=VisitState, default=VisitState.UNDER_WAY)
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits", verbose_name=_("巡查员")
    )
    started_at = models.DateTimeField(_("开始时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    companion_name = models.CharField(_("陪同人"), max_length=60, blank=True)
    companion_unit = models.CharField(_("陪同单位"), max_length=120, blank=True)
    companion_agrees = models.BooleanField(_("陪同人确认"), null=True, blank=True)
    companion_remark = models.CharField(_("陪同人意见"), max_length=500, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("巡查记录")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=VisitState.UNDER_WAY, submitted_at__isnull=True)
                | models.Q(state=VisitState.SUBMITTED, submitted_at__isnull=False),
                name="visit_submitted_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}"

    def get_absolute_url(self) -> str:
        return reverse("fieldwork:visit", args=[self.pk])


class Observation(models.Model):
    """One fact: the requirement in force, the object, the verdict, the reading, the evidence.

    `readings` holds one map per measure: measure_index, typed, value, unit, conforms, sentence. The columns `value`,
    `unit` and `measure_index` are those of the reading that decided. A 禁拍 place has a name signed, no photographs.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="observations", verbose_name=_("巡查记录"))
    item = models.OneToOneField(CheckItem, models.PROTECT, related_name="observation", verbose_name=_("检查项"))
    verdict = models.CharField(_("判定"), max_length=16, choices=Verdict)
    mode = models.CharField(_("方式"), max_length=10, choices=CheckMode)
    value = models.DecimalField(_("实测值"), max_digits=14, decimal_places=4, null=True, blank=True)
    value_as_typed = models.CharField(_("录入的实测值"), max_length=60, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    measure_index = models.PositiveSmallIntegerField(_("指标序"), null=True, blank=True)
    readings = models.JSONField(_("全部读数"), default=list)
    signed_name = models.CharField(_("现场签认人"), max_length=60, blank=True)
    remark = models.CharField(_("说明"), max_length=500, blank=True)
    override_reason = models.CharField(_("改判理由"), max_length=200, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="observations", verbose_name=_("证据"))
    observed_at = models.DateTimeField(_("时间"))
    observed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations", verbose_name=_("巡查员")
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查记录")
        ordering = ["visit", "item__position"]

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"

    @property
    def reading_words(self) -> str:
        """The reading that decided, as people write it: 0.42 mg/m³."""
        return f"{shown(self.value)} {unit_words(self.unit)}".rstrip() if self.value is not None else ""


class Receipt(models.Model):
    """A command from the field that was carried out; when it arrives again, the first answer is given again."""

    client_id = models.UUIDField(_("客户端编号"), unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="receipts", verbose_name=_("巡查记录"))
    verb = models.CharField(_("动作"), max_length=20)
    subject_id = models.BigIntegerField(_("对象编号"))
    received_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = _("回执")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.client_id}"
