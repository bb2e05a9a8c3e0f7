"""Secrets at rest: sealed with the installation's key, so that a copy of the database alone signs nothing."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused


def _lock() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"subscriptions:" + settings.SECRET_KEY.encode()).digest()))


def sealed(secret: str) -> str:
    return _lock().encrypt(secret.encode()).decode()


def opened(text: str) -> str:
    """Refuses what was sealed with another installation's key."""
    try:
        return _lock().decrypt(text.encode()).decode()
    except InvalidToken:
        raise Refused(_("签名密钥打不开：本机的 secret_key 换过。请更换这个接收方的密钥。")) from None
