"""Who may change units and people."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role


def require_administrator(by: Person | None, at: datetime) -> None:
    """Only the system administrator; `by` is None when the installation itself acts, from its own command line."""
    if by is not None and not by.holds(Role.ADMINISTRATOR, on=timezone.localdate(at)):
        raise Refused(_("只有系统管理员可以管理单位和人员。"))
