"""The demo story, played once into an empty database through the rooms' own verbs. Dates are relative to today."""

import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from wolong.entrance.demo.analyses import analyse
from wolong.entrance.demo.appraisals import appraise, note_terms
from wolong.entrance.demo.beginnings import Cast, gather_people, learn_calendar, load_standards
from wolong.entrance.demo.estate_data import build
from wolong.entrance.demo.habits import keep_views
from wolong.entrance.demo.openness import open_window
from wolong.entrance.demo.orders import work_off_findings
from wolong.entrance.demo.revisions import bring_scoring_sheet, depart, propose
from wolong.entrance.demo.rounds import prepare_walk, walk_past_rounds
from wolong.entrance.demo.subscribers import subscribe
from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import seal_entries
from wolong.loop.duties.actions import adopt_standard, exclude_clause, set_parameter
from wolong.loop.plans.actions import cancel_round, compile_month, draw
from wolong.loop.plans.models import Plan
from wolong.loop.plans.states import RoundState
from wolong.norms.standards.models import Standard

# As far back as the last quarter reaches into the past, and two months at least.
FEWEST_MONTHS_BACK = 2
CATERING = "Q/WLS BZ09-"
# What the small area adopts: its canteen is run by the centre itself, with a budget.
SMALL = (
    "Q/WLS BZ06-003", "Q/WLS BZ06-004", "Q/WLS BZ05-001", "Q/WLS BZ05-003",
    "Q/WLS BZ09-001", "Q/WLS BZ09-003", "Q/WLS BZ09-004",
)  # fmt: skip
# What of it the small area has not got: standard, clause, reason.
NOT_IN_SMALL = (
    ("Q/WLS BZ05-003", "4.2.12", "本办公区没有地下车库，没有防火卷帘"),
    ("Q/WLS BZ06-003", "5.4.1", "本办公区没有地下车库"),
)


def _say(line: str) -> None:
    sys.stdout.write(f"  · {line}\n")
    sys.stdout.flush()


def load(say: Callable[[str], None] = _say) -> None:
    """Play the whole story; all of it or nothing."""
    now = timezone.now()
    with transaction.atomic():
        _play(now, say)
    seal_entries(at=timezone.now())


def _play(now: datetime, say: Callable[[str], None]) -> None:
    today = timezone.localdate(now)
    months_back = max(FEWEST_MONTHS_BACK, (today.month - 1) % 3 + 1)
    start = _months_before(today.replace(day=1), months_back)
    begun = timezone.make_aware(datetime.combine(start - timedelta(days=20), time(9)))
    say("单位、人员与年历")
    cast = gather_people(at=begun, today=today)
    learn_calendar(at=begun)
    say("标准库")
    load_standards(cast, at=begun)
    say("办公区、设备与合同")
    estate = build(cast.people["admin"], begun, cast.units)
    cast.areas = {"WLS": estate.main, "BJX": estate.small}
    note_terms(cast, at=begun)
    say("职责")
    _adopt(cast, begun)
    for back in range(months_back, -1, -1):
        month = _months_before(today.replace(day=1), back)
        say(f"{month:%Y-%m} 计划与巡查")
        for area in cast.areas.values():
            plan = _plan(cast, area, month)
            walk_past_rounds(plan, until=today, every=3 if back > FEWEST_MONTHS_BACK - 1 else 1)
            if back:
                _give_up_the_rest(cast, plan)
    say("问题与整改")
    work_off_findings(cast, now=now)
    say("考评")
    appraise(cast, now=now)
    propose(cast, now=now)
    depart(cast, now=now)
    bring_scoring_sheet(cast, now=now)
    say("分析")
    analyse(cast, now=now)
    say("公示")
    open_window(cast, now=now)
    subscribe(cast, now=now)
    keep_views(cast, now=now)
    prepare_walk()


def _give_up_the_rest(cast: Cast, plan: Plan) -> None:
    """What was not walked in a past month is cancelled with its reason: it stays visible as not checked."""
    head = cast.people["chenzhuren" if plan.area.code == "WLS" else "liuzhuren"]
    last = _months_before(plan.month, -1) - timedelta(days=1)
    at = timezone.make_aware(datetime.combine(last, time(17)))
    for left in plan.rounds.filter(state=RoundState.PLANNED):
        cancel_round(round=left, reason="巡查员抽调参加专项工作，本月未能完成", by=head, at=at)


def _months_before(month: date, number: int) -> date:
    index = month.year * 12 + month.month - 1 - number
    return date(index // 12, index % 12 + 1, 1)


def _adopt(cast: Cast, at: datetime) -> None:
    """The large area adopts everything but catering, which its contract does not hold; the small one a few."""
    keeper, other = cast.people["chenzhuren"], cast.people["liuzhuren"]
    for standard in Standard.objects.order_by("code"):
        if not standard.code.startswith(CATERING):
            adopt_standard(area=cast.areas["WLS"], standard=standard, by=keeper, at=at)
        if standard.code in SMALL:
            adopt_standard(area=cast.areas["BJX"], standard=standard, by=other, at=at)
    for code, clause, reason in NOT_IN_SMALL:
        standard = Standard.objects.get(code=code)
        exclude_clause(area=cast.areas["BJX"], standard=standard, clause_number=clause, reason=reason, by=other, at=at)
    cleaning = Standard.objects.get(code="Q/WLS BZ06-003")
    set_parameter(
        area=cast.areas["WLS"], standard=cleaning, clause_number="5.1.2", key="抽查", value="30%", by=keeper, at=at
    )


def _plan(cast: Cast, area: OfficeArea, month: date) -> Plan:
    """The month is compiled on its first morning; what waits for a draw is drawn by two people."""
    at = timezone.make_aware(datetime.combine(month, time(8, 30)))
    plan = compile_month(area=area, month=month, by=None, at=at)
    if plan.draws.pending().exists():
        heads = ("chenzhuren", "lizhuguan") if area.code == "WLS" else ("liuzhuren", "mazhuguan")
        first, second = (cast.people[account] for account in heads)
        draw(plan=plan, seed_a=f"{month:%m}08", seed_a_by=first, seed_b="赣江", seed_b_by=second, at=at)
        plan.refresh_from_db()
    return plan
