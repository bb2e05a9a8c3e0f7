"""The guided walk round the loop: seven steps, each handed to the next actor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.loop.findings.models import Finding
from wolong.loop.plans.models import Plan, Round
from wolong.loop.plans.states import RoundKind, RoundState
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import State
from wolong.norms.standards.models import Clause
from wolong.norms.standards.states import EditionState

STANDARD, CLAUSE = "Q/WLS BZ06-003", "5.1.2"


def walk_round() -> Round | None:
    """The short round that the walk is about: the newest special one."""
    return Round.objects.filter(kind=RoundKind.SPECIAL, area__code="WLS").order_by("-pk").first()


def _finding() -> Finding | None:
    walk = walk_round()
    return Finding.objects.filter(observation__visit__round=walk).order_by("pk").first() if walk else None


def _order() -> Order | None:
    finding = _finding()
    return Order.objects.filter(finding=finding).first() if finding else None


def _address(thing: Any) -> str:
    return thing.get_absolute_url() if thing is not None else reverse("home")


def _clause() -> str:
    clauses = Clause.objects.filter(number=CLAUSE, edition__standard__code=STANDARD)
    return _address(clauses.filter(edition__state=EditionState.IN_FORCE).first())


def _plan() -> str:
    return _address(Plan.objects.filter(area__code="WLS").order_by("-month").first())


def _round() -> str:
    walk = walk_round()
    return reverse("fieldwork:round", args=[walk.pk]) if walk else reverse("home")


def _round_is_done() -> bool:
    walk = walk_round()
    return walk is not None and walk.state == RoundState.DONE


def _order_is(*states: str) -> Callable[[], bool]:
    def is_so() -> bool:
        order = _order()
        return order is not None and (not states or order.state in states)

    return is_so


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """`account` acts; `sentence` says what to look at or do; `is_done` tells whether the next may take over."""

    account: str
    sentence: Any
    url: Callable[[], str]
    is_done: Callable[[], bool] = _always


STEPS = (
    Step(
        "biaozhun",
        _("这是清洁规范第 5.1.2 条：谁做、谁查、多久查一次，都写在条款后面。右侧是它走到了哪一步。"),
        _clause,
    ),
    Step("lizhuguan", _("本月计划编在巡查员的工时之内；“本期查不到”照实列出。"), _plan),
    Step(
        "zhougong",
        _("做专项巡查：氨浓度填 0.42（全角 ０.４２ 也行），其余符合，提交。"),
        _round,
        _round_is_done,
    ),
    Step("lizhuguan", _("不符合的已成为问题。下发整改通知单。"), lambda: _address(_finding()), _order_is()),
    Step(
        "zhaojingli",
        _("公司只看得到自己的。签收，填原因和措施，附证明，提交。"),
        lambda: _address(_order()),
        _order_is(State.ANSWERED, State.CLOSED),
    ),
    Step(
        "lizhuguan",
        _("发现人和整改人都不能复查；您可以。看证明，复查。"),
        lambda: _address(_order()),
        _order_is(State.CLOSED),
    ),
    Step("chenzhuren", _("闭环了。每一步都在留痕里；首页看标准走到了哪一步。"), lambda: reverse("home")),
)
