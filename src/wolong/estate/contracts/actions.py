"""The verbs of contracts and service lines."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wolong.estate.contracts.models import Contract, ServiceLine, Term
from wolong.estate.contracts.rules import days_from, fault_of_line, last_day, lies_within
from wolong.estate.contracts.signals import lines_changed
from wolong.estate.contracts.states import SupplyMode
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Organization, Person


@transaction.atomic
def add_contract(
    *,
    area: OfficeArea,
    supplier: Organization,
    number: str,
    name: str,
    since: date,
    until: date | None,
    signed_on: date | None = None,
    by: Person,
    at: datetime,
) -> Contract:
    """A contract is with a company, for one area, over a period (both days included).

    Refuses a number that is taken, a unit that is no company, and a period that ends before it begins.
    """
    if not supplier.is_supplier:
        raise Refused(_("%(unit)s不是供应商，不能签服务合同。") % {"unit": supplier})
    if until is not None and until < since:
        raise Refused(_("合同的结束日期早于开始日期。"))
    if Contract.objects.filter(number=number).exists():
        raise Refused(_("合同编号 %(number)s 已经登记。") % {"number": number})
    contract = Contract.objects.create(
        area=area, supplier=supplier, number=number, name=name, valid=days_from(since, until), signed_on=signed_on
    )
    sentence = _("登记合同%(name)s(%(supplier)s)") % {"name": name, "supplier": supplier.name}
    write_entry(verb="add_contract", sentence=sentence, subject=contract, by=by, at=at, payload={"number": number})
    return contract


@transaction.atomic
def add_term(*, contract: Contract, number: str, kind: str, text: str, by: Person, at: datetime) -> Term:
    """A term is noted by its number and words, so that money can rest on it. Refuses a number noted before."""
    number, text = number.strip(), text.strip()
    if not number or not text:
        raise Refused(_("请写明条号和原文。"))
    if Term.objects.filter(contract=contract, number=number).exists():
        raise Refused(_("%(number)s已经登记。") % {"number": number})
    term = Term.objects.create(contract=contract, number=number, kind=kind, text=text)
    sentence = _("登记合同条款%(number)s（%(kind)s）") % {"number": number, "kind": term.get_kind_display()}
    write_entry(verb="add_term", sentence=sentence, subject=contract, by=by, at=at, payload={"text": text})
    return term


@transaction.atomic
def add_line(
    *,
    area: OfficeArea,
    name: str,
    performer: Organization,
    supervisor: Organization | None = None,
    mode: str = SupplyMode.PURCHASED,
    contract: Contract | None = None,
    root: Place | None = None,
    monthly_fee_yuan: Decimal | None = None,
    since: date,
    until: date | None = None,
    by: Person,
    at: datetime,
) -> ServiceLine:
    """One service in an area (or in the part under `root`) is performed by one unit at a time, over a period.

    Announces `lines_changed`. Refuses a second performer for the same service, part and days; a mode that does not fit the
    performer; days outside of the contract.
    """
    if until is not None and until < since:
        raise Refused(_("服务的结束日期早于开始日期。"))
    valid = days_from(since, until)
    line = ServiceLine(
        area=area,
        name=name,
        performer=performer,
        supervisor=supervisor,
        mode=mode,
        contract=contract,
        root=None if root is not None and root.parent_id is None else root,
        monthly_fee_yuan=monthly_fee_yuan,
        valid=valid,
    )
    _check(line)
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as error:
        raise Refused(_("这段时间里，这项服务已有承担单位，请先结束原来的服务线。")) from error
    sentence = _("%(service)s由%(unit)s承担") % {"service": name, "unit": performer.name}
    payload = {"since": str(since), "until": str(until) if until else None, "mode": mode}
    write_entry(verb="add_line", sentence=sentence, subject=line, by=by, at=at, payload=payload)
    lines_changed.send(sender=ServiceLine, area=area, by=by, at=at)
    return line


def _check(line: ServiceLine) -> None:
    """Refuses a mode that does not fit the performer, another's contract, days outside of it, a part of another area."""
    contract, root = line.contract, line.root
    if wrong := fault_of_line(
        mode=line.mode, has_contract=contract is not None, performer_is_supplier=line.performer.is_supplier
    ):
        raise Refused(wrong)
    if contract is not None:
        if contract.area_id != line.area_id or contract.supplier_id != line.performer_id:
            raise Refused(_("合同不是这个办公区与这家单位签的。"))
        if not lies_within(line.valid, contract.valid):
            raise Refused(_("服务的期限超出了合同期限。"))
    if root is not None and root.area_id != line.area_id:
        raise Refused(_("范围不在这个办公区。"))


@transaction.atomic
def end_line(*, line: ServiceLine, on: date, reason: str, by: Person, at: datetime) -> ServiceLine:
    """A service line ends with its last day `on`; what was done under it stays.

    Announces `lines_changed`. Refuses a line that ends earlier already, and a day before it began.
    """
    line = ServiceLine.objects.select_for_update(of=("self",)).select_related("area").get(pk=line.pk)
    ends = last_day(line.valid)
    if ends is not None and ends <= on:
        raise Refused(_("这条服务线已在 %(day)s 结束。") % {"day": ends})
    if line.valid.lower is not None and on < line.valid.lower:
        raise Refused(_("结束日期早于服务开始的日期。"))
    line.valid = days_from(line.valid.lower, on)
    line.save(update_fields=["valid"])
    sentence = _("%(service)s于 %(day)s 结束：%(reason)s") % {"service": line.name, "day": on, "reason": reason}
    write_entry(verb="end_line", sentence=sentence, subject=line, by=by, at=at, payload={"on": str(on)})
    lines_changed.send(sender=ServiceLine, area=line.area, by=by, at=at)
    return line
