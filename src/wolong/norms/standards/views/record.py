"""What became of a clause: the proposals on it, and its failures before and since the present wording."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wolong.ground.pages.generic import Crumb, SignedIn
from wolong.norms.standards import access, registries
from wolong.norms.standards.models import Clause, Proposal
from wolong.norms.standards.queries import previous_edition
from wolong.norms.standards.rules.before_after import FEWEST_CHECKS, Rate, is_clear

MOST_PROPOSALS = 5


class ClauseRecord(SignedIn):
    """A box that the clause page fetches behind its text; alone it is a page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        scope = request.scope  # type: ignore[attr-defined]
        rows = Clause.objects.filter(access.clauses_for(scope)).select_related("edition__standard")
        clause = rows.filter(pk=pk).first()
        if clause is None:
            raise Http404
        proposals = Proposal.objects.filter(
            access.proposals_for(scope), standard=clause.edition.standard_id, clause_number=clause.number
        )
        context: dict[str, Any] = {
            "clause": clause,
            "proposals": proposals.select_related("proposed_by").order_by("-proposed_at")[:MOST_PROPOSALS],
            "may_propose": access.may_propose(scope),
            "sides": _sides(clause, scope),
            "fewest": FEWEST_CHECKS,
            "title": _("第 %(number)s 条的修订") % {"number": clause.number},
            "crumbs": [Crumb(str(clause), clause.get_absolute_url())],
        }
        context["verdict"] = _verdict(context["sides"])
        is_part = bool(getattr(request, "htmx", None))
        return render(request, "standards/_record.html" if is_part else "standards/record.html", context)


def _sides(clause: Clause, scope: Any) -> list[dict[str, Any]]:
    """Before and since, where the clause had another edition before."""
    previous = previous_edition(clause.edition)
    if previous is None:
        return []
    counted = registries.checks_by_edition(clause, scope)
    return [
        {"label": label, "edition": edition, "rate": Rate(*counted.get(edition.pk, (0, 0)))}
        for label, edition in ((_("改前"), previous), (_("改后"), clause.edition))
    ]


def _verdict(sides: list[dict[str, Any]]) -> str:
    if not sides:
        return ""
    clear = is_clear(sides[0]["rate"], sides[1]["rate"])
    if clear is None:
        few = any(side["rate"].is_too_few for side in sides)
        return _("数据太少，还不能下结论") if few else _("两个区间重叠，看不出差别")
    return _("不合格明显少了") if clear else _("不合格明显多了")
