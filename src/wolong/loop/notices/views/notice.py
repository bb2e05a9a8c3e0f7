"""One notice: what is next, before beside after, what is hidden, what the company says, history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wolong.ground.ledger.models import Entry
from wolong.ground.ledger.queries import history_of, seal_state_among, with_seals
from wolong.ground.pages.badges import badge_html, state_html
from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import Button, Crumb, DetailPage, Fact, History, HistoryLine, NextStep
from wolong.loop.notices import access, queries, steps
from wolong.loop.notices.models import Mark, Notice
from wolong.loop.notices.rules import content
from wolong.loop.notices.rules.redaction import Known, Piece, key_of, pieces
from wolong.loop.notices.states import LIFTABLE, Hidden, State

# What the outside may know of how it came about; drafts, marks and returns stay inside.
FOR_COMPANY = ("submit_notice", "answer_notice", "approve_notice", "withdraw_notice", "recount_days")


@dataclass(frozen=True, slots=True)
class Row:
    """A block as it stands inside, cut at what is hidden; beside it the same block as the public sees it."""

    block: dict[str, Any]
    before: list[Piece]
    after: str


@dataclass(frozen=True, slots=True)
class Hid:
    """Words that are hidden, how often, and the address where an approver shows them after all."""

    kind: Hidden
    words: str
    times: int
    by: str
    lift_url: str


class NoticePage(DetailPage):
    place = "notice"
    template_name = "notices/notice_detail.html"
    left_template_name = "notices/_notice_left.html"

    shown = staticmethod(queries.with_page)

    def get_where(self, request: HttpRequest) -> Q:
        return queries.visible_to(request.scope)  # type: ignore[attr-defined]

    def get_badges(self, request: HttpRequest, thing: Notice) -> Sequence[SafeString]:
        del request
        badges = [state_html(State(thing.state)), badge_html(thing.get_kind_display(), "", "tag")]
        if not thing.window.is_open and thing.state == State.PUBLISHED:
            badges.append(badge_html(_("窗口已关闭，对外不显示"), "warn", "eye-off"))
        return badges

    def get_subtitle(self, request: HttpRequest, thing: Notice) -> str:
        del request
        return str(thing.window.unit) + (f" · {thing.number}" if thing.number else "")

    def get_crumbs(self, request: HttpRequest, thing: Notice) -> list[Crumb]:
        del request
        return [Crumb(_("公示"), reverse("notices:list")), Crumb(thing.number or thing.get_state_display())]

    def get_buttons(self, request: HttpRequest, thing: Notice) -> list[Button]:
        scope = request.scope  # type: ignore[attr-defined]
        buttons = []
        if access.may_mark(scope, thing):
            buttons.append(
                Button(label=_("再隐去"), url=reverse("notices:mark", args=[thing.pk]), icon="eye-off", inline=True)
            )
        if thing.number and thing.window.is_open:
            buttons.append(Button(label=_("看公开页"), url=reverse("public:item", args=[thing.number]), icon="world"))
        if access.may_withdraw(scope, thing):
            buttons.append(
                Button(label=_("撤回"), url=reverse("notices:withdraw", args=[thing.pk]), icon="circle-x", inline=True)
            )
        return buttons

    def get_next_step(self, request: HttpRequest, thing: Notice) -> NextStep:
        return steps.next_step(request.scope, thing)  # type: ignore[attr-defined]

    def get_facts(self, request: HttpRequest, thing: Notice) -> list[Fact]:
        inside = request.scope.is_inside  # type: ignore[attr-defined]
        facts = [Fact(label, value) for label, value in thing.facts]
        if thing.concerns is not None:
            facts.append(Fact(_("涉及企业"), str(thing.concerns)))
        if thing.told_at is not None:
            facts.append(Fact(_("告知"), day(thing.told_at)))
        if thing.answer_due_on is not None:
            facts.append(Fact(_("陈述截止"), day(thing.answer_due_on)))
        if inside:
            facts.append(Fact(_("拟稿"), f"{thing.drafted_by.name} {day(thing.drafted_at)}"))
        if thing.published_at is not None:
            by = thing.published_by.name if inside and thing.published_by else ""
            facts.append(Fact(_("批准公示"), f"{by} {day(thing.published_at)}".strip()))
        if thing.withdraw_reason:
            facts.append(Fact(_("撤回理由"), thing.withdraw_reason))
        return facts

    def get_history(self, request: HttpRequest, thing: Notice) -> History:
        entries = list(with_seals(history_of(thing)).order_by("-pk"))
        shown: Iterable[Entry] = entries
        inside = request.scope.is_inside  # type: ignore[attr-defined]
        if not inside:
            shown = [entry for entry in entries if entry.verb in FOR_COMPANY]
        lines = [
            HistoryLine(
                text=f"{entry.actor_name}{entry.sentence}" if inside else entry.sentence,
                at=entry.at,
                hint=entry.actor_unit if inside else "",
                say=entry.payload.get("say", ""),
            )
            for entry in shown
        ]
        return History(lines, seal=seal_state_among(thing, entries).sentence)

    def get_context(self, request: HttpRequest, thing: Notice) -> dict[str, Any]:
        scope = request.scope  # type: ignore[attr-defined]
        shows = scope.is_inside or access.is_concerned(scope, thing)
        context: dict[str, Any] = {"blocks": thing.body, "shows_answer": shows and thing.concerns is not None}
        if not access.may_see_original(scope, thing):
            return context
        marks = list(Mark.objects.filter(notice=thing).select_related("made_by"))
        known = queries.known_words(thing)
        if thing.state in (State.PUBLISHED, State.WITHDRAWN):
            # What is public was decided on one day; it is not compared with what is known today.
            return {**context, "lifted": [mark for mark in marks if mark.is_lifted]}
        return {
            **context,
            "title_row": Row({"kind": "text"}, pieces(thing.original_title, known), thing.title),
            "pairs": [_row(before, after, known) for before, after in zip(thing.original, thing.body, strict=True)],
            "hidden": _hidden(thing, marks, known, may_lift=access.may_lift(scope, thing)),
            "lifted": [mark for mark in marks if mark.is_lifted],
        }


def _row(before: content.Block, after: content.Block, known: Known) -> Row:
    if before["kind"] == "table":
        flat = "\n".join("　".join(row) for row in [before["head"], *before["rows"]])
        shown = "\n".join("　".join(row) for row in [after["head"], *after["rows"]])
        return Row(before, pieces(flat, known), shown)
    words = " ".join(filter(None, [before["number"], before["text"]]))
    return Row(before, pieces(words, known), " ".join(filter(None, [after["number"], after["text"]])))


def _hidden(notice: Notice, marks: list[Mark], known: Known, *, may_lift: bool) -> list[Hid]:
    by_hand = {(mark.kind, key_of(mark.words)): mark.made_by.name for mark in marks if not mark.is_lifted}
    counted: Counter[tuple[Hidden, str]] = Counter()
    for one in content.found_in(notice.original_title, notice.original, known):
        counted[one.kind, one.words] += 1
    lift = reverse("notices:lift", args=[notice.pk])
    return [
        Hid(
            kind,
            words,
            times,
            by_hand.get((kind, key_of(words)), _("自动")),
            f"{lift}?{urlencode({'kind': kind.value, 'words': words})}" if may_lift and kind in LIFTABLE else "",
        )
        for (kind, words), times in counted.most_common()
    ]
