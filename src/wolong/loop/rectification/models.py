"""Orders to put a finding right, their answers, extensions, escalations and follow-up visits."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.files.models import Evidence
from wolong.ground.people.models import Organization
from wolong.loop.findings.models import Finding
from wolong.loop.rectification.states import Cause, ExtensionState, Judgement, State, SystemicState


class Order(models.Model):
    """整改通知单: one finding, one responsible unit, one last day. Its history stands in the ledger.

    `counted_from` is the moment from which the term runs; `is_due_computed` tells a deadline that follows from the term,
    and so from the calendar, from one that somebody set.
    """

    number = models.CharField(_("编号"), max_length=40, unique=True)
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="order", verbose_name=_("问题"))
    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="orders", verbose_name=_("办公区"))
    responsible = models.ForeignKey(Organization, models.PROTECT, related_name="orders", verbose_name=_("责任单位"))
    supervisor = models.ForeignKey(
        Organization, models.PROTECT, related_name="orders_supervised", verbose_name=_("监督单位")
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.ISSUED)
    demand = models.CharField(_("整改要求"), max_length=500, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签发人"))
    issued_at = models.DateTimeField(_("签发时间"))
    due_on = models.DateField(_("期限"))
    counted_from = models.DateTimeField(_("期限起算"))
    is_due_computed = models.BooleanField(_("按期限推算"), default=True)
    is_due_provisional = models.BooleanField(_("暂定"), default=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签收人")
    )
    received_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("整改人")
    )
    answered_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复查人")
    )
    closed_at = models.DateTimeField(_("闭环时间"), null=True, blank=True)
    times_returned = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    escalation = models.PositiveSmallIntegerField(_("逾期升级"), default=0)
    reminded_on = models.DateField(_("催办日期"), null=True, blank=True)
    watched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("挂牌督办人")
    )
    watched_at = models.DateTimeField(_("挂牌时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("整改通知单")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["area", "state", "due_on"], name="order_state"),
            models.Index(fields=["responsible", "state", "due_on"], name="order_responsible"),
            models.Index(fields=["supervisor", "state", "due_on"], name="order_supervisor"),
            models.Index(fields=["state", "closed_at"], name="order_closed"),
            models.Index(fields=["due_on", "-id"], name="order_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{pair}_by__isnull": True, f"{pair}_at__isnull": True})
                | models.Q(**{f"{pair}_by__isnull": False, f"{pair}_at__isnull": False}),
                name=f"order_{pair}_pair",
            )
            for pair in ("received", "answered", "closed", "watched")
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("rectification:order", args=[self.pk])


class Answer(models.Model):
    """What the responsible unit did: cause, measure, proof. One per attempt; a returned one is kept."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="answers", verbose_name=_("通知单"))
    cause_kind = models.CharField(_("原因类别"), max_length=12, choices=Cause)
    cause = models.CharField(_("原因"), max_length=500)
    measure = models.CharField(_("措施"), max_length=500)
    value = models.DecimalField(_("自测值"), max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="answers", verbose_name=_("证据"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("整改人")
    )
    answered_at = models.DateTimeField(_("提交时间"))
    verdict = models.CharField(_("复查结论"), max_length=10, choices=Judgement, blank=True)
    remark = models.CharField(_("复查意见"), max_length=500, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复查人")
    )
    judged_at = models.DateTimeField(_("复查时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("整改答复")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(judged_by__isnull=True) | ~models.Q(judged_by=models.F("answered_by")),
                name="answer_judge_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(judged_by__isnull=True, judged_at__isnull=True)
                | models.Q(judged_by__isnull=False, judged_at__isnull=False),
                name="answer_judged_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.measure}"


class Extension(models.Model):
    """A request for more time, and what became of it."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="extensions", verbose_name=_("通知单"))
    state = models.CharField(_("状态"), max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    until = models.DateField(_("申请延至"))
    reason = models.CharField(_("理由"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审批人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decision = models.CharField(_("审批意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("延期申请")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(state=ExtensionState.ASKED), name="extension_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="extension_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} → {self.until}"


class FollowUp(models.Model):
    """回访: what the user of the place says after closure; 没修好 reopens the order."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="follow_ups", verbose_name=_("通知单"))
    is_fixed = models.BooleanField(_("修好了"))
    said_by = models.CharField(_("受访人"), max_length=60)
    remark = models.CharField(_("意见"), max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("回访人"))
    asked_at = models.DateTimeField(_("回访时间"))

    class Meta:
        verbose_name = _("回访")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order} {self.said_by}"


class SystemicOrder(models.Model):
    """系统性整改单: what let a clause fail again and again is put right by one unit by a day, and verified half a year later."""

    number = models.CharField(_("编号"), max_length=40, unique=True)
    area = models.ForeignKey(OfficeArea, models.PROTECT, related_name="systemic_orders", verbose_name=_("办公区"))
    title = models.CharField(_("题目"), max_length=200)
    demand = models.CharField(_("要求"), max_length=1000)
    owner = models.ForeignKey(Organization, models.PROTECT, related_name="systemic_orders", verbose_name=_("责任单位"))
    due_on = models.DateField(_("期限"))
    state = models.CharField(_("状态"), max_length=12, choices=SystemicState, default=SystemicState.ORDERED)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签发人"))
    issued_at = models.DateTimeField(_("签发时间"))
    account = models.CharField(_("落实情况"), max_length=1000, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报告人")
    )
    reported_at = models.DateTimeField(_("报告时间"), null=True, blank=True)
    verdict = models.CharField(_("验证意见"), max_length=1000, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("验证人")
    )
    verified_at = models.DateTimeField(_("验证时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("系统性整改单")
        ordering = ["due_on", "pk"]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{pair}_by__isnull": True, f"{pair}_at__isnull": True})
                    | models.Q(**{f"{pair}_by__isnull": False, f"{pair}_at__isnull": False}),
                    name=f"systemic_{pair}_pair",
                )
                for pair in ("reported", "verified")
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by__isnull=True) | ~models.Q(verified_by=models.F("reported_by")),
                name="systemic_verified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("rectification:systemic", args=[self.pk])
