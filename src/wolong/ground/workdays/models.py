"""The official calendar, day by day where it departs from Monday to Friday."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """A year whose holidays have been announced (国务院办公厅关于某年部分节假日安排的通知)."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    source = models.CharField(_("依据"), max_length=200)
    entered_at = models.DateTimeField(_("录入时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("年历")
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}"


class SpecialDay(models.Model):
    """A day off on a weekday, or a make-up working day (调休) on a weekend."""

    day = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        verbose_name = _("特殊日")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
