"""The identity provider as it is trusted here: every id token's signature, issuer, audience, time and nonce are looked at.

The library skips the signature of a token that came over TLS, and knows no nonce; an office network often ends TLS at a
proxy, so both are checked.
"""

import hashlib
import hmac
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
REQUIRED = ["iss", "aud", "exp", "iat", "sub"]
LEEWAY_S = 30  # clocks of two machines
LONGEST_SUBJECT = 190


def nonce_of(verifier: str) -> str:
    """The nonce of a sign-in follows from its secret verifier: nothing more has to be kept, and nobody else can know it."""
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


class OfficeAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Takes the code to the provider and reads what it says of the person."""

    verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        found: dict[str, Any] = super().openid_config
        if str(found.get("issuer", "")).rstrip("/") != settings.OIDC.issuer:
            raise OAuth2Error("the discovered issuer is another than the configured one")
        return found

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None) -> Any:
        self.verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        claims = self._verified(app, kwargs["response"].get("id_token"))
        if not claims.get(settings.OIDC.claim) and self.openid_config.get("userinfo_endpoint"):
            told = self._fetch_user_info(token.token)
            if not isinstance(told, dict) or told.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo speaks of somebody else")
            claims = {**told, **claims}
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims = claims
        return login

    def _verified(self, app: Any, id_token: Any) -> dict[str, Any]:
        if not isinstance(id_token, str) or not id_token:
            raise OAuth2Error("no id token")
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY_S,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWTError, TypeError, ValueError, KeyError) as error:
            raise OAuth2Error(f"id token refused: {error}") from error
        nonce = str(claims.get("nonce", ""))
        if not self.verifier or not hmac.compare_digest(nonce.encode(), nonce_of(self.verifier).encode()):
            raise OAuth2Error("the nonce is not that of this sign-in")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the token is meant for another client")
        if not 0 < len(str(claims["sub"])) <= LONGEST_SUBJECT:
            raise OAuth2Error("no usable subject")
        return claims

    def _key_of(self, id_token: str) -> Any:
        """The provider's key that signed; a token without a name of its key is taken where there is only one."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        name = jwt.get_unverified_header(id_token).get("kid")
        found = [key for key in keys if key.key_id == name] if name else keys
        if len(found) != 1:
            raise OAuth2Error("the key that signed is not the provider's")
        return found[0].key


class OfficeProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Signs in and nothing else; keeps the subject, and no copy of what the provider tells."""

    oauth2_adapter_class = OfficeAdapter

    def get_pkce_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_pkce_params()
        return {**parameters, "nonce": nonce_of(parameters["code_verifier"])}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        # What stands in the address chooses no scope, no parameter and no other process.
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        return {
            **kwargs,
            "process": AuthProcess.LOGIN,
            "scope": self.get_scope(),
            "auth_params": self.get_auth_params(),
        }

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        del data
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        del data
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        del data
        return []


UNREACHABLE = (requests.RequestException, KeyError, ValueError)
