"""Whom the news of an order reaches, and in which words. Called by the receivers only."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from wolong.ground.inbox.actions import tell
from wolong.ground.people.models import Person
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.loop.rectification import queries
from wolong.loop.rectification.actions.held import local_day
from wolong.loop.rectification.models import Answer, Extension, Order, SystemicOrder
from wolong.loop.rectification.rules import day_words


def _tell(order: Order, people: Iterable[Person], sentence: str, key: str, at: datetime) -> None:
    words = sentence % {
        "title": order.finding.title,
        "number": order.number,
        "due": day_words(order.due_on),
        "unit": order.responsible,
    }
    tell(people=people, sentence=words, url=order.get_absolute_url(), key=f"order-{order.pk}-{key}", at=at)


def issued(order: Order, at: datetime) -> None:
    people = queries.answerable(order, on=local_day(at))
    _tell(order, people, _("收到整改通知单：%(title)s，限 %(due)s前"), "issued", at)


def answered(order: Order, answer: Answer, at: datetime) -> None:
    """Those who may verify; where nobody may, the centre head, who then may."""
    people = list(queries.verifiers(order, on=local_day(at)))
    sentence = _("%(unit)s提交了整改证明，等待复查：%(title)s")
    if not people:
        people = list(queries.last_resorts(order, on=local_day(at)))
        sentence = _("没有第三人能复查，请您复查：%(title)s")
    _tell(order, people, sentence, f"answered-{answer.pk}", at)


def returned(order: Order, answer: Answer, at: datetime) -> None:
    people = {answer.answered_by, *queries.answerable(order, on=local_day(at))}
    _tell(order, people, _("整改被退回重改：%(title)s，限 %(due)s前"), f"returned-{answer.pk}", at)


def closed(order: Order, at: datetime) -> None:
    people = {*queries.answerable(order, on=local_day(at)), order.issued_by, order.finding.found_by}
    people.discard(order.closed_by)
    _tell(order, people, _("整改已闭环：%(title)s"), f"closed-{at:%Y%m%d%H%M%S}", at)


def reopened(order: Order, at: datetime) -> None:
    people = {*queries.answerable(order, on=local_day(at)), order.issued_by}
    _tell(order, people, _("回访没修好，重新整改：%(title)s，限 %(due)s前"), f"reopened-{at:%Y%m%d%H%M%S}", at)


def cancelled(order: Order, at: datetime) -> None:
    _tell(
        order,
        queries.answerable(order, on=local_day(at)),
        _("整改通知单 %(number)s 已撤销：%(title)s"),
        "cancelled",
        at,
    )


def overdue(order: Order, step: int, at: datetime) -> None:
    """+1 the manager of the company, +3 the section head, +7 the centre head."""
    day = local_day(at)
    people = {1: queries.answerable, 2: queries.section_heads, 3: queries.centre_heads}[step](order, on=day)
    key = f"overdue-{step}-{order.due_on:%Y%m%d}"
    _tell(order, people, _("%(unit)s整改逾期，期限是 %(due)s：%(title)s"), key, at)


def watched(order: Order, at: datetime) -> None:
    people = {*queries.answerable(order, on=local_day(at)), *queries.section_heads(order, on=local_day(at))}
    _tell(order, people, _("已挂牌督办：%(title)s，限 %(due)s前"), "watched", at)


def reminded(order: Order, at: datetime) -> None:
    people = queries.answerable(order, on=local_day(at))
    _tell(order, people, _("催办：%(title)s，限 %(due)s前"), f"reminded-{local_day(at):%Y%m%d}", at)


def extension_asked(order: Order, extension: Extension, at: datetime) -> None:
    people = queries.section_heads(order, on=local_day(at))
    _tell(order, people, _("%(unit)s申请延期：%(title)s"), f"extension-{extension.pk}", at)


def extension_decided(order: Order, extension: Extension, at: datetime) -> None:
    people = {extension.asked_by, *queries.answerable(order, on=local_day(at))}
    sentence = _("延期申请%(state)s，期限 %(due)s：%(title)s").replace("%(state)s", extension.get_state_display())
    _tell(order, people, sentence, f"extension-{extension.pk}-decided", at)


def systemic(order: SystemicOrder, at: datetime) -> None:
    """Those who answer for the owner."""
    people = holders(Role.SUPPLIER_MANAGER, Role.SECTION_HEAD, Role.CENTRE_HEAD, at=order.owner, on=local_day(at))
    people = people.filter(organization__path__startswith=order.owner.path or "?")
    words = _("收到系统性整改单：%(title)s，限 %(due)s前落实") % {"title": order.title, "due": day_words(order.due_on)}
    tell(people=people, sentence=words, url=order.get_absolute_url(), key=f"systemic-{order.pk}", at=at)
