"""Hide more by hand; show again what an approver takes responsibility for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.loop.notices import access, queries
from wolong.loop.notices.actions.held import hide_again, hold, scope_at
from wolong.loop.notices.models import Mark, Notice
from wolong.loop.notices.rules import content
from wolong.loop.notices.rules.redaction import key_of
from wolong.loop.notices.states import BY_HAND, LIFTABLE, Hidden

LONGEST_WORDS = 120


@transaction.atomic
def mark_words(*, notice: Notice, words: str, kind: str = Hidden.OTHER, by: Person, at: datetime) -> Mark:
    """Hide these words wherever they stand in the notice. The author and whoever could approve it may.

    Refuses words that do not stand there, that are hidden already, or a single sign. The ledger holds no word of it.
    """
    notice = hold(notice)
    if not access.may_mark(scope_at(by, at), notice):
        raise Refused(_("只有拟稿人和批准人在公示之前才能标记。"))
    words = " ".join(words.split())
    if kind not in BY_HAND:
        raise Refused(_("请选择隐去的种类。"))
    if not 2 <= len(key_of(words)) <= LONGEST_WORDS or len(words) > LONGEST_WORDS:
        raise Refused(_("请填 2 至 %(most)d 个字的原文。") % {"most": LONGEST_WORDS})
    text = "\n".join([notice.title, *(each for block in notice.body for each in content.texts_of(block))])
    if key_of(words) not in key_of(text):
        raise Refused(_("公开文本里没有这几个字，可能已经隐去。"))
    Mark.objects.filter(notice=notice, words=words, is_lifted=True).delete()
    made, _is_new = Mark.objects.get_or_create(
        notice=notice, kind=kind, words=words, defaults={"made_by": by, "made_at": at}
    )
    _write(notice, by, at, verb="mark_words", sentence=_("加隐一处（%(kind)s）") % {"kind": Hidden(kind).label})
    return made


@transaction.atomic
def lift_mark(*, notice: Notice, words: str, kind: str, reason: str, by: Person, at: datetime) -> Mark:
    """The approver shows words that are hidden, with the reason; never the author (rule 9).

    Numbers of mobiles and identity papers and e-mail addresses stay hidden, whoever asks.
    """
    notice = hold(notice)
    if not access.may_lift(scope_at(by, at), notice):
        raise Refused(_("只有拟稿人以外的批准人，在审的时候，才能准予显示。"))
    reason, words = content.clean(reason), content.clean(words)
    if kind not in LIFTABLE:
        raise Refused(_("手机号码、证件号码和邮箱一律不公开。"))
    if not reason:
        raise Refused(_("请写明为什么可以公开。"))
    found = content.found_in(notice.original_title, notice.original, queries.known_words(notice))
    if not any(one.kind == kind and key_of(one.words) == key_of(words) for one in found):
        raise Refused(_("没有隐去这几个字，请刷新后再看。"))
    given = {"is_lifted": True, "reason": reason[:300], "made_by": by, "made_at": at}
    made, _is_new = Mark.objects.update_or_create(notice=notice, kind=kind, words=words[:LONGEST_WORDS], defaults=given)
    sentence = _("准予显示一处（%(kind)s）") % {"kind": Hidden(kind).label}
    _write(notice, by, at, verb="lift_mark", sentence=sentence)
    return made


def _write(notice: Notice, by: Person, at: datetime, *, verb: str, sentence: str) -> None:
    hidden = hide_again(notice)
    notice.save(update_fields=["title", "body", "facts", "reference", "text", "clauses", "sha256"])
    payload = {"sha256": notice.sha256, "hidden": hidden}
    write_entry(verb=verb, sentence=sentence, subject=notice, by=by, at=at, payload=payload)
