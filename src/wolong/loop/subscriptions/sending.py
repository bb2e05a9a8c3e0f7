"""One POST to a foreign machine that may hang, redirect, lie or never end: ten seconds, one kilobyte, no second address."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from wolong.loop.subscriptions.models import Delivery
from wolong.loop.subscriptions.rules import signing
from wolong.loop.subscriptions.rules.addresses import fault_of_address, is_forbidden

SECONDS = 10.0
MOST_READ = 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `status` is None where nothing did, and `fault` says why."""

    status: int | None
    duration_ms: int
    text: str = ""
    fault: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class NotSent(Exception):
    """Why nothing was sent at all, in a sentence."""


def post(
    address: str, body: str, headers: Mapping[str, str], *, local_allowed: bool, seconds: float = SECONDS
) -> Answer:
    """Send a body and read the first kilobyte of the answer; whatever happens comes back as an Answer."""
    begun = time.monotonic()
    try:
        status, text = _say_and_hear(address, body, headers, local_allowed=local_allowed, seconds=seconds)
    except NotSent as reason:
        return Answer(None, _since(begun), fault=str(reason))
    except TimeoutError:
        return Answer(None, _since(begun), fault=_("%(n)d 秒内没有应答") % {"n": seconds})
    except ssl.SSLError as error:
        return Answer(None, _since(begun), fault=_("证书或加密连接不对：%(why)s") % {"why": (error.reason or "")[:80]})
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() - begun >= seconds:
            return Answer(None, _since(begun), fault=_("%(n)d 秒内没有应答") % {"n": seconds})
        return Answer(None, _since(begun), fault=_("连接不上或应答看不懂：%(why)s") % {"why": str(error)[:100]})
    fault = "" if 200 <= status < 300 else _fault_of(status)
    return Answer(status, _since(begun), text, fault)


def _fault_of(status: int) -> str:
    if 300 <= status < 400:
        return _("对方要求转到别的地址；卧龙不跟随，请直接登记最终地址")
    return _("对方应答 %(status)d") % {"status": status}


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)


def _say_and_hear(
    address: str, body: str, headers: Mapping[str, str], *, local_allowed: bool, seconds: float
) -> tuple[int, str]:
    if fault := fault_of_address(address, local_allowed=local_allowed):
        raise NotSent(fault)
    parts = urlsplit(address)
    is_tls = parts.scheme == "https"
    host, port = str(parts.hostname), parts.port or (443 if is_tls else 80)
    deadline = time.monotonic() + seconds
    plain = _connect(host, port, local_allowed=local_allowed, deadline=deadline)
    line = http.client.HTTPConnection(host, port)
    line.auto_open = 0  # never a second connection: it would not have been looked at
    # The whole exchange has one deadline: a server that drips a byte now and then meets it too.
    held = [plain]
    alarm = threading.Timer(max(deadline - time.monotonic(), 0.01), _cut, [held])
    alarm.daemon = True
    alarm.start()
    try:
        if is_tls:
            tls = ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            held[0] = tls
            tls.do_handshake()
        line.sock = held[0]
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", path, body.encode(), {**headers, "Connection": "close"})
        answer = line.getresponse()
        return answer.status, answer.read(MOST_READ).decode("utf-8", "replace").replace("\x00", "")
    finally:
        alarm.cancel()
        line.close()
        held[0].close()


def _connect(host: str, port: int, *, local_allowed: bool, deadline: float) -> socket.socket:
    """A connection to the first address of the name that answers; each is looked at, and exactly it is used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent(_("找不到主机 %(host)s") % {"host": host[:80]}) from None
    targets: list[tuple[Any, Any]] = [(family, sockaddr) for family, _kind, _proto, _name, sockaddr in found]
    if not local_allowed and any(is_forbidden(str(sockaddr[0])) for _family, sockaddr in targets):
        raise NotSent(_("主机名指向卧龙自己所在的机器或链路本地地址，没有发送"))
    last: OSError = OSError("no address")
    for family, sockaddr in targets:
        line = socket.socket(family, socket.SOCK_STREAM)
        line.settimeout(max(deadline - time.monotonic(), 0.01))
        try:
            line.connect(sockaddr)
        except OSError as error:
            line.close()
            last = error
        else:
            return line
    raise last


def _cut(held: list[socket.socket]) -> None:
    with contextlib.suppress(OSError):
        # The plain shutdown: that of an encrypted line first takes away what the waiting thread reads with.
        socket.socket.shutdown(held[0], socket.SHUT_RDWR)


def headers_of(delivery: Delivery, secrets: list[str], *, timestamp: int) -> dict[str, str]:
    """What stands above the body: its kind, who sends it, and the signature over id, time and body."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Wolong-Webhooks/1",
        **signing.headers(secrets, message=str(delivery.message), timestamp=timestamp, body=delivery.body),
    }
