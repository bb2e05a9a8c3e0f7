"""What a section head should know of a visit. Nothing follows from it by itself (inspection economy)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from wolong.ground.files.models import Evidence
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.models import Visit
from wolong.loop.fieldwork.rules.conduct import VISITS_WITHOUT_A_FAULT, finds_nothing, pace_of
from wolong.loop.fieldwork.states import Verdict


@dataclass(frozen=True, slots=True)
class Flag:
    kind: str
    sentence: str


def flags_of(visit: Visit) -> list[Flag]:
    """Too fast to be true; an inspector who never finds anything; photographs used twice."""
    found = [_too_fast(visit), _finds_nothing(visit), _photos_twice(visit)]
    return [flag for flag in found if flag is not None]


def _too_fast(visit: Visit) -> Flag | None:
    if visit.submitted_at is None:
        return None
    looked = visit.observations.exclude(verdict=Verdict.NOT_CHECKED).filter(mode=CheckMode.ITEMISED)
    sums = looked.aggregate(items=Count("pk"), minutes=Sum("item__minutes"))
    pace = pace_of(
        items=sums["items"],
        planned_minutes=sums["minutes"] or Decimal(0),
        started_at=visit.started_at,
        submitted_at=visit.submitted_at,
    )
    if not pace.is_too_fast:
        return None
    sentence = _("%(items)s 项逐项检查只用了 %(minutes)s 分钟，预计 %(planned)s 分钟") % {
        "items": pace.items,
        "minutes": f"{pace.minutes:.0f}",
        "planned": f"{pace.planned_minutes:.0f}",
    }
    return Flag("too_fast", sentence)


def _finds_nothing(visit: Visit) -> Flag | None:
    latest = (
        Visit.objects.submitted()
        .filter(inspector_id=visit.inspector_id, started_at__lte=visit.started_at)
        .order_by("-submitted_at")[:VISITS_WITHOUT_A_FAULT]
    )
    rows = Visit.objects.filter(pk__in=list(latest.values_list("pk", flat=True))).aggregate(
        visits=Count("pk", distinct=True),
        items=Count("observations"),
        failures=Count("observations", filter=Q(observations__verdict=Verdict.FAILS)),
    )
    if not finds_nothing(**rows):
        return None
    sentence = _("%(who)s最近 %(visits)s 次巡查共 %(items)s 项，没有发现一个问题") % {
        "who": visit.inspector.name,
        "visits": rows["visits"],
        "items": rows["items"],
    }
    return Flag("finds_nothing", sentence)


def _photos_twice(visit: Visit) -> Flag | None:
    own = Evidence.objects.filter(observations__visit=visit)
    hashes = list(own.values_list("pk", "sha256").distinct())
    seen: set[str] = set()
    twice: set[str] = set()
    for _pk, digest in hashes:
        (twice if digest in seen else seen).add(digest)
    others = Evidence.objects.filter(sha256__in=seen, observations__isnull=False).exclude(
        pk__in=[pk for pk, _digest in hashes]
    )
    twice.update(others.values_list("sha256", flat=True))
    if not twice:
        return None
    return Flag("photo_twice", _("%(n)s 张照片与别处用过的照片完全相同") % {"n": len(twice)})
