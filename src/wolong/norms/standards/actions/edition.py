"""An edition is drafted, approved, comes into force, is replaced or abolished."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.questions.pinyin import pinyin_key
from wolong.language.reading import read_text
from wolong.language.tree import Document
from wolong.norms.standards.actions.rows import write_rows
from wolong.norms.standards.models import Edition, Standard
from wolong.norms.standards.rules.comparing import Read
from wolong.norms.standards.rules.editions import last_day_before, split_number, year_of
from wolong.norms.standards.rules.loosening import is_looser
from wolong.norms.standards.signals import edition_abolished, edition_in_force
from wolong.norms.standards.states import LIFECYCLE, EditionState

LONGEST_TEXT = 2_000_000  # characters; the longest national standard has a tenth of it
PASTED = "标准文本"


@transaction.atomic
def draft_edition(*, text: str, by: Person, at: datetime) -> Edition:
    """A text becomes a draft when it can be read whole; the text is kept letter by letter.

    Refuses a text with errors (the first one is named with line and column), without 标准号, 名称 or a year, and a number
    that is in the library already.
    """
    document = _readable(text)
    standard = _standard_of(document)
    number = str(document.number)
    if Edition.objects.filter(number=number).exists():
        raise Refused(_("%(number)s 已经在库里。改草案请打开它再改，改现行标准请用新的年号。") % {"number": number})
    edition = Edition(standard=standard, number=number, drafted_by=by, drafted_at=at)
    _fill(edition, document, text)
    edition.save()
    write_rows(edition, document)
    write_entry(
        verb="draft_edition",
        sentence=_("起草 %(number)s《%(title)s》") % {"number": number, "title": edition.title},
        subject=edition,
        by=by,
        at=at,
        payload={"sha256": edition.sha256},
    )
    return edition


@transaction.atomic
def revise_draft(*, edition: Edition, text: str, by: Person, at: datetime) -> Edition:
    """The text of a draft is replaced whole; whoever changed it last is its drafter.

    Refuses an edition that is no draft any more, another number, and a text with errors.
    """
    edition = _locked(edition)
    if edition.state != EditionState.DRAFT:
        raise Refused(_("只有草案能改；已批准的文本一字不动。"))
    document = _readable(text)
    if document.number != edition.number:
        raise Refused(_("标准号变了：原来是 %(number)s。换号请另起一份草案。") % {"number": edition.number})
    edition.drafted_by, edition.drafted_at = by, at
    _fill(edition, document, text)
    edition.save()
    edition.clauses.all().delete()
    write_rows(edition, document)
    write_entry(
        verb="revise_draft",
        sentence=_("修改草案全文"),
        subject=edition,
        by=by,
        at=at,
        payload={"sha256": edition.sha256},
    )
    return edition


@transaction.atomic
def approve_edition(*, edition: Edition, by: Person, at: datetime) -> Edition:
    """A draft is approved by someone who did not draft it; from then on no letter of it changes.

    Refuses the drafter, an edition that is no draft, and one without a first day (实施).
    """
    edition = _locked(edition)
    if edition.drafted_by_id == by.pk:
        raise Refused(_("起草人不能批准自己起草的文本，请另一位来批准。"))
    if edition.effective_on is None:
        raise Refused(_("文本里没有写实施日期，批准前请在草案里补上“实施”。"))
    edition.state = LIFECYCLE.step("approve", edition.state, sentence=_("这份文本已经批准过了。"))
    if edition.effective_on < timezone.localdate(at) and edition.proposals.exists():
        # Editions of the past are loaded as they were; a revision changes only what is to come.
        raise Refused(
            _("实施日期 %(day)s 已经过了：修订不能倒追，请在草案里把“实施”改到今天或以后。")
            % {"day": edition.effective_on}
        )
    refuse_baseless(edition)
    edition.approved_by, edition.approved_at = by, at
    edition.save(update_fields=["state", "approved_by", "approved_at"])
    write_entry(
        verb="approve_edition",
        sentence=_("批准，定于 %(day)s 实施") % {"day": edition.effective_on},
        subject=edition,
        by=by,
        at=at,
        payload={"sha256": edition.sha256},
    )
    return edition


def refuse_baseless(edition: Edition) -> None:
    """Failing is no reason to loosen: a proposal whose draft asks less needs evidence besides the failures."""
    ruling = Edition.objects.filter(standard=edition.standard_id, state=EditionState.IN_FORCE).first()
    if ruling is None:
        return
    for proposal in edition.proposals.filter(evidence=""):
        old, new = (reads_of(one, proposal.clause_number) for one in (ruling, edition))
        if is_looser(old, new):
            raise Refused(
                _("第 %(number)s 条放宽了要求：不合格多不是放宽的理由，请写明失败率以外的依据。")
                % {"number": proposal.clause_number}
            )


def reads_of(edition: Edition, number: str) -> list[Read]:
    """The requirements of a clause of this number, as compared."""
    rows = edition.requirements.filter(clause__number=number).order_by("clause__position", "ordinal")
    return [Read(one.modality, one.measures, one.execution or {}) for one in rows]


@transaction.atomic
def schedule_edition(*, edition: Edition, on: date, by: Person, at: datetime) -> Edition:
    """An approved edition gets its first day; the daily task brings it into force then.

    Refuses a day in the past, and an edition that is not approved or rules already.
    """
    edition = _locked(edition)
    LIFECYCLE.step("bring_into_force", edition.state, sentence=_("只有已批准、还没实施的文本能定实施日期。"))
    if on < timezone.localdate(at):
        raise Refused(_("实施日期不能早于今天。"))
    edition.effective_on = on
    edition.save(update_fields=["effective_on"])
    write_entry(verb="schedule_edition", sentence=_("定于 %(day)s 实施") % {"day": on}, subject=edition, by=by, at=at)
    return edition


@transaction.atomic
def bring_into_force(*, edition: Edition, by: Person | None, at: datetime) -> Edition:
    """An approved edition rules from its first day (实施) on; the one before it ends on that day.

    An edition older than the ruling one is put where it belongs: it ends where the next begins. `by` is None for the daily
    task. Announces `edition_in_force`. Refuses an edition that is not approved, or whose first day is still to come.
    """
    edition = _locked(edition)
    target = LIFECYCLE.step("bring_into_force", edition.state, sentence=_("只有已批准的文本能实施。"))
    first_day = edition.effective_on
    if first_day is None or first_day > timezone.localdate(at):
        raise Refused(_("还没到实施日期 %(day)s。") % {"day": first_day})
    others = list(edition.standard.editions.exclude(pk=edition.pk).filter(valid__isnull=False).order_by("valid"))
    if any(other.valid.lower == first_day for other in others):
        raise Refused(_("这项标准另有一版也从 %(day)s 起实施。") % {"day": first_day})
    end = last_day_before(first_day, later_first_days=[other.valid.lower for other in others])
    previous = next((other for other in reversed(others) if other.valid.lower < first_day), None)
    if previous is not None and (previous.valid.upper is None or previous.valid.upper > first_day):
        _replace(previous, on=first_day, successor=edition, by=by, at=at)
    edition.state = target if end is None else EditionState.REPLACED
    edition.valid = DateRange(first_day, end)
    edition.save(update_fields=["state", "valid"])
    if end is None:
        _show_as_present(edition)
    write_entry(
        verb="bring_into_force",
        sentence=_("自 %(day)s 起实施") % {"day": first_day},
        subject=edition,
        by=by,
        at=at,
        payload={"replaces": previous.number if previous else None},
    )
    edition_in_force.send(sender=Edition, edition=edition, previous=previous, by=by, at=at)
    return edition


def bring_due_into_force(*, on: date, at: datetime) -> list[Edition]:
    """Every approved edition whose first day has come rules now, oldest first; the daily task."""
    due = Edition.objects.filter(state=EditionState.APPROVED, effective_on__lte=on).order_by("effective_on", "pk")
    return [bring_into_force(edition=edition, by=None, at=at) for edition in due]


@transaction.atomic
def abolish_edition(*, edition: Edition, reason: str, by: Person, at: datetime) -> Edition:
    """A ruling edition ends today without a successor; its text stays.

    Announces `edition_abolished`. Refuses an edition that does not rule, and one that rules only since today.
    """
    edition = _locked(edition)
    today = timezone.localdate(at)
    edition.state = LIFECYCLE.step("abolish", edition.state, sentence=_("只有现行标准能废止。"))
    if edition.valid.lower >= today:
        raise Refused(_("今天才开始实施的标准不能当天废止。"))
    edition.valid = DateRange(edition.valid.lower, today)
    edition.save(update_fields=["state", "valid"])
    write_entry(
        verb="abolish_edition", sentence=_("废止：%(reason)s") % {"reason": reason}, subject=edition, by=by, at=at
    )
    edition_abolished.send(sender=Edition, edition=edition, by=by, at=at)
    return edition


def _readable(text: str) -> Document:
    if len(text) > LONGEST_TEXT:
        raise Refused(_("文本太长，超过二百万字。"))
    if "\x00" in text:
        raise Refused(_("文本里有空字符，不是文字文件。"))
    document = read_text(text, file=PASTED)
    error = next((found for found in document.diagnostics if found.severity == "error"), None)
    if error is not None:
        where = _("第 %(line)d 行第 %(column)d 列") % {"line": error.line, "column": error.column}
        raise Refused(_("%(where)s：%(what)s。%(help)s") % {"where": where, "what": error.message, "help": error.help})
    if not document.number or not document.title:
        raise Refused(_("文件头里要写“标准号”和“名称”。"))
    if year_of(document.number, issued=document.issued, effective=document.effective) is None:
        raise Refused(_("标准号没有年号，也没有发布或实施日期，定不了是哪一版。"))
    return document


def _standard_of(document: Document) -> Standard:
    """The standard of this number, locked, so that two drafts of one number wait on each other."""
    code = split_number(str(document.number)).code
    values = {
        "title": document.title,
        "level": document.level or "",
        "position": document.position or "",
        "pinyin_key": pinyin_key(str(document.title)),
    }
    Standard.objects.bulk_create([Standard(code=code, **values)], ignore_conflicts=True)
    return Standard.objects.select_for_update().get(code=code)


def _fill(edition: Edition, document: Document, text: str) -> None:
    edition.year = year_of(str(document.number), issued=document.issued, effective=document.effective) or 0
    edition.title = str(document.title)
    edition.nature = document.nature or ""
    edition.issued_on, edition.effective_on = document.issued, document.effective
    edition.review_due_on = document.review_due
    edition.keeper = document.owner or ""
    edition.text = text
    edition.sha256 = Edition.digest(text)


def _locked(edition: Edition) -> Edition:
    """The edition as it is now, its standard locked first: two verbs on one standard follow each other."""
    Standard.objects.select_for_update().get(pk=edition.standard_id)
    return Edition.objects.select_related("standard").get(pk=edition.pk)


def _replace(previous: Edition, *, on: date, successor: Edition, by: Person | None, at: datetime) -> None:
    if previous.state == EditionState.IN_FORCE:
        previous.state = LIFECYCLE.step("replace", previous.state, sentence=_("只有现行标准能被代替。"))
    previous.valid = DateRange(previous.valid.lower, on)
    previous.save(update_fields=["state", "valid"])
    sentence = _("自 %(day)s 起被 %(number)s 代替") % {"day": on, "number": successor.number}
    write_entry(verb="replace", sentence=sentence, subject=previous, by=by, at=at)


def _show_as_present(edition: Edition) -> None:
    """The standard is listed under the name that its ruling edition gives it."""
    document = read_text(edition.text, file=PASTED)
    standard = edition.standard
    standard.title, standard.pinyin_key = edition.title, pinyin_key(edition.title)
    standard.level, standard.position = document.level or "", document.position or ""
    standard.save(update_fields=["title", "pinyin_key", "level", "position"])
