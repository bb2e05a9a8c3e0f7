"""Questions to 考核表: what may be chosen, how far a sheet is, which row comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from wolong.ground.papers.sheets import GridSheet, read_grids
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind, Role
from wolong.language.scoring import NoScoringSheet, Reading, Vocabulary, read_grid
from wolong.norms.standards import registries
from wolong.norms.standards.models import ScoringRow, ScoringSheet, Standard
from wolong.norms.standards.states import RowState

MOST_UNITS = 300


def services() -> list[str]:
    """The services that a sheet may be about."""
    return list(dict.fromkeys(name for provider in registries.choices for name in provider().services))


def objects() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a clause may apply to, under headings: (selector, word)."""
    given = [provider() for provider in registries.choices]
    return [(str(one.heading), [(at, word) for word, at in one.objects.items()]) for one in given if one.objects]


def vocabulary(service: str) -> Vocabulary:
    words = {word: at for provider in registries.choices for word, at in provider().objects.items()}
    return Vocabulary(words, tuple(services()), service)


def checkers() -> list[str]:
    """Whom 监督 may name: the bureau's own units, and the head of the centre."""
    inside = Organization.objects.exclude(kind__in=[OrganizationKind.SUPPLIER, OrganizationKind.TENANT])
    names = inside.order_by("path").values_list("name", flat=True)[:MOST_UNITS]
    return [str(Role.CENTRE_HEAD.label), *dict.fromkeys(names)]


def sheets() -> QuerySet[ScoringSheet]:
    """Every sheet with its counts, without the file itself."""
    return (
        ScoringSheet.objects.defer("data", "left_out", "notes", "columns")
        .select_related("brought_by", "edition")
        .annotate(
            all_rows=Count("rows"),
            open_rows=Count("rows", filter=Q(rows__state=RowState.OPEN)),
            confirmed_rows=Count("rows", filter=Q(rows__state=RowState.CONFIRMED)),
        )
    )


@dataclass(frozen=True, slots=True)
class Around:
    """Where a row stands among its sheet's: its place, and the rows before and behind it."""

    place: int
    total: int
    still_open: int
    before: int | None
    behind: int | None


def around(row: ScoringRow) -> Around:
    rows = list(ScoringRow.objects.filter(sheet=row.sheet_id).order_by("position", "pk").values_list("pk", "state"))
    keys = [pk for pk, _state in rows]
    at = keys.index(row.pk)
    return Around(
        at + 1,
        len(rows),
        sum(state == RowState.OPEN for _pk, state in rows),
        keys[at - 1] if at else None,
        keys[at + 1] if at + 1 < len(keys) else None,
    )


def next_open(row: ScoringRow) -> ScoringRow | None:
    """The next row that nobody has settled: behind this one, else from the beginning."""
    waiting = ScoringRow.objects.filter(sheet=row.sheet_id, state=RowState.OPEN).exclude(pk=row.pk)
    return (
        waiting.filter(position__gt=row.position).order_by("position", "pk").first()
        or waiting.order_by("position", "pk").first()
    )


def readings(grids: Sequence[GridSheet]) -> tuple[dict[str, Reading], list[str]]:
    """The sheets of a file that are 考核表, and a sentence for each that is none."""
    readable: dict[str, Reading] = {}
    sentences = []
    for one in grids:
        named = _("工作表“%(name)s”：") % {"name": one.name} if len(grids) > 1 else ""
        if one.hindrance:
            sentences.append(f"{named}{one.hindrance}。")
            continue
        try:
            readable[one.name] = read_grid(one.grid)
        except NoScoringSheet as fault:
            sentences.append(f"{named}{fault.sentence}")
    return readable, sentences


def tabs_of(sheet: ScoringSheet) -> list[tuple[str, str]]:
    """The sheets of a file that waits for a choice: (name, why it is none; empty where it is one)."""
    answers = []
    for one in read_grids(bytes(sheet.data)):
        readable, sentences = readings([one])
        answers.append((one.name, "" if readable else sentences[0]))
    return answers


def free_number(today: date) -> str:
    """A number that no standard bears yet: Q/KH 001—2026, counted on."""
    taken = set(Standard.objects.filter(code__startswith="Q/KH ").values_list("code", flat=True))
    code = next(code for code in (f"Q/KH {n:03}" for n in range(1, len(taken) + 2)) if code not in taken)
    return f"{code}—{today.year}"
