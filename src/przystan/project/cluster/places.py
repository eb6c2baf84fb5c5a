"""Where the files of an embedded cluster lie."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

# The kernel takes 107 bytes for the path of a socket; PostgreSQL calls its own ".s.PGSQL.5432".
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Places:
    """Files of the cluster of one data folder (`centre`, absolute)."""

    centre: Path

    @property
    def root(self) -> Path:
        return self.centre / "postgres"

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.root / "data"

    @property
    def unfinished(self) -> Path:
        """Where a new data directory grows until it is complete."""
        return self.root / "data.unfinished"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def start_lock(self) -> Path:
        return self.root / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server."""
        return self.root / "users.lock"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket: inside the data directory, or a short private one where that is too long."""
        inside = self.data / "run"
        if len(str(inside / SOCKET_NAME).encode()) <= LONGEST_SOCKET_PATH:
            return inside
        return Path("/tmp") / f"przystan-{hashlib.sha256(str(self.data).encode()).hexdigest()[:16]}"  # noqa: S108
