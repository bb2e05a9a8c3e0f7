"""Scores over the API: each sheet with its figure, the sum behind it, every point lost with its finding, and the frozen export."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.ground.exchange.api import Number, Paging, one_of, reads
from wolong.ground.people.states import TokenScope
from wolong.loop.appraisal import access, queries
from wolong.loop.appraisal.models import Sheet
from wolong.loop.appraisal.states import PeriodState

router = Router(tags=["scores"])


class ScoreFacts(Schema):
    """One sheet: a contract, or a unit of the bureau's own (`contract` null), in a quarter. `score` and `grade` are the
    frozen ones that stand: null while the quarter is under way (the interim is in the single score), and where nobody
    checked anything. `state`: open, presented to those concerned, closed.
    """

    id: int
    area: str
    period: str
    first_on: date
    last_on: date
    state: one_of(PeriodState)  # type: ignore[valid-type]
    answer_by_on: date | None
    unit_id: int
    unit: str
    contract: str | None
    is_frozen: bool
    score: Decimal | None
    grade: str | None
    confirmed_at: datetime | None


class ScoreOut(ScoreFacts):
    """As in `ScoreFacts`, from a sheet with its latest score."""

    @staticmethod
    def resolve_area(sheet: Sheet) -> str:
        return sheet.period.area.code

    @staticmethod
    def resolve_period(sheet: Sheet) -> str:
        return str(sheet.period)

    @staticmethod
    def resolve_first_on(sheet: Sheet) -> date:
        return sheet.period.first_on

    @staticmethod
    def resolve_last_on(sheet: Sheet) -> date:
        return sheet.period.last_on

    @staticmethod
    def resolve_state(sheet: Sheet) -> str:
        return sheet.period.state

    @staticmethod
    def resolve_answer_by_on(sheet: Sheet) -> date | None:
        return sheet.period.answer_by_on

    @staticmethod
    def resolve_unit(sheet: Sheet) -> str:
        return str(sheet.unit)

    @staticmethod
    def resolve_contract(sheet: Sheet) -> str | None:
        return sheet.contract.number if sheet.contract else None

    @staticmethod
    def resolve_is_frozen(sheet: Sheet) -> bool:
        return sheet.period.state != PeriodState.OPEN

    @staticmethod
    def resolve_score(sheet: Sheet) -> Decimal | None:
        return sheet.total  # type: ignore[attr-defined,no-any-return]


class PartOut(Schema):
    """A part of the score; `score` null: not looked at, its share goes to the others."""

    key: str
    name: str
    share: Decimal
    score: Decimal | None
    counted_share: Decimal | None


class LostOut(Schema):
    """Points that one finding took; `left_out`: why a statement of the unit was upheld, and the finding costs nothing."""

    finding_id: int
    finding: str
    title: str
    clause: str
    severity: str
    points: Decimal
    left_out: str | None


class ChapterOut(Schema):
    """A chapter; `got` null: nobody checked it (未检查). `taken` is what its clauses took after their caps."""

    name: str
    weight: Decimal
    got: Decimal | None
    taken: Decimal
    itemised: int
    overall: int
    lost: list[LostOut]


class PaymentOut(Schema):
    """What the contract's term suggests to pay; nothing more than a suggestion."""

    term: str
    fee: Decimal
    percent: Decimal
    taken: Decimal
    due: Decimal


class ScoreWithSum(ScoreFacts):
    """The whole sum; where the quarter is under way, the interim as of now. `grave`: findings of grade A that hold the
    grade at the lowest.
    """

    is_interim: bool
    inputs_sha256: str
    frozen_at: datetime | None
    parts: list[PartOut]
    chapters: list[ChapterOut]
    grave: list[str]
    payment: PaymentOut | None


class ExportOut(Schema):
    """As docs/appraisal.md defines it: the score can be recomputed from `inputs` without this system."""

    inputs_sha256: str
    frozen_at: datetime | None
    inputs: dict[str, Any]
    result: dict[str, Any]


def _sheets(request: HttpRequest) -> QuerySet[Sheet]:
    rows = queries.with_page().filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    return queries.with_score(rows).order_by("-period__first_on", "pk")


@router.get("", **reads(TokenScope.READ_SCORES, list[ScoreOut], _("考评得分")))
@paginate(Paging)
def list_scores(
    request: HttpRequest,
    area: str = "",
    state: one_of(PeriodState) | None = None,  # type: ignore[valid-type]
    first_on: date | None = None,
    unit_id: Number | None = None,
    contract: str = "",
) -> QuerySet[Sheet]:
    """The sheets that the caller sees, the latest quarter first; `area` by code, `first_on` the quarter's first day."""
    given = {
        "period__area__code": area or None,
        "period__state": state,
        "period__first_on": first_on,
        "unit": unit_id,
        "contract__number": contract or None,
    }
    return _sheets(request).filter(**{name: value for name, value in given.items() if value is not None})


@router.get(
    "{int:sheet_id}/",
    **reads(TokenScope.READ_SCORES, ScoreWithSum, _("一张考评表的得分，连同各章、每一分扣在哪个问题"), one=True),
)
def get_score(request: HttpRequest, sheet_id: int) -> dict[str, Any]:
    sheet = get_object_or_404(_sheets(request), pk=sheet_id)
    found = queries.exported(sheet)
    inputs, result = found["inputs"], found["result"]
    payment = result["payment"] if access.may_see_money(request.scope, sheet) else None  # type: ignore[attr-defined]
    return {
        **ScoreOut.from_orm(sheet).model_dump(),
        "score": result["score"],
        "grade": result["grade"],
        "is_interim": found["frozen_at"] is None,
        "inputs_sha256": found["inputs_sha256"],
        "frozen_at": found["frozen_at"],
        "parts": result["parts"],
        "chapters": [_chapter(*both) for both in zip(result["chapters"], inputs["chapters"], strict=True)],
        "grave": [one["number"] for one in result["caps"]],
        "payment": payment,
    }


def _chapter(result: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    points = {hit["number"]: hit["points"] for clause in result["clauses"] for hit in clause["hits"]}
    lost = [
        {
            "finding_id": one["id"],
            "finding": one["number"],
            "title": one["title"],
            "clause": one["clause"],
            "severity": one["severity"],
            "points": points.get(one["number"], "0"),
            "left_out": one["left_out"],
        }
        for one in given["findings"]
    ]
    taken = sum((Decimal(clause["points"]) for clause in result["clauses"]), Decimal(0))
    names = ("name", "weight", "got", "itemised", "overall")
    return {**{name: result[name] for name in names}, "taken": taken, "lost": lost}


@router.get(
    "{int:sheet_id}/export/",
    **reads(
        TokenScope.READ_SCORES, ExportOut, _("核算数据"), _("格式见 docs/appraisal.md，可脱离本系统重算。"), one=True
    ),
)
def get_export(request: HttpRequest, sheet_id: int) -> dict[str, Any]:
    return queries.exported(get_object_or_404(_sheets(request), pk=sheet_id))
