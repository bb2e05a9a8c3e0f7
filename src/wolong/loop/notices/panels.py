"""What this room adds to other pages: sentences on home, hits of the search."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import day
from wolong.ground.pages.registries.search import Hit
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.people.access import Scope
from wolong.ground.workdays.queries import today
from wolong.loop.notices import access, queries
from wolong.loop.notices.models import Notice
from wolong.loop.notices.rules.days import earliest_on, is_too_early
from wolong.loop.notices.states import State


def _asked(notice: Notice) -> str:
    when = timezone.localtime(notice.submitted_at) if notice.submitted_at else None
    return _("%(who)s %(on)s 送审") % {"who": notice.drafted_by.name, "on": day(when) if when else ""}


def todos(request: HttpRequest) -> Iterator[Todo]:
    """Approve, submit what one wrote, answer what concerns one's company."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if not scope.held or not access.may_list(scope):
        return
    if scope.is_supplier:
        yield from _answering(queries.to_answer(scope)[: queries.MOST])
    elif access.may_draft_any(scope):
        under_way = queries.under_way(scope)
        yield from _deciding([notice for notice in under_way if access.may_approve(scope, notice)])
        yield from _drafts([notice for notice in under_way if access.is_author(scope, notice)])
        # A section of the bureau is heard like a company, where a score is about its own work.
        unheard = [notice for notice in under_way if notice.answered_at is None]
        yield from _answering([notice for notice in unheard if access.may_answer(scope, notice)])


def _deciding(notices: Iterable[Notice]) -> Iterator[Todo]:
    for notice in notices:
        first = earliest_on(notice.answer_due_on)
        if is_too_early(due_on=notice.answer_due_on, today=today()):
            yield Todo(
                due=first,
                sentence=_("等待 {} 陈述，之后批准公示"),
                strong=notice.concerns,
                context=f"{notice.title} · {_asked(notice)}",
                url=notice.get_absolute_url(),
                waiting_for=str(notice.concerns),
                since=timezone.localtime(notice.told_at).date() if notice.told_at else None,
            )
            continue
        yield Todo(
            due=first or (timezone.localtime(notice.submitted_at).date() if notice.submitted_at else None),
            sentence=_("批准公示 {}"),
            strong=notice.title,
            context=_asked(notice),
            verb=_("查看并批准"),
            url=notice.get_absolute_url(),
        )


def _drafts(notices: Iterable[Notice]) -> Iterator[Todo]:
    for notice in notices:
        returned = notice.state == State.RETURNED
        yield Todo(
            due=None,
            sentence=_("修改退回的公示稿 {}") if returned else _("送审公示稿 {}"),
            strong=notice.title,
            context=notice.return_reason if returned else _("拟稿，隐去处请先看一遍"),
            verb=_("修改") if returned else _("查看并送审"),
            url=notice.get_absolute_url(),
        )


def _answering(notices: Iterable[Notice]) -> Iterator[Todo]:
    for notice in notices:
        yield Todo(
            due=notice.answer_due_on,
            sentence=_("对拟公示内容 {} 陈述意见"),
            strong=notice.title,
            context=_("%(unit)s拟公示，没有意见可以不答") % {"unit": notice.window.unit},
            verb=_("查看并陈述"),
            url=notice.get_absolute_url(),
        )


def find_notices(request: HttpRequest, q: str) -> list[Hit]:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    rows = Notice.objects.filter(queries.visible_to(scope), title__icontains=q).select_related("window__unit")
    return [
        Hit(notice.title, f"{notice.get_kind_display()} · {notice.get_state_display()}", notice.get_absolute_url())
        for notice in rows.order_by("-pk")[:8]
    ]
