"""The address at which people come in."""

import contextlib
import errno
import http.client
import io
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

import segno

from wolong.entrance.supervisor.whereabouts import CannotStart

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - recognised, not bound


@dataclass(frozen=True)
class Door:
    """Where the web server listens."""

    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    demo_on_network: bool = False
    machine_addresses: tuple[str, ...] = field(default=())

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], *, demo: bool = False, demo_on_network: bool = False
    ) -> "Door":
        given = environment.get("WOLONG_PORT", "8000")
        if not given.isdecimal() or not 0 < int(given) < 2**16:
            raise CannotStart(f"WOLONG_PORT 应为 1 到 65535 的整数，现在是 {given}。")
        host = environment.get("WOLONG_HOST", "127.0.0.1")
        return cls(host, int(given), demo, demo_on_network, addresses_of_this_machine())

    @property
    def is_local(self) -> bool:
        return self.host in {"localhost", "::1"} or self.host.startswith("127.")

    @property
    def visible_host(self) -> str:
        """The host to type into a browser."""
        if self.host in EVERYWHERE:
            return next(iter(self.machine_addresses), "127.0.0.1")
        return self.host

    @property
    def address(self) -> str:
        host = f"[{self.visible_host}]" if ":" in self.visible_host else self.visible_host
        return f"http://{host}:{self.port}/"

    @property
    def allowed_hosts(self) -> str:
        """The host names to answer to: always this machine's own, those of the network when opened to it."""
        names = ["localhost", "127.0.0.1", "[::1]"]
        if not self.is_local:
            opened = self.machine_addresses if self.host in EVERYWHERE else (self.host,)
            names += [*(f"[{name}]" if ":" in name else name for name in opened), socket.gethostname()]
        return ",".join(dict.fromkeys(names))

    def require_open(self) -> None:
        """Refuse an open demo on a network, and a port that somebody else has."""
        if self.demo and not self.is_local and not self.demo_on_network:
            raise CannotStart(
                "演示模式下任何人都能切换身份，只能在本机打开。确要让同一网络的人进入演示，请加 --demo-on-network"
                "(make run 时：make run UP=--demo-on-network);正式使用请不要进入演示模式。"
            )
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as refused:
                raise CannotStart(self._why_not(refused)) from refused

    def _why_not(self, refused: OSError) -> str:
        if refused.errno == errno.EADDRINUSE:
            return f"端口 {self.port} 已被别的程序占用。请换一个，例如：WOLONG_PORT={self.port + 1} make run"
        if refused.errno == errno.EACCES:
            return f"当前用户无权使用端口 {self.port}，请用 WOLONG_PORT 换一个 1024 以上的端口。"
        return f"无法在 {self.host}:{self.port} 打开({refused.strerror}),请检查 WOLONG_HOST 和 WOLONG_PORT。"

    def answers(self) -> bool:
        """Whether the application answers there, whatever it says."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        asked = http.client.HTTPConnection(host, self.port, timeout=10)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(asked):
            asked.request("HEAD", "/", headers={"Host": "localhost"})
            return asked.getresponse().status > 0
        return False

    def picture(self) -> str:
        """The address as a QR code made of characters."""
        drawn = io.StringIO()
        segno.make(self.address, micro=False).terminal(drawn, compact=True, border=2)
        return drawn.getvalue()


def addresses_of_this_machine() -> tuple[str, ...]:
    """The addresses under which others on the network find this machine, the likeliest first."""
    found = []
    # No packet leaves: connecting a datagram socket only asks the routing table. 192.0.2.1 is for documentation.
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return tuple(address for address in dict.fromkeys(found) if not address.startswith("127."))


WEB_ENVIRONMENT = {
    "WOLONG_POOL": "1",
    # Where in a line a fault stands would take 6 MB of each worker; the line itself is named all the same.
    "PYTHONNODEBUGRANGES": "1",
}


def granian_command(python: str, door: Door, application: str = "wolong.entrance.wsgi:application") -> list[str]:
    """The web server, to be started with `WEB_ENVIRONMENT`; two workers unless WOLONG_WEB_WORKERS says otherwise."""
    return [
        *(python, "-m", "granian", "--interface", "wsgi", "--host", door.host or "0.0.0.0", "--port", str(door.port)),  # noqa: S104
        *("--workers", os.environ.get("WOLONG_WEB_WORKERS", "2"), "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning"),
        application,
    ]
