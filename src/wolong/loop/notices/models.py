"""The open window of a unit, and what was, is or shall be seen in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.people.models import Organization
from wolong.loop.notices.rules.days import ANSWER_WORKDAYS
from wolong.loop.notices.states import Hidden, Kind, State


class Window(models.Model):
    """公示窗口 of a centre or of the bureau: shut unless its head opened it; what it publishes shows only while it is open."""

    unit = models.OneToOneField(Organization, models.PROTECT, related_name="window", verbose_name=_("单位"))
    is_open = models.BooleanField(_("对外开放"), default=False)
    answer_workdays = models.PositiveSmallIntegerField(_("企业陈述期限（工作日）"), default=ANSWER_WORKDAYS)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设置人"))
    set_at = models.DateTimeField(_("设置时间"))

    class Meta:
        verbose_name = _("公示窗口")
        ordering = ["unit__path"]
        constraints = [models.CheckConstraint(condition=Q(answer_workdays__gt=0), name="window_days_to_answer")]

    def __str__(self) -> str:
        return str(self.unit)

    def get_absolute_url(self) -> str:
        return reverse("notices:windows")


_PAIRS = ("submitted", "answered", "returned", "published", "withdrawn")


class Notice(models.Model):
    """公示件: what shall be public, by value. `original` stays inside; `title` and `body` are what the public may see.

    `source_key` names the thing it was frozen from, for its provider alone; `number` is the only thing that names the
    notice outside. `told_at` is when the company concerned was told, `answer_due_on` its last day to answer.
    """

    window = models.ForeignKey(Window, models.PROTECT, related_name="notices", verbose_name=_("公示窗口"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField(_("公示号"), max_length=24, unique=True, null=True, editable=False)  # noqa: DJ001 - unique once given
    provider = models.CharField(_("来源"), max_length=30, blank=True)
    source_key = models.CharField(_("来源件"), max_length=60, blank=True)
    facts = models.JSONField(_("说明"), default=list)
    original_title = models.CharField(_("原题"), max_length=200)
    original = models.JSONField(_("原文"), default=list)
    title = models.CharField(_("标题"), max_length=400)
    body = models.JSONField(_("公开文本"), default=list)
    text = models.TextField(_("检索文本"), blank=True, editable=False)
    clauses = models.PositiveIntegerField(_("条数"), default=0)
    reference = models.CharField(_("文号"), max_length=120, blank=True)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    concerns = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("涉及企业")
    )
    told_at = models.DateTimeField(_("告知时间"), null=True, blank=True)
    is_told_before = models.BooleanField(_("此前已告知"), default=False)
    answer_due_on = models.DateField(_("陈述截止"), null=True, blank=True)
    answer = models.CharField(_("企业陈述"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("陈述人")
    )
    answered_at = models.DateTimeField(_("陈述时间"), null=True, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("拟稿人"))
    drafted_at = models.DateTimeField(_("拟稿时间"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("送审人")
    )
    submitted_at = models.DateTimeField(_("送审时间"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("退回人")
    )
    returned_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    return_reason = models.CharField(_("退回理由"), max_length=500, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    published_at = models.DateTimeField(_("公示时间"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤回人")
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdraw_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("公示件")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["window", "state", "-id"], name="notice_state"),
            models.Index(fields=["state", "kind", "-published_at"], name="notice_public"),
            models.Index(fields=["concerns", "state"], name="notice_concerns"),
        ]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{pair}_by__isnull": True, f"{pair}_at__isnull": True})
                    | Q(**{f"{pair}_by__isnull": False, f"{pair}_at__isnull": False}),
                    name=f"notice_{pair}_pair",
                )
                for pair in _PAIRS
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("drafted_by")),
                name="notice_approver_is_not_author",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.PUBLISHED, State.WITHDRAWN))
                | Q(published_at__isnull=False, number__isnull=False),
                name="notice_public_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
                name="notice_withdrawn_says_why",
            ),
            models.UniqueConstraint(
                fields=["window", "provider", "source_key"],
                condition=Q(state__in=(State.DRAFT, State.SUBMITTED, State.RETURNED, State.PUBLISHED))
                & ~Q(provider=""),
                name="notice_one_of_a_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notices:notice", args=[self.pk])


class Mark(models.Model):
    """Words marked by hand to be hidden, or words that an approver shows after all: `is_lifted`. Neither is the author's to undo."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="marks", verbose_name=_("公示件"))
    kind = models.CharField(_("种类"), max_length=10, choices=Hidden)
    words = models.CharField(_("字样"), max_length=120)
    is_lifted = models.BooleanField(_("准予显示"), default=False)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("标记人"))
    made_at = models.DateTimeField(_("标记时间"))

    class Meta:
        verbose_name = _("隐去标记")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "kind", "words"], name="mark_once"),
            models.CheckConstraint(condition=Q(is_lifted=False) | ~Q(reason=""), name="mark_lifted_says_why"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
