"""What nobody looked at in half a year: the supervision gap with its clauses, and what did not fit into the hours."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from wolong.estate.places.models import OfficeArea
from wolong.loop.duties.queries import Tally, shows, steps_of, tallies
from wolong.loop.plans.models import Omission
from wolong.norms.standards.models import Requirement

Json = dict[str, Any]
MOST_UNSEEN = 12
GRAVENESS = "ABCO"


def gap_of(area: OfficeArea, on: date) -> Json:
    """The index on a day, and the 应 that have a doer and a checker and yet were not looked at in time, gravest first."""
    found = tallies(area, on)
    index = steps_of(found).index
    unseen = [tally for tally in found if shows(tally, "lost_checked")]
    return {
        "percent": float(index.percent) if index.percent is not None else None,
        "open": index.open,
        "required": index.required,
        "only_overall": index.only_overall,
        "only_self": index.only_self,
        "unseen": len(unseen),
        "rows": _rows(unseen, area),
        "url": f"{reverse('duties:matrix')}?area={area.pk}&show=",
    }


def _rows(unseen: list[Tally], area: OfficeArea) -> list[Json]:
    requirements = Requirement.objects.select_related("clause__edition").in_bulk([one.requirement_id for one in unseen])
    pairs = [(requirements[one.requirement_id], one.coverage) for one in unseen]
    pairs.sort(
        key=lambda pair: (GRAVENESS.find(pair[0].severity or "C"), pair[1].itemised - pair[1].needed, pair[0].pk)
    )
    return [
        {
            "label": f"{asked.clause.edition.number.rsplit(' ', 1)[-1].split('—')[0]} {asked.clause.number}",
            "sentence": asked.sentence,
            "severity": asked.severity or "C",
            "needed": coverage.needed,
            "itemised": coverage.itemised,
            "to_verify": asked.is_to_verify,
            "url": f"{reverse('duties:list')}?area={area.pk}&requirement={asked.pk}",
        }
        for asked, coverage in pairs[:MOST_UNSEEN]
    ]


def omitted(area: OfficeArea, first: date, last: date) -> Json:
    """本期查不到 of the months' plans: checks, and the hours that they would have taken."""
    rows = Omission.objects.filter(plan__area=area, plan__month__range=(first, last)).order_by()
    found = rows.aggregate(checks=Sum("duties"), minutes=Sum("minutes"))
    return {
        "checks": found["checks"] or 0,
        "hours": round(float(found["minutes"] or 0) / 60, 1),
        "url": reverse("plans:list"),
    }
