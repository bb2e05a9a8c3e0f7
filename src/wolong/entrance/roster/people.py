"""The sheet of people and their roles against what stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.entrance.roster.columns import PASSWORDS, PEOPLE
from wolong.entrance.roster.directory import Directory, NotFound
from wolong.estate.places.actions import Change, Comparison, Fault, Source, rows_in
from wolong.estate.places.models import ImportJob
from wolong.ground.pages.generic import Button
from wolong.ground.papers.sheets import Row, write_sheet
from wolong.ground.people.actions import GivenGrant, GivenPerson, import_people
from wolong.ground.people.models import Grant, Organization, Person
from wolong.ground.people.rules import fault_of_account, fault_of_grant, last_day
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import today

FACTS = {"姓名": "name", "单位": "unit", "岗位": "post", "电话": "phone"}
GRANT = "授权"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a roster: a person, and at most one role with its period."""

    line: int
    code: str
    name: str
    unit: str
    post: str = ""
    phone: str = ""
    role: str = ""
    at: str = ""
    since: date | None = None
    until: date | None = None


def rows_of(_area: None, rows: Sequence[Row]) -> list[PersonRow]:
    found = []
    for row in rows:
        given = {key: value or "" for key, value in row.values.items() if key not in {"account", "since", "until"}}
        found.append(
            PersonRow(
                line=row.number,
                code=row.values["account"],
                since=row.values["since"],
                until=row.values["until"],
                **given,
            )
        )
    return found


@dataclass
class _Roster:
    """What is known while a sheet is compared: the units, the people and the roles that stand or that it brings."""

    directory: Directory
    known: dict[str, Person]
    grants: dict[int, list[Grant]]
    on: date
    first: dict[str, PersonRow] = field(default_factory=dict)
    periods: dict[tuple[str, str, int], list[tuple[date, date, int]]] = field(default_factory=dict)


def _roster(rows: Sequence[PersonRow], on: date) -> _Roster:
    accounts = {row.code.lower() for row in rows}
    people = Person.objects.annotate(small=Lower("account")).filter(small__in=accounts)
    known = {person.account.lower(): person for person in people}
    grants: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(person__in=[person.pk for person in known.values()]):
        grants.setdefault(grant.person_id, []).append(grant)
    return _Roster(Directory.of_all(), known, grants, on)


def compare(_area: None, rows: Sequence[PersonRow]) -> Comparison[PersonRow]:
    """What the sheet would do: new people, corrected ones, new roles. Nobody is removed, no role ends; absent ones are named."""
    roster = _roster(rows, today())
    outcome: Comparison[PersonRow] = Comparison()
    for row in rows:
        faults, differences = _look_at(row, roster)
        if faults:
            outcome.faults += faults
        elif row.code.lower() not in roster.known and roster.first[row.code.lower()] is row:
            outcome.new.append(row)
        elif differences:
            person = roster.known.get(row.code.lower())
            outcome.changed.append(Change(row, person.pk if person else 0, differences))
        else:
            outcome.unchanged += 1
    absent = Person.objects.annotate(small=Lower("account")).filter(is_active=True).exclude(small__in=roster.first)
    outcome.absent = list(absent.order_by("organization__path", "pinyin_key").values_list("account", "name"))
    return outcome


def _look_at(row: PersonRow, roster: _Roster) -> tuple[list[Fault], dict[str, tuple[Any, Any]]]:
    """The faults of one line, and what it would change of what stands or of what an earlier line brings."""
    faults: list[Fault] = []
    account = row.code.lower()
    first = roster.first.setdefault(account, row)
    person = roster.known.get(account)
    if person is None and (wrong := fault_of_account(row.code)):
        faults.append(Fault(row.line, "账号", row.code, wrong))
    if person is not None and not person.is_active:
        faults.append(Fault(row.line, "账号", row.code, _("这个账号已停用，先在页面上启用。")))
    for title, name in FACTS.items():
        given, before = getattr(row, name), getattr(first, name)
        if first is not row and given and given != before:
            sentence = _("和第 %(line)d 行的“%(before)s”不同：一个人的资料每行要一样。")
            faults.append(Fault(row.line, title, given, sentence % {"line": first.line, "before": before}))
    unit = _found(row.unit, row.line, "单位", roster, faults)
    place = _found(row.at, row.line, "在哪个单位", roster, faults) if row.at else unit
    if person and unit and person.organization.is_supplier != unit.is_supplier:
        faults.append(Fault(row.line, "单位", row.unit, _("供应商和本局之间不能换单位；请另建账号。")))
    differences = _facts_changed(row, person, unit) if first is row and person and unit else {}
    if row.role and unit and place and not faults:
        differences |= _grant_of(row, person, unit, place, roster, faults)
    elif not row.role and (row.at or row.since or row.until):
        faults.append(Fault(row.line, "角色", "", _("写了单位或日期，没有写角色。")))
    return faults, differences


def _found(written: str, line: int, title: str, roster: _Roster, faults: list[Fault]) -> Organization | None:
    try:
        return roster.directory.find(written)
    except NotFound as wrong:
        faults.append(Fault(line, title, written, str(wrong)))
        return None


def _facts_changed(row: PersonRow, person: Person, unit: Organization) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    if row.name != person.name:
        found["姓名"] = (person.name, row.name)
    if unit.pk != person.organization_id:
        found["单位"] = (person.organization.short_name, unit.short_name)
    if row.post and row.post != person.post:
        found["岗位"] = (person.post, row.post)
    if row.phone and row.phone != person.phone:
        found["电话"] = (person.phone, row.phone)
    return found


def _grant_of(
    row: PersonRow,
    person: Person | None,
    unit: Organization,
    place: Organization,
    roster: _Roster,
    faults: list[Fault],
) -> dict[str, tuple[Any, Any]]:
    """The role that a line gives, as a difference; nothing where it stands already."""
    for grant in roster.grants.get(person.pk, ()) if person else ():
        if grant.role == row.role and grant.organization_id == place.pk and _is_same(row, grant, roster.on):
            return {}
    since, until = row.since or roster.on, row.until or date.max
    wrong = fault_of_grant(
        role=row.role,
        is_supplier=place.is_supplier,
        is_supplier_person=unit.is_supplier,
        since=since,
        until=row.until,
    )
    if wrong:
        faults.append(Fault(row.line, "最后一天" if row.until and row.until < since else "角色", _said(row), wrong))
        return {}
    for grant in roster.grants.get(person.pk, ()) if person else ():
        last = last_day(grant.valid) or date.max
        if (
            grant.role == row.role
            and grant.organization_id == place.pk
            and grant.valid.lower <= until
            and since <= last
        ):
            held = _("%(since)s 起") % {"since": grant.valid.lower} + (f"至 {last}" if last != date.max else "")
            sentence = _("已有这个授权（%(held)s），日期不同；改日期请到人员页面上结束后再给。") % {"held": held}
            faults.append(Fault(row.line, "从哪天起", _said(row), sentence))
            return {}
    others = roster.periods.setdefault((row.code.lower(), row.role, place.pk), [])
    for from_, to, line in others:
        if from_ <= until and since <= to:
            faults.append(Fault(row.line, "角色", _said(row), _("和第 %(line)d 行重复。") % {"line": line}))
            return {}
    others.append((since, until, row.line))
    return {GRANT: ("", f"{_said(row)} · {place.short_name}")}


def _is_same(row: PersonRow, grant: Grant, on: date) -> bool:
    """Whether what stands is what a line asks for; a line without days means a role that holds today."""
    if row.since is None and row.until is None:
        return on in grant.valid
    return (row.since or grant.valid.lower) == grant.valid.lower and row.until == last_day(grant.valid)


def _said(row: PersonRow) -> str:
    label = str(Role(row.role).label)
    days = f"{row.since or ''}—{row.until or ''}" if row.since or row.until else ""
    return f"{label} {days}".strip()


def write(*, area: None, comparison: Comparison[PersonRow], sha256: str, by: Person, at: datetime) -> None:
    """All of it in a few statements; who is new has no password yet."""
    del area
    directory, on = Directory.of_all(), today()
    new = [GivenPerson(row.code, row.name, directory.find(row.unit), row.post, row.phone) for row in comparison.new]
    changed: dict[int, dict[str, Any]] = {}
    for change in comparison.changed:
        fields = {FACTS[title]: getattr(change.row, FACTS[title]) for title in change.differences if title in FACTS}
        if "unit" in fields:
            fields["organization"] = directory.find(fields.pop("unit"))
        if fields:
            changed.setdefault(change.pk, {}).update(fields)
    granting = [row for row in comparison.new if row.role]
    granting += [change.row for change in comparison.changed if GRANT in change.differences]
    grants = [
        GivenGrant(row.code, row.role, directory.find(row.at or row.unit), row.since or on, row.until)
        for row in granting
    ]
    import_people(new=new, changed=changed, grants=grants, sha256=sha256, by=by, at=at)


def standing(_area: None) -> Iterable[dict[str, Any]]:
    """Everybody whose account is on, a line for each role that holds or will."""
    directory, on = Directory.of_all(), today()
    rows: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(acting_for=None).select_related("organization").order_by("pk"):
        if grant.valid.upper is None or grant.valid.upper > on:
            rows.setdefault(grant.person_id, []).append(grant)
    for person in Person.objects.filter(is_active=True).order_by("organization__path", "pinyin_key", "pk"):
        facts = {
            "account": person.account,
            "name": person.name,
            "unit": directory.written(person.organization),
            "post": person.post,
            "phone": person.phone,
        }
        for grant in rows.get(person.pk) or [None]:
            if grant is None:
                yield facts
                continue
            given = {"role": grant.role, "since": grant.valid.lower, "until": grant.last_day}
            yield {**facts, **given, "at": directory.written(grant.organization)}


def without_password(job: ImportJob) -> list[Person]:
    """Those of a job's sheet who have an account in use and never had a password."""
    accounts = {row.code.lower() for row in rows_in(job)}
    people = Person.objects.annotate(small=Lower("account")).filter(small__in=accounts, is_active=True)
    return [
        person for person in people.order_by("organization__path", "pinyin_key") if not person.has_usable_password()
    ]


def password_sheet(given: Iterable[tuple[Person, str]]) -> bytes:
    """The one-time passwords as a sheet, to print and hand out; it is made once and kept nowhere."""
    rows = (
        {"name": person.name, "unit": person.organization.name, "account": person.account, "password": password}
        for person, password in given
    )
    return write_sheet(PASSWORDS, rows, name=_("一次性密码"))


def _passwords_to_give(job: ImportJob) -> Button | None:
    count = len(without_password(job))
    if not count:
        return None
    label = _("给 %(n)d 人发一次性密码") % {"n": count}
    return Button(label=label, url=reverse("roster-passwords", args=[job.pk]), icon="lock", go=True)


SOURCE = Source(
    kind="people",
    title=gettext_lazy("人员和授权"),
    columns=lambda _area: PEOPLE,
    rows_of=rows_of,
    compare=compare,
    write=write,
    standing=standing,
    is_of_area=False,
    after=_passwords_to_give,
)
