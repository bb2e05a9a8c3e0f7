"""Periods of contracts and lines, and what a line may say of itself."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from wolong.estate.contracts.states import SupplyMode


def days_from(since: date, until: date | None) -> DateRange:
    """From one day to another, both included; open where no last day is given."""
    return DateRange(since, until + timedelta(days=1) if until is not None else None, "[)")


def last_day(valid: DateRange) -> date | None:
    """The last day of a period, or None while it is open."""
    return valid.upper - timedelta(days=1) if valid.upper is not None else None


def lies_within(inner: DateRange, outer: DateRange) -> bool:
    """Whether one period has no day outside of the other."""
    if inner.lower is None or outer.lower is None:
        return outer.lower is None
    if inner.lower < outer.lower:
        return False
    return outer.upper is None or (inner.upper is not None and inner.upper <= outer.upper)


def fault_of_line(*, mode: str, has_contract: bool, performer_is_supplier: bool) -> str | None:
    """Why a line cannot be supplied like this, in one sentence (购买服务 has a contract with a company; 自主管理 has none)."""
    if mode == SupplyMode.PURCHASED and not has_contract:
        return _("购买服务要有合同。")
    if mode == SupplyMode.OWN and has_contract:
        return _("自主管理的服务没有合同。")
    if mode == SupplyMode.OWN and performer_is_supplier:
        return _("自主管理的服务由本单位承担，不能是供应商。")
    if has_contract and not performer_is_supplier:
        return _("合同服务由供应商承担。")
    return None
