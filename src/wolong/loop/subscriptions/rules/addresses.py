"""Where a notice may be sent: http or https, and never to this very machine or to its link."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

LONGEST = 400


def fault_of_address(address: str, *, local_allowed: bool) -> str:
    """What is wrong with an address as it is written, in a sentence; empty where nothing is."""
    if len(address) > LONGEST:
        return _("地址最多 %(most)d 个字符。") % {"most": LONGEST}
    if any(sign.isspace() or ord(sign) < 32 or ord(sign) > 126 for sign in address):
        return _("地址里不能有空格、汉字或控制字符。")
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, is_whole = urlsplit(""), False
    if is_whole and parts.scheme in {"http", "https"}:
        return _fault_of_parts(parts, local_allowed=local_allowed)
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return _("地址要以 http:// 或 https:// 开头。")
    return _("这不是完整的地址，应像 https://oa.example.gov.cn/hooks 这样。")


def _fault_of_parts(parts: SplitResult, *, local_allowed: bool) -> str:
    if parts.username is not None or parts.password is not None:
        return _("地址里不能带用户名和密码；接收方靠签名认出卧龙。")
    if not local_allowed and _names_this_machine(str(parts.hostname)):
        return _("不能发给卧龙自己所在的机器，也不能发给链路本地地址。")
    return ""


def is_forbidden(ip: str) -> bool:
    """Whether an address, once resolved, is of this very machine, of its link, or nobody's at all."""
    found = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    if found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast:
        return True
    return _is_own(str(found))


def _names_this_machine(host: str) -> bool:
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    # 127.1 and 2130706433 are what the resolver takes for 127.0.0.1, too.
    try:
        return is_forbidden(socket.inet_ntoa(socket.inet_aton(name)))
    except OSError:
        pass
    try:
        return is_forbidden(name)
    except ValueError:
        return False


def _is_own(ip: str) -> bool:
    """An address of this machine is one that a socket of this machine can be bound to."""
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((ip, 0))
    except OSError:
        return False
    return True
