"""Schemes, periods, one sheet per contract or in-house unit, its frozen scores, and what those concerned state."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.models import Contract
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.loop.appraisal.rules.scheme import Table, from_json
from wolong.loop.appraisal.states import PeriodState, StatementState
from wolong.loop.findings.models import Finding


class Scheme(models.Model):
    """考评办法 in one version: chapters, weights, bands. A version never changes; a change makes the next one."""

    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="schemes", verbose_name=_("办公区"))
    name = models.CharField(_("名称"), max_length=40)
    version = models.PositiveSmallIntegerField(_("版本"))
    table = models.JSONField(_("内容"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("制定人")
    )
    made_at = models.DateTimeField(_("制定时间"))

    class Meta:
        verbose_name = _("考评办法")
        ordering = ["area", "name", "-version"]
        constraints = [models.UniqueConstraint(fields=["area", "name", "version"], name="scheme_version_once")]

    def __str__(self) -> str:
        return f"{self.name}第 {self.version} 版"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:scheme", args=[self.pk])

    @property
    def content(self) -> Table:
        return from_json(self.table)


class Period(models.Model):
    """A quarter of one area: its sheets are presented together, and closed together by the chair."""

    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="periods", verbose_name=_("办公区"))
    first_on = models.DateField(_("第一天"))
    last_on = models.DateField(_("最后一天"))
    state = models.CharField(_("状态"), max_length=12, choices=PeriodState, default=PeriodState.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("开启人")
    )
    opened_at = models.DateTimeField(_("开启时间"))
    presented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出人")
    )
    presented_at = models.DateTimeField(_("提出时间"), null=True, blank=True)
    answer_by_on = models.DateField(_("陈述截止"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结账人")
    )
    closed_at = models.DateTimeField(_("结账时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("考评期")
        ordering = ["-first_on", "area"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="period_has_days"),
            ExclusionConstraint(
                name="period_one_at_a_time",
                expressions=[
                    (F("area"), RangeOperators.EQUAL),
                    (
                        Func(F("first_on"), F("last_on"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{pair}_by__isnull": True, f"{pair}_at__isnull": True})
                    | Q(**{f"{pair}_by__isnull": False, f"{pair}_at__isnull": False}),
                    name=f"period_{pair}_pair",
                )
                for pair in ("presented", "closed")
            ),
        ]

    def __str__(self) -> str:
        return _("%(year)d 年第 %(quarter)d 季度") % {
            "year": self.first_on.year,
            "quarter": (self.first_on.month + 2) // 3,
        }

    def get_absolute_url(self) -> str:
        return reverse("appraisal:period", args=[self.pk])


class Sheet(models.Model):
    """One score: a contract in a period, or a unit of the centre's own. The scheme is locked when the period opens."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="sheets", verbose_name=_("考评期"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="sheets", verbose_name=_("考评办法"))
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="sheets", verbose_name=_("单位"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name=_("合同")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("考评表")
        ordering = ["-period__first_on", "unit__pinyin_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit", "contract"], nulls_distinct=False, name="sheet_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="sheet_confirmed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:sheet", args=[self.pk])


class Score(models.Model):
    """A frozen score: what it was computed from, its hash, and the result. The database refuses to change or delete one."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="scores", verbose_name=_("考评表"))
    version = models.PositiveSmallIntegerField(_("次"))
    inputs = models.JSONField(_("依据"))
    inputs_hash = models.CharField(_("校验值"), max_length=64)
    result = models.JSONField(_("结果"))
    total = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(_("等次"), max_length=20, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("冻结人")
    )
    frozen_at = models.DateTimeField(_("冻结时间"))

    class Meta:
        verbose_name = _("得分")
        ordering = ["sheet", "-version"]
        constraints = [models.UniqueConstraint(fields=["sheet", "version"], name="score_version_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.total if self.total is not None else _('未检查')}"


class Statement(models.Model):
    """陈述申辩: what the unit says of its sheet, or of one finding on it, and what the chair decides."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="statements", verbose_name=_("考评表"))
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("问题")
    )
    state = models.CharField(_("状态"), max_length=12, choices=StatementState, default=StatementState.STATED)
    text = models.CharField(_("陈述"), max_length=1000)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("陈述人"))
    stated_at = models.DateTimeField(_("陈述时间"))
    reply = models.CharField(_("答复"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("陈述")
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "finding"],
                condition=Q(finding__isnull=False),
                name="statement_one_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="statement_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("stated_by")),
                name="statement_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
