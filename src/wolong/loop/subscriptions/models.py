"""Receivers of other systems, what happened and waits to be told, each delivery with its attempts; calendar addresses."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.loop.subscriptions.querysets import DeliveryQuerySet, ReceiverQuerySet
from wolong.loop.subscriptions.states import PING, DeliveryState, Event


class Receiver(models.Model):
    """Another system's address. It is told of the chosen events, and of nothing that its owner may not see.

    `secret` and `old_secret` are sealed with the installation's key; they sign and are never shown again. `rests_until`
    and `failing_since` tell how it fares; `paused_at`: it failed for days.
    """

    name = models.CharField(_("名称"), max_length=80)
    address = models.CharField(_("地址"), max_length=400)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="receivers", verbose_name=_("归属人")
    )
    events = ArrayField(models.CharField(max_length=40), verbose_name=_("事件"))
    secret = models.CharField(_("密钥"), max_length=300, editable=False)
    old_secret = models.CharField(_("旧密钥"), max_length=300, blank=True, editable=False)
    old_secret_until = models.DateTimeField(_("旧密钥有效至"), null=True, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    failures = models.PositiveIntegerField(_("连续失败"), default=0)
    failing_since = models.DateTimeField(_("失败起"), null=True, blank=True)
    rests_until = models.DateTimeField(_("下次再试"), null=True, blank=True)
    paused_at = models.DateTimeField(_("暂停时间"), null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    registered_at = models.DateTimeField(_("登记时间"))

    objects = ReceiverQuerySet["Receiver"].as_manager()

    class Meta:
        verbose_name = _("接收方")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | (~Q(old_secret="") & Q(old_secret_until__isnull=False)),
                name="receiver_old_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("subscriptions:receiver", args=[self.pk])


class Happening(models.Model):
    """Something happened that a receiver wants to know of; it waits to be told to each, and is then gone."""

    id = models.UUIDField(primary_key=True, editable=False)
    event = models.CharField(_("事件"), max_length=40, choices=Event)
    subject_id = models.BigIntegerField(_("对象"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("待通知")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.event


class Delivery(models.Model):
    """One notice to one receiver: its body letter by letter, so that a repetition is the same message."""

    receiver = models.ForeignKey(Receiver, models.CASCADE, related_name="deliveries", verbose_name=_("接收方"))
    message = models.UUIDField(_("消息号"))
    event = models.CharField(_("事件"), max_length=40)
    subject_id = models.BigIntegerField(_("对象"), null=True, blank=True)
    body = models.TextField(_("正文"))
    at = models.DateTimeField(_("事件时间"))
    state = models.CharField(_("状态"), max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts_made = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    next_at = models.DateTimeField(_("下次发送"), null=True, blank=True)

    objects = DeliveryQuerySet["Delivery"].as_manager()

    class Meta:
        verbose_name = _("投递")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["receiver", "message"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_at__isnull=False) | (~Q(state="waiting") & Q(next_at__isnull=True)),
                name="delivery_waits_for_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "next_at"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["at"], name="delivery_at"),
        ]

    def __str__(self) -> str:
        return self.event_name

    def get_absolute_url(self) -> str:
        return reverse("subscriptions:delivery", args=[self.pk])

    @property
    def event_name(self) -> str:
        """The event in words."""
        return str(_("测试") if self.event == PING else Event(self.event).label)


class Attempt(models.Model):
    """One try to deliver: what was answered, how fast, or why nothing was."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts", verbose_name=_("投递"))
    at = models.DateTimeField(_("时间"))
    status = models.PositiveSmallIntegerField(_("状态码"), null=True, blank=True)
    duration_ms = models.PositiveIntegerField(_("用时"))
    answer = models.CharField(_("应答"), max_length=1024, blank=True)
    fault = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("投递尝试")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.delivery} {self.status or self.fault}"


class CalendarAddress(models.Model):
    """The address under which a person's calendar subscribes to their dates; only its hash is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address", verbose_name=_("本人")
    )
    digest = models.CharField(_("摘要"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("日历订阅地址")

    def __str__(self) -> str:
        return str(self.person)
