"""Evidence: bytes that were received once and are never overwritten."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """A photograph, reading sheet or document; the bytes lie on disk under their SHA-256."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        DOCUMENT = "document", _("文件")

    sha256 = models.CharField(_("校验值"), max_length=64, db_index=True)
    view_sha256 = models.CharField(_("大图校验值"), max_length=64)
    thumb_sha256 = models.CharField(_("缩略图校验值"), max_length=64)
    size = models.PositiveBigIntegerField(_("字节数"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    media_type = models.CharField(_("格式"), max_length=80)
    name = models.CharField(_("文件名"), max_length=200)
    width = models.PositiveIntegerField(_("宽"), null=True, blank=True)
    height = models.PositiveIntegerField(_("高"), null=True, blank=True)
    caption = models.CharField(_("说明"), max_length=200, blank=True)
    place_text = models.CharField(_("地点"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("设备时间"), null=True, blank=True)
    received_at = models.DateTimeField(_("收到时间"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人")
    )
    client_id = models.UUIDField(_("客户端编号"), unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("证据")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:evidence", args=[self.pk])
