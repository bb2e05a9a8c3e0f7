"""A notice held for a change, and its public text written anew from what stays inside."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.people.access import Scope, scope_of
from wolong.ground.people.models import Person
from wolong.loop.notices.models import Notice
from wolong.loop.notices.queries import known_words
from wolong.loop.notices.rules import content
from wolong.loop.notices.states import LIFECYCLE

LONGEST_REASON = 500


def hold(notice: Notice) -> Notice:
    """The notice's row until the transaction ends: whoever comes second finds what the first one left."""
    return (
        Notice.objects.select_for_update(of=("self",))
        .select_related("window__unit", "concerns", "drafted_by")
        .get(pk=notice.pk)
    )


def step(notice: Notice, verb: str) -> str:
    """The state that a verb leads to, or a refusal that says how things stand now."""
    sentence = _("这件公示件现在是“%(state)s”，可能刚刚有人处理过，请刷新后再看。") % {
        "state": notice.get_state_display()
    }
    return LIFECYCLE.step(verb, notice.state, sentence=sentence)


def scope_at(by: Person, at: datetime) -> Scope:
    """What the person holds on the day of the deed."""
    return scope_of(by, on=local_day(at))


def local_day(at: datetime) -> date:
    return timezone.localtime(at).date()


def hide_again(notice: Notice) -> int:
    """Write the public text from the inside one, by everything that is known today; answers how much is hidden."""
    known = known_words(notice)
    notice.title, notice.body = content.redacted(notice.original_title, notice.original, known)
    notice.facts = [[label, content.redacted(value, (), known)[0]] for label, value in notice.facts]
    notice.reference = content.redacted(notice.reference, (), known)[0][:120]
    notice.text = f"{notice.title}\n{content.as_text(notice.body)}"
    notice.clauses = sum(1 for block in notice.body if block["kind"] == "text" and block["number"])
    notice.sha256 = content.digest(notice.title, notice.body)
    return len(content.found_in(notice.original_title, notice.original, known))


def cleaned(reason: str) -> str:
    return content.clean(reason)[:LONGEST_REASON]
