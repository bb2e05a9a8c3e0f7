"""Tokens of the API: made, used, revoked."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import AccessToken, Person
from wolong.ground.people.rules import token_digest
from wolong.ground.people.states import TokenScope

PREFIX = "wl_"
LONGEST_DAYS = 366
MOST_TOKENS = 20
# When a token was last used is known to the minute: not every request of a busy system writes.
USED_AGAIN = timedelta(minutes=1)


@transaction.atomic
def make_token(
    *,
    owner: Person,
    name: str,
    expires_on: date,
    scopes: Iterable[str] = (TokenScope.READ,),
    by: Person,
    at: datetime,
) -> tuple[AccessToken, str]:
    """Make a token that acts for its owner within its scopes; the raw text is returned here and nowhere else, ever.

    By the owner alone. Refuses a name that is empty, no scope or an unknown one, a day that is past or more than a year
    away, and a 21st token.
    """
    if by.pk != owner.pk:
        raise Refused(_("只能为自己建立接口令牌。"))
    if not name.strip():
        raise Refused(_("写明令牌给谁用、做什么。"))
    chosen = set(scopes)
    if not chosen or not chosen <= set(TokenScope.values):
        raise Refused(_("选定令牌可以做什么，至少一项。"))
    day = timezone.localdate(at)
    if not day < expires_on <= day + timedelta(days=LONGEST_DAYS):
        raise Refused(_("到期日要在明天以后、一年以内。"))
    if AccessToken.objects.filter(owner=owner, revoked_at=None, expires_on__gt=day).count() >= MOST_TOKENS:
        raise Refused(_("有效的令牌已经有 20 个，先作废不用的。"))
    raw = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        owner=owner,
        name=name.strip(),
        digest=token_digest(raw),
        scopes=[scope.value for scope in TokenScope if scope in chosen],
        expires_on=expires_on,
    )
    write_entry(
        verb="make_token",
        sentence=_("建立接口令牌“%(name)s”") % {"name": token.name},
        subject=owner,
        by=by,
        at=at,
        payload={"token": token.pk, "expires_on": expires_on.isoformat(), "scopes": token.scopes},
    )
    return token, raw


def note_token_use(*, token: AccessToken, at: datetime) -> None:
    """When a token was last used, to the minute."""
    if token.last_used_at is None or token.last_used_at + USED_AGAIN <= at:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=at)


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
