"""A month's plan, its rounds and check items, what does not fit, and the draws behind spot checks."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.equipment.models import System
from wolong.estate.places.models import OfficeArea, Place
from wolong.loop.duties.models import Duty
from wolong.loop.plans.querysets import DrawQuerySet, ItemQuerySet, PlanQuerySet, RoundQuerySet
from wolong.loop.plans.states import ItemState, RoundKind, RoundState, SeedPart
from wolong.norms.standards.models import Requirement


class MethodMinutes(models.Model):
    """How long one check of a method takes, in an area (or everywhere, where no area is named)."""

    area = models.ForeignKey(OfficeArea, models.CASCADE, null=True, blank=True, verbose_name=_("办公区"))
    method = models.CharField(_("检查方法"), max_length=10)
    minutes = models.DecimalField(_("分钟"), max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = _("检查用时")
        constraints = [
            models.UniqueConstraint(fields=["area", "method"], nulls_distinct=False, name="method_minutes_once")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.minutes}"


class InspectorHours(models.Model):
    """The hours an inspector has for rounds in a month; without `month` (first day), the usual figure."""

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="inspector_hours", verbose_name=_("办公区"))
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="inspector_hours", verbose_name=_("巡查员")
    )
    month = models.DateField(_("月份"), null=True, blank=True)
    hours = models.DecimalField(_("小时"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("巡查工时")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "inspector", "month"], nulls_distinct=False, name="inspector_hours_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspector} {self.hours}"


class Plan(models.Model):
    """One area's month, compiled within the inspectors' hours; `inputs_hash` says from what."""

    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="plans", verbose_name=_("办公区"))
    month = models.DateField(_("月份"))
    budget_minutes = models.PositiveIntegerField(_("可用分钟"), default=0)
    planned_minutes = models.PositiveIntegerField(_("已排分钟"), default=0)
    reserved_minutes = models.PositiveIntegerField(_("留给抽样的分钟"), default=0)
    inputs_hash = models.CharField(_("输入校验值"), max_length=64, blank=True)
    compiled_at = models.DateTimeField(_("编排时间"))
    compiled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("编排人")
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("月计划")
        ordering = ["-month", "area"]
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="plan_once_a_month")]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.pk])


class Seed(models.Model):
    """One part of a seed, given by one person for the draws of one turn; shown as a commitment until both are given."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="seeds", verbose_name=_("月计划"))
    turn = models.PositiveSmallIntegerField(_("次"), default=1)
    part = models.CharField(_("段"), max_length=1, choices=SeedPart)
    value = models.CharField(_("种子"), max_length=64)
    salt = models.CharField(_("盐值"), max_length=64)
    commitment = models.CharField(_("承诺值"), max_length=64)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提供人"))
    given_at = models.DateTimeField(_("提供时间"))

    class Meta:
        verbose_name = _("抽样种子")
        ordering = ["plan", "turn", "part"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "turn", "part"], name="seed_part_once"),
            models.UniqueConstraint(fields=["plan", "turn", "given_by"], name="seed_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.get_part_display()}"


class Draw(models.Model):
    """A sample of one stratum, replayable for ever: frozen population, a seed by two people, a named algorithm.

    It is prepared when the month is compiled (the population is frozen) and drawn when both parts of its turn's seed
    are given. A re-draw points to the one it replaces and gives its reason; what was drawn is never changed or deleted.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="draws", verbose_name=_("月计划"))
    turn = models.PositiveSmallIntegerField(_("次"), default=1)
    key = models.CharField(_("层代号"), max_length=40)
    stratum = models.CharField(_("层"), max_length=160)
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, null=True, blank=True, related_name="draws", verbose_name=_("要求")
    )
    system = models.ForeignKey(
        System, models.PROTECT, null=True, blank=True, related_name="draws", verbose_name=_("系统")
    )
    algorithm = models.CharField(_("算法"), max_length=40)
    population = models.JSONField(_("名录"))
    population_hash = models.CharField(_("名录校验值"), max_length=64)
    size = models.PositiveIntegerField(_("样本量"))
    prepared_at = models.DateTimeField(_("冻结时间"))
    seed_a = models.ForeignKey(Seed, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("种子一"))
    seed_b = models.ForeignKey(Seed, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("种子二"))
    sample = models.JSONField(_("样本"), null=True, blank=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("代替")
    )
    reason = models.CharField(_("重抽理由"), max_length=200, blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽样")
        ordering = ["plan", "stratum", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key", "turn"], name="draw_once_a_turn"),
            models.CheckConstraint(
                condition=models.Q(sample__isnull=True, drawn_at__isnull=True, seed_a__isnull=True, seed_b__isnull=True)
                | models.Q(sample__isnull=False, drawn_at__isnull=False, seed_a__isnull=False, seed_b__isnull=False),
                name="draw_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True) | ~models.Q(reason=""), name="draw_again_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.stratum

    def get_absolute_url(self) -> str:
        return reverse("plans:draw", args=[self.pk])

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None


class Round(models.Model):
    """One 巡查: a walk by one inspector through places in order, due by a day."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rounds", verbose_name=_("月计划"))
    area = models.ForeignKey(OfficeArea, models.CASCADE, related_name="rounds", verbose_name=_("办公区"))
    number = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("种类"), max_length=12, choices=RoundKind)
    state = models.CharField(_("状态"), max_length=12, choices=RoundState, default=RoundState.PLANNED)
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="rounds", verbose_name=_("巡查员")
    )
    starts_on = models.DateField(_("开始"))
    due_on = models.DateField(_("截止"))
    minutes = models.PositiveIntegerField(_("预计分钟"), default=0)
    cancelled_reason = models.CharField(_("取消原因"), max_length=120, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("巡查")
        ordering = ["-due_on", "number"]
        indexes = [models.Index(fields=["inspector", "state"], name="round_inspector")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:round", args=[self.pk])


class CheckItem(models.Model):
    """One thing to look at in a round: a duty at its place, with the requirement as it stood when planned."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="items", verbose_name=_("巡查"))
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="items", verbose_name=_("职责"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="items", verbose_name=_("要求"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="items", verbose_name=_("场所"))
    position = models.PositiveIntegerField(_("次序"))
    minutes = models.DecimalField(_("预计分钟"), max_digits=5, decimal_places=1)
    reason = models.CharField(_("列入原因"), max_length=60, blank=True)
    reads_log = models.BooleanField(_("抽看作业记录"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=ItemState, default=ItemState.PENDING)
    superseded_reason = models.CharField(_("作废原因"), max_length=120, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查项")
        ordering = ["round", "position"]
        constraints = [models.UniqueConstraint(fields=["round", "duty"], name="item_once_a_round")]
        indexes = [models.Index(fields=["place", "round"], name="item_place")]

    def __str__(self) -> str:
        return f"{self.requirement} · {self.duty.object_label}"


class Omission(models.Model):
    """本期查不到: duties of one requirement that do not fit into the month, and the minutes they would take."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="omissions", verbose_name=_("月计划"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+", verbose_name=_("要求"))
    duties = models.PositiveIntegerField(_("处数"))
    minutes = models.DecimalField(_("所需分钟"), max_digits=9, decimal_places=1)
    reason = models.CharField(_("原因"), max_length=120)

    class Meta:
        verbose_name = _("本期查不到")
        ordering = ["-minutes", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "requirement"], name="omission_once")]

    def __str__(self) -> str:
        return f"{self.requirement} × {self.duties}"
