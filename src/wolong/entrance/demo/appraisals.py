"""The last quarter is closed, after one statement was upheld and another not; this one is under way."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from wolong.entrance.demo.beginnings import Cast
from wolong.estate.contracts.actions import add_term
from wolong.estate.contracts.models import Contract
from wolong.estate.contracts.states import TermKind
from wolong.ground.people.models import Person
from wolong.loop.appraisal.actions import (
    close_period,
    confirm_sheet,
    decide_statement,
    open_period,
    present_period,
    state_case,
)
from wolong.loop.appraisal.models import Period, Sheet
from wolong.loop.appraisal.queries import latest
from wolong.loop.appraisal.rules.quarters import quarter_of
from wolong.loop.findings.models import Finding

PAYMENT_TERM = "第 9.2 条"
PAYMENT_TEXT = (
    "甲方按季度考评等次支付服务费：优秀付 100 %，良好付 98 %，合格付 95 %，一般付 90 %，较差付 80 %，不合格付 70 %。"
)
CHAIRS = {"WLS": "chenzhuren", "BJX": "liuzhuren"}
MANAGERS = ("zhaojingli", "qianjingli", "fengjingli", "tangzhuguan")


def note_terms(cast: Cast, *, at: datetime) -> None:
    """What the contracts say of paying by appraisal."""
    for contract in Contract.objects.order_by("pk"):
        by = cast.people[CHAIRS[contract.area.code]]
        add_term(contract=contract, number=PAYMENT_TERM, kind=TermKind.PAYMENT, text=PAYMENT_TEXT, by=by, at=at)


def appraise(cast: Cast, *, now: datetime) -> None:
    """Both quarters of both areas."""
    today = timezone.localdate(now)
    first, _last = quarter_of(today)
    for code, area in cast.areas.items():
        chair = cast.people[CHAIRS[code]]
        before = open_period(area=area, day=first - timedelta(days=1), by=chair, at=_at(first, now))
        _settle(cast, before, chair, first=first, now=now)
        open_period(area=area, day=today, by=chair, at=_at(first, now))


def _at(day: date, now: datetime, hour: int = 9) -> datetime:
    return min(timezone.make_aware(datetime.combine(day, time(hour))), now - timedelta(minutes=2))


def _settle(cast: Cast, period: Period, chair: Person, *, first: date, now: datetime) -> None:
    """Presented on the quarter's first day; stated, answered, confirmed and closed in the days after."""
    present_period(period=period, by=chair, at=_at(first, now, 10))
    sheets = list(Sheet.objects.filter(period=period).select_related("unit"))
    speakers = {person.organization_id: person for person in (cast.people[account] for account in MANAGERS)}
    for sheet in sheets:
        _state(sheet, speakers[sheet.unit_id], chair, first=first, now=now)
    if _at(first + timedelta(days=3), now) < now - timedelta(minutes=2):
        for sheet in sheets:
            confirm_sheet(sheet=sheet, by=speakers[sheet.unit_id], at=_at(first + timedelta(days=3), now))
        close_period(period=period, by=chair, at=_at(first + timedelta(days=4), now))


def _state(sheet: Sheet, by: Person, chair: Person, *, first: date, now: datetime) -> None:
    """The unit speaks of its first two findings: of one with good reason."""
    frozen = latest(sheet)
    found = [one for chapter in (frozen.inputs["chapters"] if frozen else []) for one in chapter["findings"]][:2]
    words = (
        ("当日正在按计划停用检修，现场有告示，不应计为不符合。", True, "核对了检修计划和告示，属实，采纳。"),
        ("已在当天改好，请求不扣分。", False, "整改是应尽的义务，不改变检查时的事实，不采纳。"),
    )
    for one, (text, is_upheld, reply) in zip(found, words, strict=False):
        finding = Finding.objects.get(pk=one["id"])
        said = state_case(sheet=sheet, finding=finding, text=text, by=by, at=_at(first + timedelta(days=1), now))
        answered_at = _at(first + timedelta(days=2), now)
        decide_statement(statement=said, is_upheld=is_upheld, reply=reply, by=chair, at=answered_at)
