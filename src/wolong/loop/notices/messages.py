"""Whom the news of a notice reaches, and in which words. Called by the receivers only."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from wolong.ground.inbox.actions import tell
from wolong.ground.people.models import Person
from wolong.loop.notices import queries
from wolong.loop.notices.actions.held import local_day
from wolong.loop.notices.models import Notice
from wolong.loop.notices.rules.days import is_answer_over


def _tell(notice: Notice, people: Iterable[Person], sentence: str, key: str, at: datetime) -> None:
    words = sentence % {
        "title": notice.title,
        "due": notice.answer_due_on,
        "unit": notice.concerns,
        "window": notice.window.unit,
        "number": notice.number,
    }
    tell(people=people, sentence=words, url=notice.get_absolute_url(), key=f"notice-{notice.pk}-{key}", at=at)


def submitted(notice: Notice, at: datetime) -> None:
    """The approvers; and the company, which is told what would be public and until when it may answer."""
    key = f"{at:%Y%m%d%H%M%S}"
    _tell(notice, queries.approvers(notice, on=local_day(at)), _("公示件等待批准：%(title)s"), f"submitted-{key}", at)
    if notice.concerns is not None:
        people = queries.people_of(notice.concerns, on=local_day(at))
        sentence = _("%(window)s拟公示涉及贵单位的内容：%(title)s。%(due)s前可以陈述。")
        if is_answer_over(due_on=notice.answer_due_on, today=local_day(at)):
            sentence = _("%(window)s拟公示此前告知贵单位的内容：%(title)s。批准之前仍可以陈述。")
        _tell(notice, people, sentence, f"told-{key}", at)


def answered(notice: Notice, at: datetime) -> None:
    people = queries.approvers(notice, on=local_day(at))
    _tell(notice, people, _("%(unit)s提交了陈述：%(title)s"), f"answered-{at:%Y%m%d%H%M%S}", at)


def returned(notice: Notice, at: datetime) -> None:
    _tell(notice, [notice.drafted_by], _("公示稿被退回：%(title)s"), f"returned-{at:%Y%m%d%H%M%S}", at)


def published(notice: Notice, at: datetime) -> None:
    _tell(notice, {notice.drafted_by, *_company(notice, at)}, _("已公示（%(number)s）：%(title)s"), "published", at)


def withdrawn(notice: Notice, at: datetime) -> None:
    _tell(notice, {notice.drafted_by, *_company(notice, at)}, _("公示已撤回（%(number)s）：%(title)s"), "withdrawn", at)


def _company(notice: Notice, at: datetime) -> Iterable[Person]:
    return queries.people_of(notice.concerns, on=local_day(at)) if notice.concerns is not None else ()
