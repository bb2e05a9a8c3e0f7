"""Where an installation keeps what it runs on; everything follows from its home."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PORT_IN_SOCKET_NAME = 5432


class CannotStart(Exception):
    """What hinders a start, as one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Whereabouts:
    """The places of one home. Nothing here touches the disk but `owner_id`."""

    home: Path

    @classmethod
    def from_environment(cls) -> "Whereabouts":
        return cls(Path(os.environ.get("WOLONG_HOME", "var")).resolve())

    @property
    def mark(self) -> str:
        """Eight hex digits that tell this home from another on the same machine."""
        return hashlib.sha256(os.fsencode(self.home)).hexdigest()[:8]

    @property
    def owner_id(self) -> int:
        """Whose home it is: root running a command in somebody's home must find that person's database."""
        return self.home.stat().st_uid if self.home.exists() else os.geteuid()

    @property
    def socket_folder(self) -> Path:
        """A folder whose path is short: the address of a unix socket holds 107 bytes, a home may lie deeper."""
        ground = Path("/run") if self.owner_id == 0 and os.access("/run", os.W_OK) else Path("/tmp")  # noqa: S108 - mode 0700, its owner is checked
        return ground / f"wolong-{self.owner_id}-{self.mark}"

    @property
    def cluster_folder(self) -> Path:
        return self.home / "postgres"

    @property
    def cluster_pointer(self) -> Path:
        """Names the cluster's folder when it lies elsewhere, so that a home that is moved still finds its data."""
        return self.home / "postgres.path"

    @property
    def spare_folder(self) -> Path:
        """Where the cluster goes when its own system user can't reach the home (root's, under a 0700 folder)."""
        return Path("/var/lib") / f"wolong-{self.mark}"

    @property
    def lock_file(self) -> Path:
        return self.home / "supervisor.lock"

    @property
    def children_file(self) -> Path:
        return self.home / "children.json"

    @property
    def demo_mark(self) -> Path:
        """Stands in a home whose first start was answered with the demo story."""
        return self.home / "demo"

    @property
    def is_demo(self) -> bool:
        """Whether people may choose whom to play: what the environment says, else the answer of the first start."""
        said = os.environ.get("WOLONG_DEMO")
        return said == "1" if said is not None else self.demo_mark.exists()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was ever started here: neither a cluster of this home nor a database of the operator's."""
        begun = self.cluster_folder.exists() or self.cluster_pointer.exists()
        return not begun and not os.environ.get("WOLONG_DATABASE_URL")

    @property
    def log_folder(self) -> Path:
        return self.home / "log"

    @property
    def database_url(self) -> str:
        """The address of the database: the operator's, or the embedded one behind its socket."""
        return os.environ.get("WOLONG_DATABASE_URL") or self.embedded_url

    @property
    def embedded_url(self) -> str:
        return socket_url(self.socket_folder, user="wolong", database="wolong")


def socket_url(folder: Path, *, user: str, database: str) -> str:
    return f"postgresql://{user}@/{database}?host={quote(str(folder), safe='')}&port={PORT_IN_SOCKET_NAME}"
