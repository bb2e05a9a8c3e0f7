"""What this room adds to other pages: its bead of the thread, its to-dos, its search."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.registries.search import Hit
from wolong.ground.pages.registries.thread import Bead
from wolong.ground.pages.registries.todos import Todo
from wolong.norms.standards import access
from wolong.norms.standards.models import Clause, Edition
from wolong.norms.standards.queries import awaiting_approval
from wolong.norms.standards.states import EditionState

MOST_HITS = 8


def bead_of_clause(request: HttpRequest, clause: Clause) -> Bead:
    """第 5.1.2 条"""
    del request
    return Bead(
        "done", _("第 %(number)s 条") % {"number": clause.number}, str(clause.edition), clause.get_absolute_url()
    )


def drafts_to_approve(request: HttpRequest) -> Iterator[Todo]:
    """Drafts that this person may approve."""
    scope = request.scope  # type: ignore[attr-defined]
    if not access.may_approve(scope):
        return
    for edition in awaiting_approval():
        if access.may_approve(scope, edition):
            context = _("%(who)s %(day)s 起草") % {
                "who": edition.drafted_by or "",
                "day": timezone.localtime(edition.drafted_at).strftime("%m-%d") if edition.drafted_at else "",
            }
            yield Todo(
                due=None,
                sentence=_("批准草案 {}"),
                strong=_("《%(title)s》") % {"title": edition.title},
                url=edition.get_absolute_url(),
                verb=_("去批准"),
                context=f"{edition.number} · {context}",
                since=timezone.localdate(edition.drafted_at) if edition.drafted_at else None,
            )


def find(request: HttpRequest, q: str) -> list[Hit]:
    """Standards by number or name, then clauses of ruling editions by their words."""
    if not access.may_read(request.scope):  # type: ignore[attr-defined]
        return []
    ruling = Edition.objects.filter(state=EditionState.IN_FORCE)
    hits = [
        Hit(str(edition), str(edition.get_state_display()), edition.get_absolute_url())
        for edition in (ruling.filter(title__icontains=q) | ruling.filter(number__icontains=q))[:MOST_HITS]
    ]
    clauses = Clause.objects.filter(edition__in=ruling, text__icontains=q).select_related("edition")
    hits += [
        Hit(clause.text[:60], f"{clause.edition.number} {clause.number}", clause.get_absolute_url())
        for clause in clauses[: MOST_HITS - len(hits)]
    ]
    return hits
