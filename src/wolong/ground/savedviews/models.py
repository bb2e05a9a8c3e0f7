"""A list as one person likes to look at it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.savedviews.rules import LONGEST_NAME, LONGEST_QUERY


class SavedView(models.Model):
    """Filters, search, tab, sort and columns of one list under a name, for the person who kept them and nobody else."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("本人")
    )
    list_name = models.CharField(_("列表"), max_length=100)
    name = models.CharField(_("名称"), max_length=LONGEST_NAME)
    query = models.CharField(_("内容"), max_length=LONGEST_QUERY, blank=True)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("视图")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "list_name", "name"], name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list as it was kept; the id tells the list which of the views is on."""
        kept = f"&{self.query}" if self.query else ""
        return f"{reverse(self.list_name)}?view={self.pk}{kept}"
