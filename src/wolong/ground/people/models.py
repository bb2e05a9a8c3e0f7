"""Units, people, and the grants that join them over time."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wolong.ground.people.rules import last_day
from wolong.ground.people.states import OrganizationKind, Role, TokenScope


class Organization(models.Model):
    """A unit in the tree; a section under a centre under the bureau, a company beside it.

    `path` is `/1/4/9/`: the ids from the root to this unit, so that "within this unit" is one indexed prefix.
    """

    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40)
    pinyin_key = models.CharField(_("拼音"), max_length=240, blank=True, editable=False)
    kind = models.CharField(_("性质"), max_length=20, choices=OrganizationKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(_("路径"), max_length=200, unique=True, null=True, editable=False)  # noqa: DJ001 - its own id is in it

    class Meta:
        verbose_name = _("单位")
        ordering = ["path"]
        indexes = [models.Index(fields=["path"], name="organization_path", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organization", args=[self.pk])

    @property
    def is_supplier(self) -> bool:
        return self.kind == OrganizationKind.SUPPLIER


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> models.QuerySet["Person"]:
        # Wherever a person's name shows, so does their unit.
        return super().get_queryset().select_related("organization")

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(account=username)


class Person(AbstractBaseUser):
    """Somebody who signs in; what they may do comes from their grants alone."""

    account = models.CharField(_("账号"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    pinyin_key = models.CharField(_("拼音"), max_length=240, blank=True, editable=False)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="people", verbose_name=_("单位"))
    post = models.CharField(_("岗位"), max_length=60, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("下次登录改密码"), default=False)
    theme = models.CharField(_("外观"), max_length=10, blank=True)
    # Kept here by its id, since every page has its person at hand: a list asks nothing more to know how it opens.
    opening_views = models.JSONField(_("默认视图"), default=dict, blank=True)
    added_at = models.DateTimeField(_("添加时间"), auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "account"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("人员")
        ordering = ["pinyin_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def unit_name(self) -> str:
        return self.organization.name

    def holds(self, *roles: str, on: date) -> bool:
        """Whether one of `roles` is held anywhere on a day."""
        return self.is_active and self.grants.filter(role__in=roles, valid__contains=on).exists()


class Grant(models.Model):
    """A role at a unit over a period: it reaches over that unit and all below it.

    `acting_for`: a deputy (代理) holds the role while that person is on leave.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grants", verbose_name=_("单位"))
    valid = DateRangeField(_("有效期"))
    acting_for = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name=_("代理")
    )

    class Meta:
        verbose_name = _("授权")
        ordering = ["person", "role"]
        constraints = [
            ExclusionConstraint(
                name="grant_once_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organization", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=models.Q(valid__isempty=False), name="grant_holds_a_day"),
            models.CheckConstraint(
                condition=models.Q(acting_for=None) | ~models.Q(acting_for=models.F("person")),
                name="grant_not_for_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.organization}"

    @property
    def last_day(self) -> date | None:
        return last_day(self.valid)

    @property
    def is_open(self) -> bool:
        """Whether it still holds, or will."""
        return self.valid.upper is None or self.valid.upper > timezone.localdate()


class Leave(models.Model):
    """Days on which a person is away; their duties pass to whoever acts for them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="leaves", verbose_name=_("人员"))
    days = DateRangeField(_("日期"))
    reason = models.CharField(_("事由"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("请假")
        ordering = ["-days"]
        constraints = [
            ExclusionConstraint(
                name="leave_once_a_day",
                expressions=[("person", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.days}"

    @property
    def last_day(self) -> date | None:
        return last_day(self.days)


def reading() -> list[str]:
    """What a token may do where nothing else was chosen."""
    return [TokenScope.READ.value]


class AccessToken(models.Model):
    """A token of the API: acts for its owner, never beyond its owner nor its own scopes; only its hash is kept."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="tokens", verbose_name=_("持有人"))
    name = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(_("摘要"), max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope), verbose_name=_("权限"), default=reading)
    expires_on = models.DateField(_("到期"))
    made_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("上次使用"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        constraints = [models.CheckConstraint(condition=models.Q(scopes__len__gt=0), name="token_may_something")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        return [str(TokenScope(scope).label) for scope in self.scopes]
