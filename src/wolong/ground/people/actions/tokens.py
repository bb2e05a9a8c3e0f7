"""Read tokens of the API."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import AccessToken, Person
from wolong.ground.people.rules import token_digest

PREFIX = "wl_"
LONGEST_DAYS = 366
MOST_TOKENS = 20


@transaction.atomic
def make_token(*, owner: Person, name: str, expires_on: date, by: Person, at: datetime) -> tuple[AccessToken, str]:
    """Make a read token that acts for its owner; the raw text is returned here and nowhere else, ever.

    By the owner alone. Refuses a name that is empty, a day that is past or more than a year away, and a 21st token.
    """
    if by.pk != owner.pk:
        raise Refused(_("只能为自己建立接口令牌。"))
    if not name.strip():
        raise Refused(_("写明令牌给谁用、做什么。"))
    day = timezone.localdate(at)
    if not day < expires_on <= day + timedelta(days=LONGEST_DAYS):
        raise Refused(_("到期日要在明天以后、一年以内。"))
    if AccessToken.objects.filter(owner=owner, revoked_at=None, expires_on__gt=day).count() >= MOST_TOKENS:
        raise Refused(_("有效的令牌已经有 20 个，先作废不用的。"))
    raw = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(owner=owner, name=name.strip(), digest=token_digest(raw), expires_on=expires_on)
    write_entry(
        verb="make_token",
        sentence=_("建立接口令牌“%(name)s”") % {"name": token.name},
        subject=owner,
        by=by,
        at=at,
        payload={"token": token.pk, "expires_on": expires_on.isoformat()},
    )
    return token, raw


@transaction.atomic
def revoke_token(*, token: AccessToken, by: Person, at: datetime) -> AccessToken:
    """A revoked token opens nothing any more. By its owner or an administrator; a second time changes nothing."""
    if by.pk != token.owner_id:
        require_administrator(by, at)
    if token.revoked_at is not None:
        return token
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    write_entry(
        verb="revoke_token",
        sentence=_("作废接口令牌“%(name)s”") % {"name": token.name},
        subject=token.owner,
        by=by,
        at=at,
        payload={"token": token.pk},
    )
    return token
