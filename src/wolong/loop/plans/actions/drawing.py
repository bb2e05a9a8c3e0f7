"""Two people give a seed; the draw follows from it, and can be made again only beside the first."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.plans import access
from wolong.loop.plans.actions.compiling import compile_plan, lock_plans
from wolong.loop.plans.drawing import commitment, draw_sample
from wolong.loop.plans.models import Draw, Plan, Seed
from wolong.loop.plans.queries.draws import open_turn
from wolong.loop.plans.states import SeedPart

LONGEST_SEED = 64


@transaction.atomic
def give_seed(*, plan: Plan, turn: int, value: str, by: Person, at: datetime) -> Seed:
    """One person gives one part of a turn's seed; with the second part, by another person, the draw is made at once.

    The first part stays hidden behind its commitment until then. Refuses a second part by the same person, an empty
    part, and a turn that is already drawn or has nothing to draw.
    """
    value = value.strip()
    if not access.may_give_seed(scope_of(by), plan):
        raise Refused(_("您不参与这个办公区的抽样。"))
    if not value or len(value) > LONGEST_SEED:
        raise Refused(_("种子应有 1 到 %(n)s 个字符。") % {"n": LONGEST_SEED})
    if any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in value):
        raise Refused(_("种子里有不能用的字符。"))
    lock_plans(plan.area)
    given = {seed.part: seed for seed in plan.seeds.filter(turn=turn)}
    if len(given) == len(SeedPart) or not plan.draws.pending().filter(turn=turn).exists():
        raise Refused(_("这一次抽样已经完成，或没有要抽的。"))
    if any(seed.given_by_id == by.pk for seed in given.values()):
        raise Refused(_("您已给出一段种子，另一段要由另一个人给。"))
    part = SeedPart.B if SeedPart.A in given else SeedPart.A
    salt = secrets.token_hex(16)
    seed = Seed.objects.create(
        plan=plan,
        turn=turn,
        part=part,
        value=value,
        salt=salt,
        commitment=commitment(part=value, salt=salt),
        given_by=by,
        given_at=at,
    )
    sentence = _("给出%(part)s，承诺值 %(commitment)s") % {
        "part": seed.get_part_display(),
        "commitment": seed.commitment[:12],
    }
    write_entry(
        verb="give_seed", sentence=sentence, subject=plan, by=by, at=at,
        payload={"turn": turn, "part": part, "commitment": seed.commitment},
    )  # fmt: skip
    if part == SeedPart.B:
        _draw_turn(plan, turn, given[SeedPart.A], seed, by=by, at=at)
        compile_plan(area=plan.area, month=plan.month, by=by, at=at)
    return seed


@transaction.atomic
def draw(*, plan: Plan, seed_a: str, seed_a_by: Person, seed_b: str, seed_b_by: Person, at: datetime) -> list[Draw]:
    """Both parts at once, for people who sit together: everything that waits is drawn. Refuses as `give_seed` does."""
    turn = plan.draws.pending().order_by("turn").values_list("turn", flat=True).first()
    if turn is None:
        raise Refused(_("没有要抽的。"))
    give_seed(plan=plan, turn=turn, value=seed_a, by=seed_a_by, at=at)
    give_seed(plan=plan, turn=turn, value=seed_b, by=seed_b_by, at=at)
    return list(plan.draws.filter(turn=turn))


def _draw_turn(plan: Plan, turn: int, seed_a: Seed, seed_b: Seed, *, by: Person, at: datetime) -> None:
    for each in plan.draws.pending().filter(turn=turn).order_by("pk"):
        each.seed_a, each.seed_b, each.drawn_at = seed_a, seed_b, at
        each.sample = draw_sample(each.population, each.size, seed_a.value, seed_b.value, each.algorithm)
        each.save()
        sentence = _("抽样 %(stratum)s：%(all)s 个中抽 %(size)s 个") % {
            "stratum": each.stratum,
            "all": len(each.population),
            "size": each.size,
        }
        write_entry(
            verb="draw", sentence=sentence, subject=each, by=by, at=at,
            payload={"population_hash": each.population_hash, "sample": [entry["id"] for entry in each.sample]},
        )  # fmt: skip


@transaction.atomic
def redraw(*, draw: Draw, reason: str, by: Person, at: datetime) -> Draw:
    """A draw is to be made again, for a stated reason and with a new seed; the first one is kept.

    The heads of the centre and its sections may. Refuses without a reason, and what is not drawn or was replaced.
    """
    plan = draw.plan
    if not access.may_compile(scope_of(by), plan.area):
        raise Refused(_("重新抽样由中心负责人或科室主管决定。"))
    if not reason.strip():
        raise Refused(_("请写明重新抽样的理由。"))
    lock_plans(plan.area)
    draw.refresh_from_db()
    if not draw.is_drawn:
        raise Refused(_("还没有抽，不能重抽。"))
    if Draw.objects.filter(replaces=draw).exists():
        raise Refused(_("这一次已被重新抽样代替。"))
    again = Draw.objects.create(
        plan=plan,
        turn=open_turn(plan),
        key=draw.key,
        stratum=draw.stratum,
        requirement_id=draw.requirement_id,
        system_id=draw.system_id,
        algorithm=draw.algorithm,
        population=draw.population,
        population_hash=draw.population_hash,
        size=draw.size,
        prepared_at=at,
        replaces=draw,
        reason=reason.strip(),
    )
    sentence = _("重新抽样 %(stratum)s：%(reason)s") % {"stratum": draw.stratum, "reason": reason.strip()}
    write_entry(verb="redraw", sentence=sentence, subject=again, by=by, at=at, payload={"replaces": draw.pk})
    return again
