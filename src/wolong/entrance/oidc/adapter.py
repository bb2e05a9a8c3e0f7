"""Who somebody of the identity provider is here: an account that exists, is in use, and belongs to no other identity."""

import logging
from datetime import datetime
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wolong.ground.ledger.actions import write_entry
from wolong.ground.people.models import Person
from wolong.ground.workdays.queries import now

logger = logging.getLogger("wolong.oidc")


def refusal(request: HttpRequest, reason: str, *, account: str = "", status: int = 403) -> HttpResponse:
    """One page for whoever stays outside; `reason` is a part of its template."""
    context = {"reason": reason, "account": account, "provider": settings.OIDC.name}
    return render(request, "entrance/oidc_refused.html", context, status=status)


@transaction.atomic
def unbind_identity(*, person: Person, at: datetime) -> bool:
    """The next identity that names the account is bound to it anew; answers whether one was bound. From the command line only."""
    if not SocialAccount.objects.filter(user=person).delete()[0]:
        return False
    sentence = f"解除 {person.name} 的统一登录绑定"
    write_entry(verb="unbind_identity", sentence=sentence, subject=person, by=None, at=at)
    return True


class OfficeAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody is made by signing in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The account that the identity is bound to; at the first time, the one that its claim names."""
        known = sociallogin.is_existing
        person = Person.objects.get(pk=sociallogin.user.pk) if known else self._bound(request, sociallogin)
        if not person.is_active:
            raise ImmediateHttpResponse(refusal(request, "inactive", account=person.account))
        sociallogin.user = person

    def _bound(self, request: HttpRequest, sociallogin: SocialLogin) -> Person:
        given = str(getattr(sociallogin, "claims", {}).get(settings.OIDC.claim) or "").strip()
        person = Person.objects.filter(account__iexact=given).first() if given and "\x00" not in given else None
        if person is None:
            raise ImmediateHttpResponse(refusal(request, "unknown", account=given[:60]))
        if not person.is_active:
            raise ImmediateHttpResponse(refusal(request, "inactive", account=person.account))
        with transaction.atomic():
            Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
            others = SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider)
            if others.exists():
                # The name was given to somebody else over there: the account here is still the first one's.
                raise ImmediateHttpResponse(refusal(request, "another", account=person.account))
            sociallogin.account.user = person
            sociallogin.account.save()
            sentence = f"绑定{settings.OIDC.name}的身份"
            write_entry(verb="bind_identity", sentence=sentence, subject=person, by=person, at=now())
        return person

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Whatever did not fit: said in plain words, with the reason in the log and not on the page."""
        del provider, extra_context
        logger.warning("sign-in refused: %s %s", error, exception)
        raise ImmediateHttpResponse(refusal(request, "cancelled" if error == AuthError.CANCELLED else "failed"))
