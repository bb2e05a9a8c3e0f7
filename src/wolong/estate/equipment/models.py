"""Equipment: a card per piece, in a system, at a place. Its technical archive comes with its own issue."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.equipment.querysets import EquipmentQuerySet
from wolong.estate.equipment.states import Importance
from wolong.estate.places.models import OfficeArea, Place


class System(models.Model):
    """供配电, 给排水, 空调, 电梯, 消防, 弱电 …: the strata of a spot check; `code` as GD, GS, KT, DT, XF, RD, ZM."""

    name = models.CharField(_("系统"), max_length=20, unique=True)
    code = models.CharField(_("代号"), max_length=4, unique=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("系统")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Equipment(models.Model):
    """One piece; `kind` is the word that selectors use (客梯, 水箱, 摄像机 …)."""

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="equipment", verbose_name=_("办公区"))
    system = models.ForeignKey(System, models.PROTECT, related_name="equipment", verbose_name=_("系统"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="equipment", verbose_name=_("位置"))
    kind = models.CharField(_("类型"), max_length=20)
    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    pinyin_key = models.CharField(_("拼音"), max_length=400, blank=True, editable=False)
    model = models.CharField(_("规格型号"), max_length=80, blank=True)
    maker = models.CharField(_("生产单位"), max_length=80, blank=True)
    installed_on = models.DateField(_("投用日期"), null=True, blank=True)
    inspection_due_on = models.DateField(_("下次检验"), null=True, blank=True)
    importance = models.CharField(_("重要度"), max_length=1, choices=Importance, default=Importance.B)
    retired_on = models.DateField(_("停用"), null=True, blank=True)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("设备")
        ordering = ["area", "code"]
        indexes = [
            models.Index(fields=["area", "system", "kind"], name="equipment_kind"),
            GinIndex(fields=["name"], name="equipment_name_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(importance__in=("A", "B", "C")), name="equipment_importance_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("equipment:equipment", args=[self.pk])
