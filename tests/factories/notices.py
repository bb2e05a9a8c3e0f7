"""Notices in every stage, made by the verbs themselves."""

from datetime import datetime
from typing import Any

from factory.django import DjangoModelFactory

from tests.factories.findings import World, at, world
from wolong.loop.notices import actions
from wolong.loop.notices.models import Mark, Notice, Window
from wolong.loop.notices.states import Hidden

TITLE, TEXT = "关于外墙清洗的通知", "11 月 28 日清洗外墙，北门改道。\n联系人李主管，电话 13812345678。"


def window(here: World, *, is_open: bool = True, **more: Any) -> Window:
    given = {"is_open": is_open, "answer_workdays": 5, "by": here.centre_head, "at": at("2026-11-02"), **more}
    return actions.set_window(unit=here.centre, **given)


def drafted(here: World, *, when: datetime | None = None, **more: Any) -> Notice:
    """Drafted by the section head on 2026-11-16 (Monday), in an open window."""
    shown = more.pop("window", None) or Window.objects.filter(unit=here.centre).first() or window(here)
    given = {"title": TITLE, "text": TEXT, "by": here.head, "at": when or at("2026-11-16"), **more}
    return actions.draft_note(window=shown, **given)


def submitted(here: World, *, when: datetime | None = None, **more: Any) -> Notice:
    notice = drafted(here, when=when, **more)
    return actions.submit_notice(notice=notice, by=notice.drafted_by, at=when or at("2026-11-16"))


def published(here: World, **more: Any) -> Notice:
    """About no company: approved by the centre head the day after."""
    return actions.approve_notice(notice=submitted(here, **more), by=here.centre_head, at=at("2026-11-17"))


class WindowFactory(DjangoModelFactory):
    class Meta:
        model = Window

    @classmethod
    def _create(cls, model_class: type[Window], *args: Any, **given: Any) -> Window:
        del model_class, args
        return window(given.pop("world", None) or world(), **given)


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    @classmethod
    def _create(cls, model_class: type[Notice], *args: Any, **given: Any) -> Notice:
        del model_class, args
        return drafted(given.pop("world", None) or world(), **given)


class MarkFactory(DjangoModelFactory):
    class Meta:
        model = Mark

    @classmethod
    def _create(cls, model_class: type[Mark], *args: Any, **given: Any) -> Mark:
        del model_class, args
        here = given.pop("world", None) or world()
        asked = {"words": "北门", "kind": Hidden.OTHER, "by": here.head, "at": at("2026-11-16"), **given}
        return actions.mark_words(notice=drafted(here), **asked)
