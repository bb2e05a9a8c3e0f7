"""An edition and its clauses: contents at the left, the text in a song face, what later rooms know at the right."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.generic import Button, Crumb, DetailPage, HistoryLine, NextStep, SignedIn
from wolong.ground.pages.pieces import piece
from wolong.ground.pages.registries.thread import Stage
from wolong.ground.people.access import Scope
from wolong.ground.questions import asked
from wolong.ground.workdays.queries import today
from wolong.language.tree import Measure
from wolong.language.wording import changes, words_of
from wolong.norms.standards import access
from wolong.norms.standards.models import Clause, Edition, Requirement, Standard
from wolong.norms.standards.queries import clauses_marked, in_force, previous_clause, previous_edition, successor_of
from wolong.norms.standards.queries.pages import clause_among, clauses_of, requirements_among
from wolong.norms.standards.registries import Reach, failures_by_clause, reach_of
from wolong.norms.standards.rules.comparing import Read, changed_places, differences
from wolong.norms.standards.rules.editions import is_review_overdue
from wolong.norms.standards.states import EditionState
from wolong.norms.standards.views.lines import Line, contents


@dataclass(frozen=True)
class Reading:
    """How requirements with one execution line are read: chips of measures and phrases, and the strip."""

    requirements: list[Requirement]
    measures: list[str]
    phrases: list[str]
    unread: list[str]
    strip: Requirement | None
    reach: Reach | None


@dataclass(frozen=True)
class Comparison:
    """A clause beside the one before it."""

    year: int
    old_year: int
    old: list[tuple[str, str]]
    new: list[tuple[str, str]]
    places: int
    says: list[str] = field(default_factory=list)


def readings(clause: Clause, reach: dict[int, Reach]) -> list[Reading]:
    """The requirements of a clause, grouped by their execution line."""
    groups: list[list[Requirement]] = []
    for requirement in clause.requirements.all():
        if groups and groups[-1][0].execution == requirement.execution:
            groups[-1].append(requirement)
        else:
            groups.append([requirement])
    return [
        Reading(
            group,
            [words_of(Measure.from_json(measure)) for one in group for measure in one.measures],
            [phrase for one in group for phrase in one.predicates],
            [part for one in group for part in one.unread],
            group[0] if group[0].execution else None,
            next((reach[one.pk] for one in group if one.pk in reach), None),
        )
        for group in groups
    ]


def comparison(clause: Clause, old: Clause | None) -> Comparison | None:
    """What became of the clause since the edition before; None where there is none or nothing changed."""
    if old is None:
        return None
    pieces = changes(old.text, clause.text)
    says = differences(_reads(old), _reads(clause))
    if old.text == clause.text and not says:
        return None
    return Comparison(
        year=clause.edition.year,
        old_year=old.edition.year,
        old=[piece for piece in pieces if piece[0] != "insert"],
        new=[piece for piece in pieces if piece[0] != "delete"],
        places=changed_places(old.text, clause.text),
        says=says,
    )


def _reads(clause: Clause) -> list[Read]:
    return [Read(row.modality, row.measures, row.execution or {}) for row in clause.requirements.all()]


def level_words(edition: Edition) -> str:
    standard = edition.standard
    words = [_("%(level)s标准") % {"level": standard.level} if standard.level else "", edition.nature]
    return " · ".join(word for word in words if word)


class EditionPage(DetailPage):
    """An edition: the whole text, with this year's failures beside the contents."""

    template_name = "standards/edition_detail.html"
    place = "edition"
    stage: Stage | None = None

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return Edition.objects.visible_to(request.scope).select_related("standard", "drafted_by", "approved_by")  # type: ignore[attr-defined]

    def edition(self, thing: Any) -> Edition:
        found: Edition = thing
        return found

    @cached_property
    def previous(self) -> Edition | None:
        return previous_edition(self.edition(self.thing))

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request
        return str(self.edition(thing))

    def get_badges(self, request: HttpRequest, thing: Any) -> list[SafeString]:
        del request
        edition = self.edition(thing)
        return [state_html(EditionState(edition.state), edition)]

    def get_subtitle(self, request: HttpRequest, thing: Any) -> str:
        del request
        edition = self.edition(thing)
        words = [level_words(edition)]
        if edition.effective_on:
            words.append(_("%(day)s 实施") % {"day": edition.effective_on})
        if edition.review_due_on:
            overdue = is_review_overdue(edition.review_due_on, today=today())
            words.append((_("%(day)s 已到复审期") if overdue else _("%(day)s 前复审")) % {"day": edition.review_due_on})
        return "\u2003".join(word for word in words if word)

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        if not access.may_read(request.scope):  # type: ignore[attr-defined]
            return []
        home = reverse("standards:list")
        parts = [part for part in self.edition(thing).standard.position.split("/") if part]
        return [Crumb(gettext_lazy("标准"), home), *(Crumb(part, f"{home}?position={part}") for part in parts)]

    def get_buttons(self, request: HttpRequest, thing: Any) -> list[Button]:
        scope, edition = request.scope, self.edition(thing)  # type: ignore[attr-defined]
        if not access.may_read(scope):
            return []
        buttons = []
        if self.previous is not None:
            url = reverse("standards:compare", args=[edition.pk])
            buttons.append(Button(label=gettext_lazy("比较版本"), url=url, icon="git-compare"))
        url = reverse("standards:text", args=[edition.pk])
        buttons.append(Button(label=gettext_lazy("下载原文"), url=url, icon="file-download"))
        if access.may_revise(scope, edition):
            url = reverse("standards:revise", args=[edition.pk])
            buttons.append(Button(label=gettext_lazy("改草案"), url=url, icon="pencil"))
        if edition.state == EditionState.IN_FORCE and access.may_approve(scope):
            url = reverse("standards:abolish", args=[edition.pk])
            buttons.append(Button(label=gettext_lazy("废止"), url=url, icon="ban"))
        return buttons

    def get_next_step(self, request: HttpRequest, thing: Any) -> NextStep | None:
        scope, edition = request.scope, self.edition(thing)  # type: ignore[attr-defined]
        if edition.state == EditionState.DRAFT:
            return _draft_step(scope, edition)
        if edition.state == EditionState.APPROVED:
            return _approved_step(scope, edition)
        return None

    def get_history(self, request: HttpRequest, thing: Any) -> list[HistoryLine]:
        del request
        return history_lines(self.edition(thing), most=12)

    def get_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        edition = self.edition(thing)
        failures = failures_by_clause(edition, today(), request.scope)  # type: ignore[attr-defined]
        clauses = list(clauses_marked(edition).prefetch_related("requirements"))
        return {
            "edition": edition,
            "clauses": clauses,
            "lines": [Line.of(one) for one in clauses],
            "contents": contents(
                request, [Line.heading(one, failures) for one in clauses if one.kind != "item"], whole=True
            ),
            "bound": sum(row.binds for clause in clauses for row in clause.requirements.all()),
            "to_verify": [clause for clause in clauses if clause.to_verify],
        }


class ClausePage(EditionPage):
    """One clause in its chapter, how it is read, and what became of it since the edition before."""

    template_name = "standards/clause_detail.html"
    place = "clause"
    stage = Stage.CLAUSE
    old: Clause | None = None

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Clause.objects.filter(access.clauses_for(request.scope)).distinct()  # type: ignore[attr-defined]
        return rows.select_related("edition__standard")

    def get_object(self, request: HttpRequest) -> Any:
        """The clause and the one before it, with the requirements of both in one query."""
        clause = next(iter(asked(clause_among, self.kwargs[self.lookup], access.clauses_for(request.scope))), None)  # type: ignore[attr-defined]
        if clause is None:
            raise Http404
        self.old = previous_clause(clause)
        both = [clause] if self.old is None else [clause, self.old]
        found = asked(requirements_among, Q(clause__in=[one.pk for one in both]))
        for one in both:
            rows = one.requirements.all()
            rows._result_cache = [row for row in found if row.clause_id == one.pk]  # noqa: SLF001 - as a prefetch does
            one._prefetched_objects_cache = {"requirements": rows}  # noqa: SLF001
            for row in rows:
                row.clause = one
        return clause

    @property
    def previous(self) -> Edition | None:  # type: ignore[override]
        return self.old.edition if self.old is not None else None

    def edition(self, thing: Any) -> Edition:
        found: Edition = thing.edition
        return found

    def get_next_step(self, request: HttpRequest, thing: Any) -> NextStep | None:
        del request, thing
        return None

    def get_history(self, request: HttpRequest, thing: Any) -> None:
        del request, thing

    def get_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        scope: Scope = request.scope  # type: ignore[attr-defined]
        edition = thing.edition
        if scope.is_inside:
            clauses = asked(clauses_of, edition.pk)
        else:  # a company reads its own clauses, not its neighbours'
            own = Clause.objects.filter(access.clauses_for(scope)).values("pk")
            clauses = list(clauses_marked(edition).filter(pk__in=own))
        failures = failures_by_clause(edition, today(), scope)
        chapter = _chapter_of(clauses, thing)
        is_ruling = edition.state == EditionState.IN_FORCE
        return {
            "edition": edition,
            "clause": thing,
            "sheet": [
                (
                    one.pk == thing.pk,
                    piece("standards/_line.html", request, clause=Line.of(one)) if one.pk != thing.pk else "",
                )
                for one in chapter
            ],
            "contents": contents(
                request,
                [
                    Line.heading(one, failures, is_here=one.pk == thing.pk)
                    for one in clauses
                    if one.kind != "item" and (one.level == 1 or one in chapter)
                ],
            ),
            "readings": readings(thing, reach_of(thing, scope, request)),
            "comparison": comparison(thing, self.old),
            "ruling_clause": None if is_ruling else successor_of(thing, today()),
        }


def _chapter_of(clauses: list[Clause], clause: Clause) -> list[Clause]:
    """The clauses of the chapter that a clause stands in."""
    chapter: list[Clause] = []
    found = False
    for one in clauses:
        if one.level == 1 and one.kind != "item":
            if found:
                break
            chapter = []
        chapter.append(one)
        found = found or one.pk == clause.pk
    return chapter


def _draft_step(scope: Scope, edition: Edition) -> NextStep:
    if access.may_approve(scope, edition):
        return NextStep(
            kind="mine",
            sentence=gettext_lazy("等待您批准这份草案"),
            reason=_("%(who)s 起草，批准人不能是起草人。") % {"who": edition.drafted_by},
            primary=Button(
                label=gettext_lazy("批准"), url=reverse("standards:approve", args=[edition.pk]), go=True, inline=True
            ),
        )
    return NextStep(
        kind="wait",
        sentence=gettext_lazy("等待起草人以外的人批准"),
        reason=_("标准管理员、中心负责人或局领导可以批准。"),
    )


def _approved_step(scope: Scope, edition: Edition) -> NextStep:
    sentence = _("已批准，%(day)s 起实施") % {"day": edition.effective_on}
    if not access.may_approve(scope):
        return NextStep(kind="wait", sentence=sentence)
    url = reverse("standards:force", args=[edition.pk])
    return NextStep(
        kind="mine",
        sentence=sentence,
        reason=_("到那天自动实施；也可以现在定另一天。"),
        primary=Button(label=gettext_lazy("定实施日期"), url=url, go=True, inline=True),
    )


class StandardPage(SignedIn):
    """A standard opens in the edition that rules, else in the newest."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        standard = Standard.objects.filter(pk=pk).first()
        if standard is None or not access.may_read(request.scope):  # type: ignore[attr-defined]
            raise Http404
        edition = in_force(standard, today()) or standard.editions.order_by("-year", "-pk").first()
        if edition is None:
            raise Http404
        return redirect(edition)


class EditionText(SignedIn):
    """The exact text, letter by letter."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        edition = Edition.objects.visible_to(request.scope).filter(pk=pk).first()  # type: ignore[attr-defined]
        if edition is None:
            raise Http404
        name = edition.number.replace("/", "-").replace(" ", "-")
        answer = HttpResponse(edition.text.encode(), content_type="text/markdown; charset=utf-8")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(name)}.md"
        answer.headers["X-Content-SHA256"] = edition.sha256
        return answer


def _quoted(name: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-._") else "-" for sign in name)


class ComparePage(EditionPage):
    """Every clause that changed since the edition before."""

    template_name = "standards/compare.html"
    place = ""

    def get_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request
        previous = self.previous
        if previous is None:
            raise Http404
        before = {clause.number: clause for clause in previous.clauses.prefetch_related("requirements")}
        rows, added = [], []
        for clause in clauses_marked(thing).select_related("edition").prefetch_related("requirements"):
            old = before.pop(clause.number, None)
            if old is None:
                added.append(clause)
                continue
            says = differences(_reads(old), _reads(clause))
            if old.text == clause.text and not says:
                continue
            pieces = changes(old.text, clause.text)
            rows.append(
                {
                    "clause": clause,
                    "old": [piece for piece in pieces if piece[0] != "insert"],
                    "new": [piece for piece in pieces if piece[0] != "delete"],
                    "says": says,
                }
            )
        return {"edition": thing, "previous": previous, "rows": rows, "added": added, "removed": list(before.values())}

    def get_next_step(self, request: HttpRequest, thing: Any) -> NextStep | None:
        del request, thing
        return None
