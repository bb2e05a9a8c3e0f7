"""What came in by the API and was carried out, with the answer that was given."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Arrival(models.Model):
    """接口来件: a command that was carried out under a key of its sender; arriving again it gets the same bytes again.

    `fingerprint` is the SHA-256 of what was asked: another command under the same key is told from the same one by it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="arrivals", verbose_name=_("持有人")
    )
    key = models.CharField(_("幂等键"), max_length=200)
    fingerprint = models.CharField(_("指纹"), max_length=64)
    status = models.PositiveSmallIntegerField(_("状态码"))
    answer = models.BinaryField(_("答复"))
    arrived_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = _("接口来件")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="arrival_once_a_key")]

    def __str__(self) -> str:
        return self.key
