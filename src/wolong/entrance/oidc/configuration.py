"""What an installation says of its identity provider; without an issuer there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROVIDER_ID = "oidc"
CLAIM = "preferred_username"


class WrongOidcSetting(Exception):
    """The settings contradict each other, and what is missing, in a sentence."""


@dataclass(frozen=True, slots=True)
class Oidc:
    """`claim`: the claim that holds the account's name; `name` stands on the button."""

    issuer: str
    client_id: str
    secret: str
    name: str
    claim: str

    def as_providers(self) -> dict[str, Any]:
        """What the sign-in library reads: one provider, with PKCE, and without a copy of anybody's data."""
        app = {
            "provider_id": PROVIDER_ID,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.issuer, "scope": ["openid", "profile"]},
        }
        return {"openid_connect": {**WITHOUT["openid_connect"], "APPS": [app]}}


# The provider class is loaded at start, whether or not an issuer is set.
WITHOUT: dict[str, Any] = {
    "openid_connect": {"provider_class": "wolong.entrance.oidc.provider.OfficeProvider", "OAUTH_PKCE_ENABLED": True}
}


def from_environment(environment: Mapping[str, str]) -> Oidc | None:
    """The provider that WOLONG_OIDC_* names, or None. Refuses half a configuration: a door that does not open helps nobody."""
    issuer = environment.get("WOLONG_OIDC_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    if not issuer.startswith(("https://", "http://")):
        raise WrongOidcSetting("WOLONG_OIDC_ISSUER 要以 https:// 开头(测试时可用 http://)。")
    client_id = environment.get("WOLONG_OIDC_CLIENT_ID", "").strip()
    secret = environment.get("WOLONG_OIDC_CLIENT_SECRET", "").strip()
    if path := environment.get("WOLONG_OIDC_CLIENT_SECRET_FILE", "").strip():
        try:
            secret = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise WrongOidcSetting("读不了 WOLONG_OIDC_CLIENT_SECRET_FILE 指的文件。") from None
    if not client_id or not secret:
        raise WrongOidcSetting(
            "设了 WOLONG_OIDC_ISSUER,还要设 WOLONG_OIDC_CLIENT_ID 和 WOLONG_OIDC_CLIENT_SECRET(或 …_SECRET_FILE)。"
        )
    name = environment.get("WOLONG_OIDC_NAME", "").strip() or "单位统一登录"
    return Oidc(issuer, client_id, secret, name, environment.get("WOLONG_OIDC_CLAIM", "").strip() or CLAIM)
