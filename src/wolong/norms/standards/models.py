"""Standards, their editions with the exact text, clauses in document order, and each checkable 应."""

import hashlib

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.norms.standards.querysets import EditionQuerySet, RequirementQuerySet
from wolong.norms.standards.rules.scoring import ORDER
from wolong.norms.standards.states import (
    EditionState,
    ProposalSource,
    ProposalState,
    RowState,
    Severity,
    SheetState,
)


class Standard(models.Model):
    """A standard over all its editions; `code` is its number without the year (Q/WLS BZ06-003)."""

    code = models.CharField(_("标准号"), max_length=60, unique=True)
    title = models.CharField(_("名称"), max_length=200)
    level = models.CharField(_("层级"), max_length=20)
    position = models.CharField(_("体系位置"), max_length=120, blank=True)
    pinyin_key = models.CharField(_("拼音"), max_length=400, blank=True, editable=False)

    class Meta:
        verbose_name = _("标准")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("standards:standard", args=[self.pk])


class Edition(models.Model):
    """One year's text of a standard, kept letter by letter; `valid` is the days on which it rules."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions", verbose_name=_("标准"))
    number = models.CharField(_("标准号"), max_length=80, unique=True)
    year = models.PositiveSmallIntegerField(_("年号"))
    title = models.CharField(_("名称"), max_length=200)
    state = models.CharField(_("状态"), max_length=12, choices=EditionState, default=EditionState.DRAFT)
    nature = models.CharField(_("性质"), max_length=20, blank=True)
    issued_on = models.DateField(_("发布"), null=True, blank=True)
    effective_on = models.DateField(_("实施"), null=True, blank=True)
    review_due_on = models.DateField(_("复审"), null=True, blank=True)
    valid = DateRangeField(_("有效期"), null=True, blank=True)
    keeper = models.CharField(_("归口"), max_length=120, blank=True)
    text = models.TextField(_("全文"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("起草人")
    )
    drafted_at = models.DateTimeField(_("起草时间"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True)

    objects = EditionQuerySet["Edition"].as_manager()

    class Meta:
        verbose_name = _("版本")
        ordering = ["standard", "-year"]
        constraints = [
            ExclusionConstraint(
                name="edition_one_rules_a_day",
                expressions=[("standard", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=models.Q(valid__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(drafted_by__isnull=True, drafted_at__isnull=True)
                | models.Q(drafted_by__isnull=False, drafted_at__isnull=False),
                name="edition_drafted_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="edition_approved_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
                name="edition_approver_is_not_drafter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("standards:edition", args=[self.pk])

    @staticmethod
    def digest(text: str) -> str:
        """What tells two texts apart: the SHA-256 of the exact letters."""
        return hashlib.sha256(text.encode()).hexdigest()


class Clause(models.Model):
    """A clause in document order; headings and list items too."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="clauses", verbose_name=_("版本"))
    position = models.PositiveIntegerField(_("次序"))
    number = models.CharField(_("条款号"), max_length=60)
    level = models.PositiveSmallIntegerField(_("层次"), default=1)
    kind = models.CharField(_("种类"), max_length=10, default="clause")
    title = models.CharField(_("标题"), max_length=300, blank=True)
    text = models.TextField(_("正文"), blank=True)
    line = models.PositiveIntegerField(_("行号"), default=0)

    class Meta:
        verbose_name = _("条款")
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="clause_position")]
        indexes = [models.Index(fields=["edition", "number"], name="clause_number")]

    def __str__(self) -> str:
        return f"{self.edition.number} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("standards:clause", args=[self.pk])


class Requirement(models.Model):
    """One checkable sentence of a clause, as read, with its execution line as typed columns.

    `measures`, `predicates`, `unread`, `execution` are the JSON of the language's contract. `fingerprint` changes exactly
    when the sentence or its execution line does.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="requirements", verbose_name=_("条款"))
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="requirements", verbose_name=_("版本"))
    ordinal = models.PositiveSmallIntegerField(_("序"))
    modality = models.CharField(_("情态"), max_length=12)
    sentence = models.TextField(_("句子"))
    object = models.CharField(_("对象短语"), max_length=200, blank=True)
    condition = models.CharField(_("条件"), max_length=200, blank=True)
    predicates = models.JSONField(_("定性要求"), default=list)
    measures = models.JSONField(_("指标"), default=list)
    unread = models.JSONField(_("未读懂"), default=list)
    execution = models.JSONField(_("执行行"), null=True)
    fingerprint = models.CharField(_("指纹"), max_length=64, db_index=True)
    selectors = models.CharField(_("对象"), max_length=300, blank=True)
    doer = models.CharField(_("责任"), max_length=60, blank=True)
    checker = models.CharField(_("监督"), max_length=60, blank=True)
    method = models.CharField(_("检查"), max_length=10, blank=True)
    cycle_label = models.CharField(_("频次"), max_length=60, blank=True)
    cycle_months = models.PositiveSmallIntegerField(_("检查周期(月)"), null=True)
    is_event_driven = models.BooleanField(_("按事件"), default=False)
    sample_percent = models.DecimalField(_("抽查比例"), max_digits=5, decimal_places=2, null=True)
    severity = models.CharField(_("等级"), max_length=1, choices=Severity, blank=True)
    points = models.DecimalField(_("扣分"), max_digits=6, decimal_places=2, null=True)
    points_per = models.CharField(_("计分单位"), max_length=4, blank=True)
    points_cap = models.DecimalField(_("上限"), max_digits=6, decimal_places=2, null=True)
    term_label = models.CharField(_("整改期限"), max_length=30, blank=True)
    term_workdays = models.PositiveSmallIntegerField(_("整改工作日"), null=True)
    term_hours = models.PositiveSmallIntegerField(_("整改小时"), null=True)
    window = models.CharField(_("时段"), max_length=60, blank=True)
    evidence = models.JSONField(_("证据"), default=list)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    is_to_verify = models.BooleanField(_("待核"), default=False)

    objects = RequirementQuerySet["Requirement"].as_manager()

    class Meta:
        verbose_name = _("要求")
        ordering = ["clause__position", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["clause", "ordinal"], name="requirement_ordinal")]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return self.clause.get_absolute_url()

    @property
    def binds(self) -> bool:
        """Whether it is a 应 (shall, shall not) and so needs a doer and a checker."""
        return self.modality in {"shall", "shall_not"}


class Proposal(models.Model):
    """修订提案: a clause should be worded otherwise, why, and what came of it.

    It names the clause by number, so that it outlives editions; `requirement` is the wording that was spoken of. `evidence`
    is what speaks for it besides how often the clause failed: without it no limit is loosened.
    """

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="proposals", verbose_name=_("标准"))
    clause_number = models.CharField(_("条款号"), max_length=60)
    requirement = models.ForeignKey(
        Requirement, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("要求")
    )
    sentence = models.TextField(_("现在的文字"))
    state = models.CharField(_("状态"), max_length=12, choices=ProposalState, default=ProposalState.RAISED)
    source = models.CharField(_("来源"), max_length=12, choices=ProposalSource)
    reason = models.CharField(_("理由"), max_length=1000)
    wanted = models.TextField(_("建议的文字"), blank=True)
    evidence = models.CharField(_("依据"), max_length=1000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("提案人")
    )
    proposed_at = models.DateTimeField(_("提案时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("受理人")
    )
    decided_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    decision = models.CharField(_("受理意见"), max_length=500, blank=True)
    draft = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("新版")
    )

    class Meta:
        verbose_name = _("修订提案")
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["standard", "clause_number"], name="proposal_clause")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard.code} {self.clause_number}"

    def get_absolute_url(self) -> str:
        return reverse("standards:proposal", args=[self.pk])


class ScoringSheet(models.Model):
    """考核表: a sheet of points on its way to a draft; `data` is the file as it came, `columns` what each heading was taken for.

    `total` is the sum of the points read, `stated_total` what the sheet itself says. `left_out` and `notes` name every row
    that made no clause, with its reason.
    """

    title = models.CharField(_("名称"), max_length=200)
    file_name = models.CharField(_("文件"), max_length=200)
    data = models.BinaryField(_("原表"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    tab = models.CharField(_("工作表"), max_length=60, blank=True)
    service = models.CharField(_("服务"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=SheetState, default=SheetState.OPEN)
    columns = models.JSONField(_("列"), default=list)
    total = models.DecimalField(_("分值合计"), max_digits=8, decimal_places=2, default=0)
    stated_total = models.DecimalField(_("表上的合计"), max_digits=8, decimal_places=2, null=True)
    left_out = models.JSONField(_("没有成为条款的行"), default=list)
    notes = models.JSONField(_("表下说明"), default=list)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    brought_at = models.DateTimeField(_("上传时间"))
    edition = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="scoring_sheets", verbose_name=_("草案")
    )

    class Meta:
        verbose_name = _("考核表")
        ordering = ["-brought_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=models.Q(state__in=[SheetState.CHOOSING, SheetState.OPEN]),
                name="scoring_sheet_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("standards:sheet", args=[self.pk])


class ScoringRow(models.Model):
    """考核项: one clause as it will read, beside the sheet's row as it stands.

    `origin` says of each value whether the sheet says so (read), it is a default, or somebody must look (unsure); `says` why.
    `version` grows with every change; `streak_from` is the version that the present editor began from.
    """

    sheet = models.ForeignKey(ScoringSheet, models.CASCADE, related_name="rows", verbose_name=_("考核表"))
    position = models.PositiveIntegerField(_("次序"))
    group = models.CharField(_("项目"), max_length=200, blank=True)
    first_row = models.PositiveIntegerField(_("首行"))
    last_row = models.PositiveIntegerField(_("末行"))
    part = models.PositiveSmallIntegerField(_("单元格里第几条"), default=0)
    cells = models.JSONField(_("原文"), default=list)
    points = models.DecimalField(_("分值"), max_digits=8, decimal_places=2, null=True)
    text = models.TextField(_("条款"))
    execution = models.JSONField(_("执行行"), default=dict)
    origin = models.JSONField(_("来历"), default=dict)
    says = models.JSONField(_("要看的"), default=dict)
    unread = models.JSONField(_("未读懂"), default=list)
    state = models.CharField(_("状态"), max_length=12, choices=RowState, default=RowState.OPEN)
    reason = models.CharField(_("不要的理由"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("版次"), default=1)
    streak_from = models.PositiveIntegerField(_("从哪一版改起"), default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("改的人")
    )
    changed_at = models.DateTimeField(_("改的时间"), null=True)

    class Meta:
        verbose_name = _("考核项")
        ordering = ["sheet", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(changed_by__isnull=True, changed_at__isnull=True)
                | models.Q(changed_by__isnull=False, changed_at__isnull=False),
                name="scoring_row_changed_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("standards:sheet_row", args=[self.pk])

    @property
    def line(self) -> list[tuple[str, str]]:
        """The execution line in the order in which lines are written."""
        return [(key, self.execution[key]) for key in ORDER if key in self.execution]

    @property
    def is_clear(self) -> bool:
        """Whether nothing on it asks somebody to look before it may be confirmed with others."""
        return "unsure" not in self.origin.values() and not self.unread
