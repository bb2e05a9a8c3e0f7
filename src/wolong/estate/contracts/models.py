"""Suppliers' contracts and the service lines: who performs what in an area over a period, and which section supervises it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.querysets import ContractQuerySet, LineQuerySet
from wolong.estate.contracts.states import SupplyMode, TermKind
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Organization


class Contract(models.Model):
    """A service contract with a company for one area."""

    number = models.CharField(_("合同编号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="contracts", verbose_name=_("办公区"))
    supplier = models.ForeignKey(Organization, models.PROTECT, related_name="contracts", verbose_name=_("供应商"))
    valid = DateRangeField(_("期限"))
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("合同")
        ordering = ["area", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(valid__isempty=False), name="contract_has_a_period"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract", args=[self.pk])


class Term(models.Model):
    """A term of a contract by its number and words: what a payment or a deduction rests on."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="terms", verbose_name=_("合同"))
    number = models.CharField(_("条号"), max_length=40)
    kind = models.CharField(_("内容"), max_length=12, choices=TermKind)
    text = models.CharField(_("原文"), max_length=1000)

    class Meta:
        verbose_name = _("合同条款")
        ordering = ["contract", "pk"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="term_number_once")]

    def __str__(self) -> str:
        return self.number


class ServiceLine(models.Model):
    """One line of service (保洁, 电梯 …) in an area: performed by a unit, supervised by a section.

    An in-house line has no contract; the supply mode stands here and nowhere else. `root` limits it to a part of the area.
    """

    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="service_lines", verbose_name=_("办公区"))
    name = models.CharField(_("服务"), max_length=20)
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("合同")
    )
    performer = models.ForeignKey(
        Organization, models.PROTECT, related_name="performed_lines", verbose_name=_("承担单位")
    )
    supervisor = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="supervised_lines", verbose_name=_("主管科室")
    )
    mode = models.CharField(_("供给方式"), max_length=12, choices=SupplyMode)
    root = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("范围"))
    monthly_fee_yuan = models.DecimalField(_("月费"), max_digits=12, decimal_places=2, null=True, blank=True)
    valid = DateRangeField(_("期限"))

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务线")
        ordering = ["area", "name"]
        constraints = [
            # One doer for one service in one part of an area on one day; without a root it is the whole area.
            ExclusionConstraint(
                name="line_one_at_a_time",
                expressions=[
                    (F("area"), RangeOperators.EQUAL),
                    (F("name"), RangeOperators.EQUAL),
                    (Coalesce(F("root"), 0), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
                condition=Q(valid__isempty=False),
            ),
            models.CheckConstraint(
                condition=Q(monthly_fee_yuan__isnull=True) | Q(monthly_fee_yuan__gte=0), name="line_fee_not_negative"
            ),
            models.CheckConstraint(
                condition=(Q(mode="own") & Q(contract__isnull=True)) | ~Q(mode="own"), name="line_own_has_no_contract"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.performer}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:line", args=[self.pk])
