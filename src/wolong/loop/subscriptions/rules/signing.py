"""Signatures as Standard Webhooks have them: HMAC-SHA256 over id, time and body, so that nothing old is sent anew."""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, *, message: str, timestamp: int, body: str) -> str:
    """`v1,` and the base64 of the HMAC over `id.timestamp.body`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secrets_valid: list[str], *, message: str, timestamp: int, body: str) -> dict[str, str]:
    """The three headers; while a secret is being replaced, one signature with each, apart by a blank."""
    signatures = (signature(secret, message=message, timestamp=timestamp, body=body) for secret in secrets_valid)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
