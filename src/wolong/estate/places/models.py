"""The office area and its places, one tree: area, building, floor, room."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.people.models import Organization


class OfficeArea(models.Model):
    """A 集中办公区 with the centre that answers for it; `code` stands in every number (ZG-2026-WLS-0147)."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    code = models.CharField(_("代号"), max_length=6, unique=True)
    centre = models.ForeignKey(Organization, models.PROTECT, related_name="areas", verbose_name=_("服务中心"))
    area_m2 = models.DecimalField(_("面积"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("办公区")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:area", args=[self.pk])


class Place(models.Model):
    """A node of an area's tree. Each area has one root place, so that everything looked after stands at a place.

    `path` is `/1/7/31/`, ids from the root; `kind` is the word that selectors use (大厅, 卫生间, 配电室 …).
    """

    class Level(models.TextChoices):
        AREA = "area", _("办公区")
        BUILDING = "building", _("楼栋")
        FLOOR = "floor", _("楼层")
        ROOM = "room", _("房间")

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="places", verbose_name=_("办公区"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(_("路径"), max_length=200, blank=True, editable=False)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    kind = models.CharField(_("类型"), max_length=20)
    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    full_name = models.CharField(_("全称"), max_length=200)
    pinyin_key = models.CharField(_("拼音"), max_length=400, blank=True, editable=False)
    floor_number = models.SmallIntegerField(_("楼层"), null=True, blank=True)
    area_m2 = models.DecimalField(_("面积"), max_digits=10, decimal_places=2, null=True, blank=True)
    user_unit = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("使用单位")
    )
    is_no_photo = models.BooleanField(_("禁拍"), default=False)
    is_not_public = models.BooleanField(_("不公开"), default=False)
    walk_order = models.PositiveIntegerField(_("行走次序"), default=0)
    retired_on = models.DateField(_("停用"), null=True, blank=True)

    class Meta:
        verbose_name = _("场所")
        ordering = ["area", "walk_order", "pk"]
        indexes = [
            models.Index(fields=["path"], name="place_path", opclasses=["text_pattern_ops"]),
            models.Index(fields=["area", "kind"], name="place_kind"),
            GinIndex(fields=["full_name"], name="place_name_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("places:place", args=[self.pk])
