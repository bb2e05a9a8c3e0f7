"""Orders in every stage, made by the verbs themselves."""

from datetime import date, datetime
from typing import Any

from factory.django import DjangoModelFactory

from tests.factories.files import photo
from tests.factories.findings import World, at, world
from wolong.loop.findings.models import Finding
from wolong.loop.rectification import actions
from wolong.loop.rectification.models import Answer, Extension, FollowUp, Order, SystemicOrder
from wolong.loop.rectification.states import Cause


def issued(here: World, *, when: datetime | None = None, finding: Finding | None = None, **more: Any) -> Order:
    """Found and issued on 2026-11-16 (Monday), due by the clause's term."""
    when = when or at("2026-11-16", 11, 30)
    finding = finding or here.finding(when=when.replace(hour=10))
    return actions.issue_order(finding=finding, by=here.head, at=when, **more)


def answer(here: World, order: Order, *, when: datetime | None = None, **more: Any) -> Answer:
    by = more.pop("by", here.manager)
    given: dict[str, Any] = {
        "cause_kind": Cause.MANAGEMENT,
        "cause": "排风电机停转未被发现",
        "measure": "更换电机，巡检卡增加排风一项",
        "value_text": "0.18",
        "evidence": [photo(by)],
    }
    return actions.answer_order(order=order, by=by, at=when or at("2026-11-17", 16, 42), **{**given, **more})


def answered(here: World, **more: Any) -> Order:
    order = issued(here, **more)
    answer(here, order)
    order.refresh_from_db()
    return order


def closed(here: World, **more: Any) -> Order:
    return actions.accept_answer(order=answered(here, **more), by=here.head, at=at("2026-11-18", 9, 0))


class OrderFactory(DjangoModelFactory):
    class Meta:
        model = Order

    @classmethod
    def _create(cls, model_class: type[Order], *args: Any, **given: Any) -> Order:
        del model_class, args
        return issued(given.pop("world", None) or world(), **given)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    @classmethod
    def _create(cls, model_class: type[Answer], *args: Any, **given: Any) -> Answer:
        del model_class, args
        here = given.pop("world", None) or world()
        return answer(here, issued(here), **given)


class ExtensionFactory(DjangoModelFactory):
    class Meta:
        model = Extension

    @classmethod
    def _create(cls, model_class: type[Extension], *args: Any, **given: Any) -> Extension:
        del model_class, args
        here = given.pop("world", None) or world()
        asked = {"until": date(2026, 11, 24), "reason": "电机 11-20 到货", "by": here.manager, "at": at("2026-11-17")}
        return actions.ask_extension(order=issued(here), **{**asked, **given})


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    @classmethod
    def _create(cls, model_class: type[FollowUp], *args: Any, **given: Any) -> FollowUp:
        del model_class, args
        here = given.pop("world", None) or world()
        asked = {"is_fixed": True, "said_by": "三楼住户代表", "by": here.head, "at": at("2026-11-20")}
        return actions.follow_up(order=closed(here), **{**asked, **given})


class SystemicOrderFactory(DjangoModelFactory):
    class Meta:
        model = SystemicOrder

    @classmethod
    def _create(cls, model_class: type[SystemicOrder], *args: Any, **given: Any) -> SystemicOrder:
        del model_class, args
        here = given.pop("world", None) or world()
        ordered = {
            "area": here.area, "title": "夜班漏查", "demand": "夜班补训", "owner": here.company,
            "due_on": date(2026, 12, 31), "by": here.head, "at": at("2026-11-20"),
        }  # fmt: skip
        return actions.order_systemic(**{**ordered, **given})
