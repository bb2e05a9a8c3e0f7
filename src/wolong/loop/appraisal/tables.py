"""The columns of the list of sheets."""

from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import Column
from wolong.loop.appraisal.figures import score_words
from wolong.loop.appraisal.states import PeriodState

COLUMNS = (
    Column(key="period", label=_("期间"), kind="link", sort=("period__first_on", "pk"), width=144),
    Column(key="unit", label=_("单位"), sort=("unit__pinyin_key", "pk")),
    Column(key="contract", label=_("合同"), value="contract.number", width=168, quiet=True),
    Column(key="area", label=_("办公区"), value="period.area", sort=("period__area__code", "pk"), width=144, quiet=True),
    Column(key="total", label=_("得分"), value=score_words, kind="number", sort=("total", "pk"), width=96,
           export_value=lambda sheet: sheet.total),
    Column(key="grade", label=_("等次"), value=lambda sheet: sheet.grade or "—", sort=("grade", "pk"), width=88),
    Column(key="state", label=_("状态"), value=lambda sheet: PeriodState(sheet.period.state), kind="state",
           sort=("period__state", "pk"), width=116, export_value=lambda sheet: sheet.period.get_state_display()),
    Column(key="confirmed", label=_("确认"), value="confirmed_at", kind="date", width=112),
)  # fmt: skip
