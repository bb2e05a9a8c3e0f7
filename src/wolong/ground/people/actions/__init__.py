"""The verbs on units, people, grants, leave, passwords and tokens."""

from wolong.ground.people.actions.grants import end_grant, grant_role, record_leave, withdraw_leave
from wolong.ground.people.actions.organizations import add_organization, change_organization
from wolong.ground.people.actions.passwords import (
    give_first_passwords,
    note_password_changed,
    note_signed_in,
    set_one_time_password,
)
from wolong.ground.people.actions.persons import (
    activate_person,
    add_person,
    change_person,
    choose_opening_view,
    choose_theme,
    deactivate_person,
)
from wolong.ground.people.actions.roster import GivenGrant, GivenPerson, import_people
from wolong.ground.people.actions.tokens import make_token, note_token_use, revoke_token

__all__ = [
    "GivenGrant",
    "GivenPerson",
    "activate_person",
    "add_organization",
    "add_person",
    "change_organization",
    "change_person",
    "choose_opening_view",
    "choose_theme",
    "deactivate_person",
    "end_grant",
    "give_first_passwords",
    "grant_role",
    "import_people",
    "make_token",
    "note_password_changed",
    "note_signed_in",
    "note_token_use",
    "record_leave",
    "revoke_token",
    "set_one_time_password",
    "withdraw_leave",
]
