"""The two addresses of a sign-in elsewhere, and the sign-in page with its button."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.views import LoginView
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from wolong.entrance.oidc.adapter import refusal
from wolong.entrance.oidc.configuration import PROVIDER_ID
from wolong.entrance.oidc.provider import UNREACHABLE, OfficeAdapter

logger = logging.getLogger("wolong.oidc")


class SignIn(LoginView):  # type: ignore[misc]
    """Account and password, and the other door where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "oidc": settings.OIDC}


def _there(view: type) -> Callable[..., HttpResponse]:
    """One of the library's views for our provider; a provider that does not answer is said, not thrown."""

    @never_cache
    @login_not_required
    def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
        if settings.OIDC is None or provider_id != PROVIDER_ID or request.method != "GET":
            raise Http404
        try:
            return view.adapter_view(OfficeAdapter(request, provider_id))(request)  # type: ignore[attr-defined, no-any-return]
        except (*UNREACHABLE, OAuth2Error) as error:
            logger.warning("the identity provider does not answer: %s", error)
            return refusal(request, "unreachable", status=503)

    return answer


urlpatterns = [
    path("account/<slug:provider_id>/login/", _there(OAuth2LoginView), name="openid_connect_login"),
    path("account/<slug:provider_id>/callback/", _there(OAuth2CallbackView), name="openid_connect_callback"),
]
