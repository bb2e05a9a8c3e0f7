"""Periods of grants, one-time passwords."""

import hashlib
import re
import secrets
from datetime import date, timedelta

from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from wolong.ground.people.states import SUPPLIER_ROLES

# Without the letters and figures that are mistaken for one another when read aloud or copied from paper.
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - an alphabet
PASSWORD_GROUPS = (4, 4, 4)
ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")


def days_from(since: date, until: date | None) -> DateRange:
    """From one day to another, both included; open where no last day is given."""
    return DateRange(since, until + timedelta(days=1) if until is not None else None, "[)")


def last_day(valid: DateRange) -> date | None:
    """The last day of a period, or None while it is open."""
    return valid.upper - timedelta(days=1) if valid.upper is not None else None


def one_time_password() -> str:
    """Three groups of four that can be read aloud; about 59 bits."""
    return "-".join("".join(secrets.choice(PASSWORD_LETTERS) for _ in range(size)) for size in PASSWORD_GROUPS)


def token_digest(raw: str) -> str:
    """What is kept of a token. It is 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(raw.encode()).hexdigest()


def fault_of_account(account: str) -> str:
    """What is wrong with the name of an account, in a sentence; empty where nothing is."""
    return "" if ACCOUNT.fullmatch(account) else _("账号由 2 至 60 个字母、数字或 . _ - @ 组成，以字母或数字开头。")


def fault_of_grant(*, role: str, is_supplier: bool, is_supplier_person: bool, since: date, until: date | None) -> str:
    """Why a role can't be given at a unit for a period; empty where it can. A company and the bureau never mix."""
    if until is not None and until < since:
        return _("授权的最后一天早于第一天。")
    if (role in SUPPLIER_ROLES) != is_supplier:
        return _("供应商的角色只授予在供应商，本局的角色只授予在本局。")
    if is_supplier_person != is_supplier:
        return _("供应商的人员不能担任本局的角色，本局的人员不能担任供应商的角色。")
    return ""
