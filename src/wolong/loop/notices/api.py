"""Notices over the API: what is, was or shall be public, in the words that the public may see."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.ground.exchange.api import Paging, one_of, reads
from wolong.ground.people.states import TokenScope
from wolong.loop.notices import access, queries
from wolong.loop.notices.models import Notice
from wolong.loop.notices.states import Kind, State

router = Router(tags=["notices"])


class NoticeOut(Schema):
    """One notice; `number` names it outside once it was approved, `is_public`: anybody can read it now. What was redacted
    is not given, to nobody.
    """

    id: int
    number: str | None
    kind: one_of(Kind)  # type: ignore[valid-type]
    state: one_of(State)  # type: ignore[valid-type]
    unit: str
    title: str
    reference: str
    concerns: str | None
    is_public: bool
    submitted_at: datetime | None
    answer_due_on: date | None
    answered_at: datetime | None
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdraw_reason: str
    sha256: str

    @staticmethod
    def resolve_unit(notice: Notice) -> str:
        return str(notice.window.unit)

    @staticmethod
    def resolve_concerns(notice: Notice) -> str | None:
        return str(notice.concerns) if notice.concerns else None

    @staticmethod
    def resolve_is_public(notice: Notice) -> bool:
        return notice.state == State.PUBLISHED and notice.window.is_open


class NoticeWithText(NoticeOut):
    """`body`: paragraphs, headings and tables; `answer`: what the company concerned says, for the bureau and for itself."""

    body: list[dict[str, Any]]
    answer: str


def _notices(request: HttpRequest) -> QuerySet[Notice]:
    scope = request.scope  # type: ignore[attr-defined]
    rows = Notice.objects.filter(queries.visible_to(scope)) if access.may_list(scope) else Notice.objects.none()
    return rows.select_related("window__unit", "concerns").defer("original", "text", "facts").order_by("-pk")


@router.get("", **reads(TokenScope.READ, list[NoticeOut], _("公示件")))
@paginate(Paging)
def list_notices(
    request: HttpRequest,
    kind: one_of(Kind) | None = None,  # type: ignore[valid-type]
    state: one_of(State) | None = None,  # type: ignore[valid-type]
) -> QuerySet[Notice]:
    """The notices that the caller sees, newest first."""
    rows = _notices(request).defer("original", "text", "facts", "body")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(state=state) if state else rows


@router.get("{int:notice_id}/", **reads(TokenScope.READ, NoticeWithText, _("一件公示件，连同公开文本"), one=True))
def get_notice(request: HttpRequest, notice_id: int) -> Notice:
    notice = get_object_or_404(_notices(request), pk=notice_id)
    scope = request.scope  # type: ignore[attr-defined]
    if not (scope.is_inside or access.is_concerned(scope, notice)):
        notice.answer = ""
    return notice
