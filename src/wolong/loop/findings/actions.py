"""The verbs of findings: raise, withdraw, assign, and what rectification notes on them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.actions import next_number
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Organization, Person
from wolong.loop.duties.actions import note_failure
from wolong.loop.duties.models import Duty
from wolong.loop.duties.queries import deviation_at
from wolong.loop.fieldwork.actions import keep_photos, observe, start_visit, submit_visit
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.findings import access, queries, rules
from wolong.loop.findings.models import Finding
from wolong.loop.findings.signals import finding_assigned, finding_raised, finding_withdrawn
from wolong.loop.findings.states import OPEN_STAGES, Stage
from wolong.loop.plans.actions import add_unplanned_round


@transaction.atomic
def raise_findings(*, visit: Visit, by: Person, at: datetime) -> list[Finding]:
    """Every failed observation of a submitted visit becomes a finding, all or none."""
    failed = (
        visit.observations.filter(verdict=Verdict.FAILS)
        .select_related(
            "item__duty__area", "item__duty__place", "item__duty__doer", "item__requirement__clause__edition__standard"
        )
        .order_by("item__position")
    )
    return [raise_finding(observation=observation, by=by, at=at) for observation in failed]


@transaction.atomic
def raise_finding(*, observation: Observation, by: Person, at: datetime) -> Finding:
    """A failed observation is judged by the clause in force on its day; a second call returns the first finding.

    Responsible is who does the duty, supervisor who checks it; severity, points and the pinned requirement come from the
    clause. Announces `finding_raised`. Refuses an observation that did not fail.
    """
    if observation.verdict != Verdict.FAILS:
        raise Refused(_("只有判为不符合的检查项才能成为问题。"))
    # Whoever raises it a second time at the same moment waits here, and then finds the first one.
    Observation.objects.select_for_update().get(pk=observation.pk)
    known = Finding.objects.filter(observation=observation).first()
    if known is not None:
        return known
    finding = _judged(observation)
    note_failure(duty=finding.duty, on=timezone.localtime(observation.observed_at).date())
    sentence = _("发现问题，判为 %(severity)s") % {"severity": f"{finding.severity} {finding.get_severity_display()}"}
    payload = {
        "number": finding.number,
        "title": finding.title,
        "clause": finding.clause_label,
        "points": str(finding.points),
    }
    write_entry(
        verb="raise_finding",
        sentence=sentence,
        subject=finding,
        by=finding.found_by,
        at=finding.found_at,
        payload=payload,
    )
    finding_raised.send(Finding, finding=finding, by=by, at=at)
    return finding


@transaction.atomic
def log_finding(
    *,
    duty: Duty,
    remark: str = "",
    value_text: str = "",
    measure_index: int | None = None,
    photos: Sequence[UploadedFile] = (),
    signed_name: str = "",
    by: Person,
    at: datetime,
) -> Finding:
    """登记问题: what was come across outside of any round is first noted as a fact, and then judged by its clause (rule 2).

    An unplanned round of one item is walked and submitted in one go; what follows is what follows any visit. Whoever may
    look unplanned may. Refuses what the round and the observation refuse: a reading that conforms, a missing photograph,
    no words where nothing was measured.
    """
    visit = start_visit(round=add_unplanned_round(duty=duty, by=by, at=at), by=by, at=at)
    item = visit.round.items.select_related("place", "duty").get()
    evidence = keep_photos(visit=visit, item=item, files=photos, by=by, at=at) if photos else []
    observation = observe(
        visit=visit,
        item=item,
        verdict=Verdict.FAILS,
        value_text=value_text,
        measure_index=measure_index,
        remark=remark,
        evidence=evidence,
        signed_name=signed_name,
        by=by,
        at=at,
    )
    submit_visit(visit=visit, companion_remark=_("随查，无人陪同"), by=by, at=at)
    return Finding.objects.get(observation=observation)


def _judged(observation: Observation) -> Finding:
    """The finding that a failed observation makes, by its clause and its duty."""
    duty, requirement = observation.item.duty, observation.item.requirement
    found_on = timezone.localtime(observation.observed_at).date()
    deviation = deviation_at(duty, on=found_on)
    severity = rules.severity_of(requirement.severity, is_departed=deviation is not None)
    return Finding.objects.create(
        number=next_number(prefix="WT", area=duty.area, year=found_on.year, rows=Finding.objects.all()),
        area=duty.area,
        observation=observation,
        duty=duty,
        requirement=requirement,
        place_id=duty.place_id,
        equipment_id=duty.equipment_id,
        line_id=duty.line_id,
        responsible_id=duty.doer_id,
        supervisor_id=duty.checker_id,
        title=_title(observation),
        description=observation.remark,
        clause_label=clause_label(requirement.edition.standard.code, requirement.clause.number),
        severity=severity,
        points=rules.points_of(severity=severity, points=requirement.points, cap=requirement.points_cap),
        found_by_id=observation.observed_by_id,
        found_at=observation.observed_at,
        repeat_of_id=rules.repeat_of(_earlier(observation), found_on=found_on),
        deviation=deviation,
        stage=rules.first_stage(severity),
    )


def clause_label(code: str, number: str) -> str:
    """BZ06-003 5.1.2: the code without its issuer, and the clause."""
    return f"{code.rsplit(' ', 1)[-1]} {number}"


def _title(observation: Observation) -> str:
    requirement = observation.item.requirement
    return rules.title_of(
        object_label=observation.item.duty.object_label,
        measure=queries.measure_of(observation),
        value=observation.value,
        unit=observation.unit,
        remark=observation.remark,
        phrases=requirement.predicates,
        sentence=requirement.sentence,
    )


def _earlier(observation: Observation) -> list[rules.Earlier]:
    """Findings of the same duty, or of the same clause (whatever edition) on the same object, from an earlier visit."""
    duty, clause = observation.item.duty, observation.item.requirement.clause
    same_clause = Q(
        requirement__clause__number=clause.number, requirement__edition__standard_id=clause.edition.standard_id
    ) & Q(place_id=duty.place_id, equipment_id=duty.equipment_id)
    found = Finding.objects.filter(Q(duty=duty) | same_clause).filter(found_at__lt=observation.observed_at)
    found = found.exclude(observation__visit=observation.visit_id)
    return [
        rules.Earlier(pk, timezone.localtime(found_at).date(), stage == Stage.WITHDRAWN or deviation is not None)
        for pk, found_at, stage, deviation in found.order_by("-found_at").values_list(
            "pk", "found_at", "stage", "deviation"
        )[:50]
    ]


def lock_finding(finding: Finding) -> Finding:
    """The finding's row, held until the transaction ends: whoever changes it or what hangs on it takes it first."""
    return (
        Finding.objects.select_for_update(of=("self",))
        .select_related("area__centre", "responsible", "supervisor")
        .get(pk=finding.pk)
    )


@transaction.atomic
def withdraw_finding(*, finding: Finding, reason: str, by: Person, at: datetime) -> Finding:
    """A finding that should not stand is withdrawn with a reason: it is kept, costs no points, and its order is cancelled.

    Only the head of the supervising section may (the centre head where that section itself is responsible). Announces
    `finding_withdrawn`. Refuses a closed or already withdrawn one, and an empty reason.
    """
    finding = lock_finding(finding)
    if finding.stage == Stage.WITHDRAWN:
        raise Refused(_("这个问题已经撤销。"))
    if finding.stage == Stage.CLOSED:
        raise Refused(_("已闭环的问题不能撤销。"))
    if not access.may_withdraw(scope_of(by, on=timezone.localtime(at).date()), finding):
        raise Refused(_("只有监督科室的主管才能撤销问题。"))
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明撤销的理由。"))
    finding.stage, finding.points, finding.due_on = Stage.WITHDRAWN, rules.NO_POINTS, None
    finding.withdrawn_by, finding.withdrawn_at, finding.withdrawn_reason = by, at, reason
    finding.save()
    write_entry(
        verb="withdraw_finding",
        sentence=_("撤销问题，不计扣分"),
        subject=finding,
        by=by,
        at=at,
        payload={"say": reason},
    )
    finding_withdrawn.send(Finding, finding=finding, by=by, at=at)
    return finding


@transaction.atomic
def assign_finding(*, finding: Finding, responsible: Organization, by: Person, at: datetime) -> Finding:
    """A finding whose duty names nobody gets a responsible unit, from those who would order its rectification.

    Announces `finding_assigned`. Refuses one that has a unit already, or is past its first stage.
    """
    finding = lock_finding(finding)
    if finding.responsible_id is not None:
        raise Refused(_("这个问题已有责任单位：%(unit)s。") % {"unit": finding.responsible})
    if not access.may_assign(scope_of(by, on=timezone.localtime(at).date()), finding):
        raise Refused(_("只有监督科室的主管才能指定责任单位。"))
    finding.responsible = responsible
    if finding.supervisor_id is None:
        finding.supervisor = by.organization
    finding.save(update_fields=["responsible", "supervisor"])
    sentence = _("指定责任单位为%(unit)s") % {"unit": responsible}
    write_entry(
        verb="assign_finding",
        sentence=sentence,
        subject=finding,
        by=by,
        at=at,
        payload={"responsible": responsible.name},
    )
    finding_assigned.send(Finding, finding=finding, by=by, at=at)
    return finding


@transaction.atomic
def note_progress(*, finding: Finding, stage: str, due_on: date | None) -> Finding:
    """How far rectification has come, and until when; a closed or withdrawn finding is not moved by this."""
    finding = lock_finding(finding)
    if finding.stage not in OPEN_STAGES:
        raise Refused(_("问题%(state)s，不能再变动。") % {"state": finding.get_stage_display()})
    finding.stage, finding.due_on = stage, due_on
    finding.save(update_fields=["stage", "due_on"])
    return finding


@transaction.atomic
def close_finding(*, finding: Finding, at: datetime) -> Finding:
    """A finding that was put right and verified is closed."""
    finding = lock_finding(finding)
    if finding.stage not in OPEN_STAGES:
        raise Refused(_("问题%(state)s，不能再闭环。") % {"state": finding.get_stage_display()})
    finding.stage, finding.closed_at = Stage.CLOSED, at
    finding.save(update_fields=["stage", "closed_at"])
    return finding


@transaction.atomic
def reopen_finding(*, finding: Finding, due_on: date | None) -> Finding:
    """A closed finding that turns out not fixed is open again, with a new last day."""
    finding = lock_finding(finding)
    if finding.stage != Stage.CLOSED:
        raise Refused(_("只有已闭环的问题才能重新打开。"))
    finding.stage, finding.closed_at, finding.due_on = Stage.RETURNED, None, due_on
    finding.save(update_fields=["stage", "closed_at", "due_on"])
    return finding
