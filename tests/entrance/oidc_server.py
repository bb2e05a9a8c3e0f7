"""A real identity provider on loopback: discovery, keys, codes with PKCE, signed tokens; and, on demand, a bad one.

`oidc-provider-mock` does the protocol. What it lacks is added here: it checks the PKCE verifier, and can be told to lie.
"""

import base64
import contextlib
import hashlib
import json
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import werkzeug.serving

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package's own imports
    import flask
    import oidc_provider_mock
    from authlib.jose import JsonWebKey, jwt

Lie = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Provider:
    """`tell` changes the claims of an id token before it is signed; `key` signs it with another key."""

    port: int = 0
    tell: Lie = lambda claims: claims
    key: Any = None
    discovered: dict[str, Any] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)
    verified: int = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def consent(self, address: str, subject: str, **form: str) -> str:
        """The person signs in over there; answers where they are sent back to."""
        answer = requests.post(address, data={"sub": subject, **form}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def knows(self, subject: str, **claims: Any) -> None:
        answer = requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5)
        assert answer.ok, answer.text


def _guard(app: flask.Flask, provider: Provider) -> None:
    """What a provider with PKCE does: keep the challenge of each code, and give no token without its verifier."""

    @app.before_request
    def check_verifier() -> Any:
        if flask.request.path == "/oauth2/token":
            verifier = flask.request.form.get("code_verifier", "")
            given = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
            if provider.challenges.pop(flask.request.form["code"], None) != given:
                return flask.jsonify(error="invalid_grant"), 400
            provider.verified += 1
        return None

    @app.after_request
    def keep_and_lie(response: flask.Response) -> flask.Response:
        if flask.request.path == "/oauth2/authorize" and response.status_code == 302:
            code = parse_qs(urlsplit(response.headers["Location"]).query).get("code")
            if code:
                assert flask.request.args["code_challenge_method"] == "S256"
                provider.challenges[code[0]] = flask.request.args["code_challenge"]
        if flask.request.path == "/oauth2/token" and response.status_code == 200:
            told = response.get_json()
            key = provider.key or flask.g.oidc_provider_mock_storage.jwk
            payload = json.loads(base64.urlsafe_b64decode(told["id_token"].split(".")[1] + "=="))
            header = {"alg": "RS256", "kid": flask.g.oidc_provider_mock_storage.jwk.as_dict()["kid"]}
            told["id_token"] = jwt.encode(header, provider.tell(payload), key).decode()
            response.set_data(json.dumps(told))
        if flask.request.path == "/.well-known/openid-configuration" and provider.discovered:
            response.set_data(json.dumps({**response.get_json(), **provider.discovered}))
        return response


def another_key() -> Any:
    return JsonWebKey.generate_key("RSA", 2048, is_private=True)


@contextlib.contextmanager
def identity_provider() -> Iterator[Provider]:
    provider = Provider()
    app = oidc_provider_mock.app()
    _guard(app, provider)
    server = werkzeug.serving.make_server("127.0.0.1", 0, app, threaded=True)
    provider.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
