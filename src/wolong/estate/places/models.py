"""The office area and its places, one tree: area, building, floor, room; and the imports that fill it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.places import states
from wolong.estate.places.querysets import AreaQuerySet, ImportQuerySet, PlaceQuerySet
from wolong.ground.people.models import Organization


class OfficeArea(models.Model):
    """A 集中办公区 with the centre that answers for it; `code` stands in every number (ZG-2026-WLS-0147)."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    code = models.CharField(_("代号"), max_length=6, unique=True)
    centre = models.ForeignKey(Organization, models.PROTECT, related_name="areas", verbose_name=_("服务中心"))
    area_m2 = models.DecimalField(_("面积"), max_digits=12, decimal_places=2, null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("办公区")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{2,6}$"), name="area_code_is_capitals"),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="area_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:area", args=[self.pk])


class Place(models.Model):
    """A node of an area's tree. Each area has one root place, so that everything looked after stands at a place.

    `path` is `/1/7/31/`, ids from the root; `kind` is the word that selectors use (大厅, 卫生间, 配电室 …).
    `walk_order` is the place's turn on a round through the whole area.
    """

    Level = states.Level

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="places", verbose_name=_("办公区"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(_("路径"), max_length=200, blank=True, editable=False)
    level = models.CharField(_("层级"), max_length=10, choices=states.Level)
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

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("场所")
        ordering = ["area", "walk_order", "pk"]
        indexes = [
            models.Index(fields=["path"], name="place_path", opclasses=["text_pattern_ops"]),
            models.Index(fields=["area", "kind"], name="place_kind"),
            models.Index(fields=["area", "walk_order", "id"], name="place_walk"),
            GinIndex(fields=["full_name"], name="place_name_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True, level="area") | (Q(parent__isnull=False) & ~Q(level="area")),
                name="place_root_is_the_area",
            ),
            models.UniqueConstraint(fields=["area"], condition=Q(level="area"), name="place_one_root"),
            models.CheckConstraint(
                condition=~Q(level="floor") | Q(floor_number__isnull=False), name="place_floor_has_a_number"
            ),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="place_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("places:place", args=[self.pk])

    @property
    def is_public_area(self) -> bool:
        """Whether a clause about 公共区域 applies here."""
        return self.kind in states.PUBLIC_KINDS


class ImportJob(models.Model):
    """A sheet of places or of equipment on its way in: read, shown, confirmed, written as a whole or not at all.

    `kind` names who reads it (places, equipment; people and units, which are of no area); the bytes lie on disk under
    `sha256`.
    """

    State = states.ImportState

    kind = models.CharField(_("内容"), max_length=20)
    area = models.ForeignKey(
        OfficeArea, models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("办公区")
    )
    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("校验值"), max_length=64)
    size = models.PositiveBigIntegerField(_("字节数"))
    state = models.CharField(_("状态"), max_length=10, choices=states.ImportState, default=states.ImportState.WAITING)
    rows_total = models.PositiveIntegerField(_("行数"), default=0)
    rows_done = models.PositiveIntegerField(_("已处理"), default=0)
    stage = models.CharField(_("阶段"), max_length=20, blank=True)
    counts = models.JSONField(_("统计"), default=dict)
    preview = models.JSONField(_("预览"), default=list)
    faults = models.JSONField(_("错误"), default=list)
    sentence = models.CharField(_("说明"), max_length=300, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="import_confirmed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("places:import", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state in {states.ImportState.WAITING, states.ImportState.READING, states.ImportState.APPLYING}
