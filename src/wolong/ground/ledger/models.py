"""The trail: entries that the database refuses to change, the seals that chain them, and what checking them found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Epoch(models.Model):
    """One life of the database cluster: transaction numbers only compare within it. A restored copy begins the next."""

    number = models.PositiveIntegerField(_("纪元"), primary_key=True)
    cluster = models.BigIntegerField(_("数据库集群"))
    begun_at = models.DateTimeField(_("开始时间"))

    class Meta:
        verbose_name = _("纪元")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"


class Entry(models.Model):
    """One thing that happened: who did what to which thing, by value, so that it stands when the thing is gone.

    `epoch` and `xid` are set by a trigger: the transaction that wrote the entry, within one life of the cluster.
    """

    epoch = models.PositiveIntegerField(_("纪元"), default=0, editable=False)
    xid = models.BigIntegerField(_("事务号"), default=0, editable=False)
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=60)
    sentence = models.CharField(_("记述"), max_length=500)
    actor_id = models.BigIntegerField(_("操作人编号"), null=True)
    actor_name = models.CharField(_("操作人"), max_length=60, blank=True)
    actor_unit = models.CharField(_("操作人单位"), max_length=120, blank=True)
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.BigIntegerField(_("对象编号"))
    payload = models.JSONField(_("内容"), default=dict)

    class Meta:
        verbose_name = _("留痕")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="ledger_subject"),
            models.Index(fields=["epoch", "xid", "id"], name="ledger_order"),
            models.Index(fields=["at"], name="ledger_at"),
        ]

    def __str__(self) -> str:
        return self.sentence


class Seal(models.Model):
    """A batch of entries closed into the chain: those of transactions before `below_xid` that no earlier seal holds.

    `links` holds for each entry, in order, its number (8 bytes) and the digest of its canonical form (32 bytes), so that
    a broken entry can be named. `hash` covers them, the seal's own figures and the previous seal.
    """

    epoch = models.PositiveIntegerField(_("纪元"))
    below_xid = models.BigIntegerField(_("事务号上限"))
    entries = models.PositiveIntegerField(_("条数"))
    links = models.BinaryField(_("逐条摘要"), default=bytes)
    previous_hash = models.CharField(_("前一封印"), max_length=64, blank=True)
    hash = models.CharField(_("封印"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("封存时间"))

    class Meta:
        verbose_name = _("封印")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.hash[:12]


class Verification(models.Model):
    """One recomputation of the whole chain, and what it found."""

    at = models.DateTimeField(_("核验时间"))
    is_ok = models.BooleanField(_("完好"))
    entries = models.PositiveBigIntegerField(_("已封存条数"))
    seals = models.PositiveIntegerField(_("封印数"))
    unsealed = models.PositiveIntegerField(_("未封存条数"))
    head = models.CharField(_("链首"), max_length=64, blank=True)
    sentence = models.CharField(_("结论"), max_length=500)

    class Meta:
        verbose_name = _("核验")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.sentence
