"""A 考核表 is brought, its rows are settled by whoever is there, and a draft comes out of it."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import read_grids
from wolong.ground.people.models import Person
from wolong.language.scoring import (
    CannotCompose,
    Confirmed,
    Front,
    Reading,
    compose,
    propose,
)
from wolong.language.scoring.composing import line_of
from wolong.norms.standards.actions.edition import draft_edition
from wolong.norms.standards.models import Edition, ScoringRow, ScoringSheet
from wolong.norms.standards.queries.scoring import readings, vocabulary
from wolong.norms.standards.rules.scoring import missing
from wolong.norms.standards.states import SHEET, RowState, SheetState

LONGEST_CLAUSE = 2000
UNDER_WAY = (SheetState.CHOOSING, SheetState.OPEN)


@transaction.atomic
def bring_sheet(*, data: bytes, file_name: str, service: str, by: Person, at: datetime) -> ScoringSheet:
    """A file becomes rows to settle, or waits until somebody says which of its sheets is meant.

    Refuses what is no xlsx, what is no 考核表 (with what is missing), and a file that is being worked on already.
    """
    digest = hashlib.sha256(data).hexdigest()
    same = ScoringSheet.objects.filter(sha256=digest, state__in=UNDER_WAY).first()
    if same is not None:
        raise Refused(_("这个文件已经在整理：%(title)s，请到“考核表”里接着做。") % {"title": same.title})
    readable, sentences = readings(read_grids(data))
    if not readable:
        raise Refused(" ".join(sentences))
    sheet = ScoringSheet(
        title=file_name.rsplit(".", 1)[0][:200] or _("考核表"), file_name=file_name[:200], data=data, sha256=digest,
        service=service, state=SheetState.CHOOSING, brought_by=by, brought_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError:
        raise Refused(_("别人刚刚上传了同一个文件，请到“考核表”里接着做。")) from None
    write_entry(
        verb="bring_sheet", sentence=_("上传考核表 %(file)s") % {"file": sheet.file_name}, subject=sheet, by=by, at=at,
        payload={"sha256": digest},
    )  # fmt: skip
    if len(readable) == 1:
        name, reading = next(iter(readable.items()))
        _take(sheet, name, reading)
    return sheet


@transaction.atomic
def choose_tab(*, sheet: ScoringSheet, tab: str, by: Person, at: datetime) -> ScoringSheet:
    """Somebody says which sheet of the file is the 考核表. Refuses one that is none, with what is missing."""
    sheet = _locked(sheet)
    SHEET.step("choose", sheet.state, sentence=_("工作表已经选过了。"))
    readable, sentences = readings([one for one in read_grids(bytes(sheet.data)) if one.name == tab])
    if tab not in readable:
        raise Refused(" ".join(sentences) or _("文件里没有这张工作表。"))
    _take(sheet, tab, readable[tab])
    write_entry(verb="choose_tab", sentence=_("选工作表 %(tab)s") % {"tab": tab}, subject=sheet, by=by, at=at)
    return sheet


@transaction.atomic
def save_row(
    *,
    row: ScoringRow,
    version: int,
    text: str,
    execution: Mapping[str, str],
    is_confirmed: bool,
    by: Person,
    at: datetime,
) -> ScoringRow:
    """What somebody made of a row is kept; with `is_confirmed` they stand for it.

    Refuses a row that another has changed since (`version`), a value that its key does not take, and confirming what lacks a
    needed value.
    """
    row = _locked_row(row, version, by)
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_CLAUSE:
        raise Refused(_("条款要有文字，不超过 %(most)d 字。") % {"most": LONGEST_CLAUSE})
    try:
        line_of(dict(execution))
    except CannotCompose as fault:
        raise Refused(fault.sentence) from None
    lacking = missing(execution) if is_confirmed else []
    if lacking:
        raise Refused(_("还不能确认，没有填：%(keys)s。先存着也可以。") % {"keys": "、".join(lacking)})
    row.text, row.execution = text, dict(execution)
    row.state, row.reason = (RowState.CONFIRMED if is_confirmed else RowState.OPEN), ""
    _write(row, by, at)
    if is_confirmed:
        sentence = _("确认第 %(row)d 行：%(text)s") % {"row": row.first_row, "text": text[:100]}
        write_entry(verb="confirm_row", sentence=sentence, subject=row.sheet, by=by, at=at, payload=dict(execution))
    return row


@transaction.atomic
def leave_out_row(*, row: ScoringRow, version: int, reason: str, by: Person, at: datetime) -> ScoringRow:
    """A row makes no clause; the reason stays. Refuses an empty one, and a row that another has changed since."""
    row = _locked_row(row, version, by)
    if not reason.strip():
        raise Refused(_("请写明为什么不要这一条。"))
    row.state, row.reason = RowState.LEFT_OUT, reason.strip()[:300]
    _write(row, by, at)
    sentence = _("不要第 %(row)d 行：%(why)s") % {"row": row.first_row, "why": row.reason}
    write_entry(verb="leave_out_row", sentence=sentence, subject=row.sheet, by=by, at=at)
    return row


@transaction.atomic
def split_row(*, row: ScoringRow, by: Person, at: datetime) -> ScoringRow:
    """A second row with the same words behind this one, so that each may say its own half; both wait to be settled."""
    row = _locked_row(row, row.version, by)
    row.sheet.rows.filter(position__gt=row.position).update(position=F("position") + 1)
    twin = ScoringRow.objects.get(pk=row.pk)
    twin.pk, twin._state.adding = None, True  # noqa: SLF001 - the documented way to copy a row
    twin.position, twin.version, twin.streak_from = row.position + 1, 1, 1
    for one in (row, twin):
        one.state = RowState.OPEN
        _write(one, by, at)
    sentence = _("把第 %(row)d 行拆成两条") % {"row": row.first_row}
    write_entry(verb="split_row", sentence=sentence, subject=row.sheet, by=by, at=at)
    return twin


@transaction.atomic
def confirm_clear_rows(*, sheet: ScoringSheet, by: Person, at: datetime) -> int:
    """Every open row that leaves nothing to look at is confirmed; those that do stay open. Answers how many."""
    sheet = _locked(sheet)
    _refuse_unless_open(sheet)
    rows = sheet.rows.select_for_update().filter(state=RowState.OPEN)
    ready = [row for row in rows if row.is_clear and not missing(row.execution)]
    if not ready:
        raise Refused(_("没有可以一起确认的：剩下的每一条都有要看一眼的地方。"))
    for row in ready:
        row.state = RowState.CONFIRMED
        _write(row, by, at)
    sentence = _("一起确认 %(n)d 条没有疑问的") % {"n": len(ready)}
    rows_of = {"rows": [row.first_row for row in ready]}
    write_entry(verb="confirm_clear_rows", sentence=sentence, subject=sheet, by=by, at=at, payload=rows_of)
    return len(ready)


@transaction.atomic
def draft_from_sheet(
    *, sheet: ScoringSheet, number: str, title: str, level: str, effective: date, keeper: str, by: Person, at: datetime
) -> Edition:
    """The confirmed rows become a draft, for somebody else to approve; whoever drafts it is its drafter.

    Refuses while rows are open, when none was confirmed, and what `draft_edition` refuses.
    """
    sheet = _locked(sheet)
    state = SHEET.step("draft", sheet.state, sentence=_("这张考核表已经起草过，或不用了。"))
    rows = list(sheet.rows.select_for_update().exclude(state=RowState.LEFT_OUT))
    waiting = sum(row.state == RowState.OPEN for row in rows)
    if waiting:
        raise Refused(_("还有 %(n)d 条没有确认。") % {"n": waiting})
    if not rows:
        raise Refused(_("一条也没有确认，没有什么可以起草。"))
    scope = _("本文件规定了%(service)s服务的考核要求，由考核表“%(file)s”整理。")
    front = Front(
        number, title, level, timezone.localdate(at), effective, keeper,
        scope % {"service": sheet.service, "file": sheet.file_name},
    )  # fmt: skip
    items = [Confirmed(row.group, row.text, row.execution) for row in rows]
    try:
        text = compose(front, items, [note["text"] for note in sheet.notes])
    except CannotCompose as fault:
        where = _("第 %(row)d 行：") % {"row": rows[fault.position].first_row} if fault.position is not None else ""
        raise Refused(f"{where}{fault.sentence}") from None
    edition = draft_edition(text=text, by=by, at=at)
    sheet.state, sheet.edition, sheet.title = state, edition, title[:200]
    sheet.save(update_fields=["state", "edition", "title"])
    sentence = _("由考核表起草 %(number)s") % {"number": edition.number}
    write_entry(verb="draft_from_sheet", sentence=sentence, subject=sheet, by=by, at=at)
    return edition


@transaction.atomic
def drop_sheet(*, sheet: ScoringSheet, by: Person, at: datetime) -> ScoringSheet:
    """Nobody goes on with it; it stays to be looked at. Refuses one that was drafted."""
    sheet = _locked(sheet)
    sheet.state = SHEET.step("drop", sheet.state, sentence=_("这张考核表已经起草过，或不用了。"))
    sheet.save(update_fields=["state"])
    write_entry(verb="drop_sheet", sentence=_("不用这张考核表了"), subject=sheet, by=by, at=at)
    return sheet


def _take(sheet: ScoringSheet, tab: str, reading: Reading) -> None:
    sheet.tab, sheet.state = tab[:60], SheetState.OPEN
    sheet.title = (reading.title or sheet.title)[:200]
    sheet.columns = [list(one) for one in reading.columns]
    sheet.total, sheet.stated_total = reading.total, reading.stated_total
    sheet.left_out = [{"row": one.row, "text": one.text, "reason": one.reason} for one in reading.left_out]
    sheet.notes = [{"row": one.row, "text": one.text, "reason": one.reason} for one in reading.notes]
    sheet.save()
    words = vocabulary(sheet.service)
    rows = []
    for position, item in enumerate(reading.items, start=1):
        made = propose(item, words)
        rows.append(
            ScoringRow(
                sheet=sheet, position=position, group=item.group[:200], first_row=item.rows[0], last_row=item.rows[1],
                part=item.part, cells=[list(cell) for cell in item.cells], points=item.points, text=made.text,
                execution=made.execution, origin=made.origin, says=made.says, unread=made.unread,
            )
        )  # fmt: skip
    ScoringRow.objects.bulk_create(rows)


def _locked(sheet: ScoringSheet) -> ScoringSheet:
    return ScoringSheet.objects.select_for_update().get(pk=sheet.pk)


def _refuse_unless_open(sheet: ScoringSheet) -> None:
    if sheet.state != SheetState.OPEN:
        raise Refused(_("这张考核表已经起草过，或不用了，不能再改。"))


def _locked_row(row: ScoringRow, version: int, by: Person) -> ScoringRow:
    """The row as it is now, its sheet locked first; refuses what another has changed since `version`."""
    _refuse_unless_open(ScoringSheet.objects.select_for_update().get(pk=row.sheet_id))
    row = ScoringRow.objects.select_for_update(of=("self",)).select_related("sheet", "changed_by").get(pk=row.pk)
    is_own = row.changed_by_id == by.pk and row.streak_from <= version
    if version != row.version and not is_own:
        who, when = row.changed_by, row.changed_at
        time = f"{timezone.localtime(when):%H:%M}" if when else ""
        raise Refused(_("%(who)s %(time)s 改过这一条，您填的还没有存。") % {"who": who or _("别人"), "time": time})
    return row


def _write(row: ScoringRow, by: Person, at: datetime) -> None:
    if row.changed_by_id != by.pk:
        row.streak_from = row.version
    row.version += 1
    row.changed_by, row.changed_at = by, at
    row.save()
