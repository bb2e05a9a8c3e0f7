"""An administrator made by the installation itself; everybody else is added on the pages."""

from django.db import transaction

from wolong.ground.people.actions import add_organization, add_person, grant_role, set_one_time_password
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind, Role
from wolong.ground.workdays.queries import now, today


@transaction.atomic
def make_administrator(*, account: str, name: str, unit: str) -> str:
    """An account with the administrator's role, and its one-time password; one that is there gets a new password."""
    at = now()
    organization = Organization.objects.filter(name=unit, parent=None).first()
    if organization is None:
        organization = add_organization(name=unit, kind=OrganizationKind.ADMINISTRATIVE, by=None, at=at)
    person = Person.objects.filter(account=account).first()
    if person is None:
        person = add_person(account=account, name=name, organization=organization, by=None, at=at)
    if not person.holds(Role.ADMINISTRATOR, on=today()):
        grant_role(person=person, role=Role.ADMINISTRATOR, organization=organization, by=None, at=at)
    return set_one_time_password(person=person, by=None, at=at)
