"""What this room itself offers to be made public: the standards in force, and the scores of closed periods."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.ground.workdays.queries import today
from wolong.loop.appraisal.models import Sheet
from wolong.loop.appraisal.queries import latest, visible_to
from wolong.loop.appraisal.states import PeriodState
from wolong.loop.duties.models import Adoption
from wolong.loop.notices.registries import Frozen, Provider
from wolong.loop.notices.rules.content import Block, blocks_of, heading, table
from wolong.loop.notices.states import Kind
from wolong.norms.standards.access import may_read
from wolong.norms.standards.models import Clause, Edition


def editions_for(scope: Scope, unit: Organization) -> QuerySet[Edition]:
    """The ruling editions: of the standards that the unit's areas adopted, or all where the unit answers for no area."""
    rows = Edition.objects.in_force_on(today()).select_related("standard").order_by("number").defer("text")
    if not may_read(scope):
        return rows.none()
    if not unit.areas.exists():
        return rows
    adopted = Adoption.objects.filter(area__centre=unit).order_by().values("standard")
    return rows.filter(standard__in=adopted)


def freeze_edition(edition: Edition) -> Frozen:
    """Title, number, edition and the clauses' text. Who does and checks a clause, and where, stays inside."""
    facts = [(_("标准号"), edition.number)]
    for label, day in ((_("发布"), edition.issued_on), (_("实施"), edition.effective_on)):
        if day is not None:
            facts.append((label, day.isoformat()))
    if edition.nature:
        facts.append((_("性质"), edition.nature))
    return Frozen(
        title=f"《{edition.title}》", reference=edition.number, blocks=tuple(_blocks(edition)), facts=tuple(facts)
    )


def _blocks(edition: Edition) -> Iterator[Block]:
    for clause in Clause.objects.filter(edition=edition).order_by("position"):
        if clause.title:
            yield heading(clause.title, number=clause.number, level=clause.level)
        if clause.text:
            yield from blocks_of(clause.text, number="" if clause.title else clause.number, level=clause.level)


def ruling(keys: Collection[str], day: date) -> set[str]:
    """Which of the editions rule on a day."""
    wanted = Q(pk__in=[int(key) for key in keys if key.isdigit()])
    return {str(pk) for pk in Edition.objects.in_force_on(day).filter(wanted).order_by().values_list("pk", flat=True)}


def sheets_for(scope: Scope, unit: Organization) -> QuerySet[Sheet]:
    """The scores of closed periods in the areas that the unit answers for, to whom oversees them."""
    rows = Sheet.objects.filter(visible_to(scope), period__state=PeriodState.CLOSED, period__area__centre=unit)
    return rows.select_related("period__area", "unit").order_by("-period__first_on", "pk")


def freeze_sheet(sheet: Sheet) -> Frozen:
    """The score by chapter. Findings, places and money stay inside."""
    frozen = latest(sheet)
    result = frozen.result if frozen is not None else {"score": None, "grade": None, "chapters": []}
    rows = [[one["name"], one["weight"], one["got"] or _("未检查")] for one in result["chapters"]]
    score, grade = result["score"] or _("未检查"), result["grade"] or "—"
    return Frozen(
        title=_("%(area)s%(period)s考评结果") % {"area": sheet.period.area.name, "period": sheet.period},
        reference=str(sheet.period),
        blocks=(table([_("章"), _("分值"), _("得分")], rows, numeric=(1, 2)),),
        facts=((_("单位"), sheet.unit.name), (_("得分"), str(score)), (_("等次"), str(grade))),
        concerns=sheet.unit if sheet.unit.is_supplier else None,
        told_at=sheet.period.presented_at,
    )


SCORES = Provider(
    key="scores", kind=Kind.SCORE, label=gettext_lazy("考评结果"), visible=sheets_for, freeze=freeze_sheet
)
STANDARDS = Provider(
    key="standards",
    kind=Kind.STANDARD,
    label=gettext_lazy("现行标准"),
    visible=editions_for,
    freeze=freeze_edition,
    holding=ruling,
)
