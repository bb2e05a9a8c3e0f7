"""A new area from a folder of sheets: what the pages do one by one, in one go and as often as wanted."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from wolong.entrance.roster.directory import Directory, NotFound
from wolong.entrance.roster.people import password_sheet
from wolong.entrance.start import sheets
from wolong.entrance.start.examples import EXAMPLES, here
from wolong.estate.equipment.tables import columns as equipment_columns
from wolong.estate.places.actions import Fault, add_area
from wolong.estate.places.models import OfficeArea
from wolong.estate.places.tables import COLUMNS as PLACE_COLUMNS
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import write_template
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.norms.standards.access import may_draft
from wolong.norms.standards.actions import draft_library

PASSWORDS = "一次性密码.xlsx"
FILES = {
    "units": "单位.xlsx",
    "people": "人员.xlsx",
    "places": "场所.xlsx",
    "equipment": "设备.xlsx",
    "lines": "合同.xlsx",
}
TEXTS = "标准"
MOST_FAULTS = 20
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class NewArea:
    """The area as it is called, and the centre that keeps it."""

    code: str
    name: str
    centre: str


def write_templates(folder: Path) -> list[Path]:
    """The templates of all five sheets, where no file of that name is yet."""
    columns = {key: (kind.columns, str(kind.title)) for key, kind in sheets.KINDS.items()}
    columns |= {"places": (PLACE_COLUMNS, _("场所")), "equipment": (equipment_columns(OfficeArea()), _("设备"))}
    return _write(folder, {key: write_template(given, name=title) for key, (given, title) in columns.items()})


def write_examples(folder: Path, *, today: date) -> list[Path]:
    """All five sheets filled in, where no file of that name is yet; they can be brought as they are."""
    at = here(today)
    return _write(folder, {key: EXAMPLES[key][1](at) for key in FILES})


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for key, data in files.items():
        path = folder / FILES[key]
        if not path.exists():
            path.write_bytes(data)
            written.append(path)
    return written


def draft_own(folder: Path, *, by: Person, at: datetime, say: Say) -> None:
    """Every .md in the folder 标准 becomes a draft of this person; each that can't be read is named with its line.

    Refuses who may not draft.
    """
    if not may_draft(scope_of(by)):
        raise Refused(_("%(who)s 不能起草标准：要标准管理员、中心负责人或科室主管。") % {"who": by.account})
    loaded = draft_library(folder=folder / TEXTS, by=by, at=at)
    say(
        _("%(folder)s：起草 %(new)d，已有 %(known)d")
        % {"folder": TEXTS, "new": len(loaded.added), "known": len(loaded.known)}
    )
    for name, reason in loaded.refused.items():
        say(_("  %(file)s 没有存：%(why)s") % {"file": name, "why": reason})


def bring(folder: Path, *, area: NewArea, by: Person, at: datetime, say: Say) -> OfficeArea:
    """Brings every sheet of the folder in its order; each is whole or not at all, and what is there already is not doubled.

    Refuses a file that hinders, with its rows; what came before it stands, so that the next try goes on from there.
    """
    for key in ("units", "people"):
        _bring(folder, key, area=None, by=by, at=at, say=say)
    found = _area(area, by=by, at=at)
    for key in ("places", "equipment", "lines"):
        _bring(folder, key, area=found, by=by, at=at, say=say)
    return found


def _area(wanted: NewArea, *, by: Person, at: datetime) -> OfficeArea:
    known = OfficeArea.objects.filter(code=wanted.code).first()
    if known is not None:
        return known
    try:
        centre = Directory.of_all().find(wanted.centre)
    except NotFound as wrong:
        raise Refused(str(wrong)) from None
    return add_area(code=wanted.code, name=wanted.name, centre=centre, by=by, at=at)


def _bring(folder: Path, key: str, *, area: OfficeArea | None, by: Person, at: datetime, say: Say) -> None:
    path = folder / FILES[key]
    if not path.exists():
        return
    data = path.read_bytes()
    try:
        if key == "lines":
            brought = sheets.bring_lines(data=data, by=by, at=at)
        else:
            source = sheets.KINDS[key].source if key in sheets.KINDS else key
            brought = sheets.bring(source, area=area, data=data, file_name=path.name, by=by, at=at, at_once=True)
    except Refused as refusal:
        raise Refused(f"{path.name}：{refusal.sentence}") from None
    if brought.faults:
        raise Refused(_faults(path.name, brought.faults))
    if brought.passwords:
        _keep_passwords(folder / PASSWORDS, brought.passwords)
        say(_("%(n)d 人的一次性密码在 %(file)s，发给本人后请删去") % {"n": len(brought.passwords), "file": PASSWORDS})
    words = {"file": path.name, "new": brought.new, "changed": brought.changed, "known": brought.known}
    say(_("%(file)s：新增 %(new)d，修改 %(changed)d，已有 %(known)d") % words)


def _keep_passwords(path: Path, passwords: list[tuple[Person, str]]) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(password_sheet(passwords))


def _faults(name: str, faults: list[Fault]) -> str:
    lines = [
        _("  第 %(row)d 行 %(column)s：%(why)s")
        % {"row": fault.line, "column": f"{fault.column} {fault.cell}".strip(), "why": fault.sentence}
        for fault in faults[:MOST_FAULTS]
    ]
    if len(faults) > MOST_FAULTS:
        lines.append(_("  还有 %(n)d 处") % {"n": len(faults) - MOST_FAULTS})
    return "\n".join([_("%(file)s 有 %(n)d 处不对，这个文件没有写入：") % {"file": name, "n": len(faults)}, *lines])
