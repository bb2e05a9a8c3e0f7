"""Messages: what a person should know; what they have to do is computed, not stored."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One sentence to one person, with the address where it leads; the same `key` is never sent twice to one person."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages", verbose_name=_("收件人")
    )
    sentence = models.CharField(_("内容"), max_length=300)
    url = models.CharField(_("去处"), max_length=200, blank=True)
    key = models.CharField(_("去重键"), max_length=120)
    sent_at = models.DateTimeField(_("发送时间"))
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="message_once")]

    def __str__(self) -> str:
        return self.sentence
