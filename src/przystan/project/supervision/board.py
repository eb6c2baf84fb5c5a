"""How the parts are, in a small file that every web process reads.

It has one size and is overwritten in place, so that a full disk cannot keep the news back.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

VARIABLE = "PRZYSTAN_BOARD"  # where the file is, told to the programs that the supervisor starts
SIZE = 4096
TRIES = 3


class PartState(StrEnum):
    OK = "ok"
    STARTING = "starting"
    RESTARTING = "restarting"
    DOWN = "down"
    LOW = "low"  # of a disk: soon there is no room
    FULL = "full"


@dataclass(frozen=True)
class Note:
    """One part: since when it is so, and when it last ended by itself; both in UTC, to the second."""

    state: PartState = PartState.STARTING
    since: datetime | None = None
    last_end: datetime | None = None


class Board:
    """The writer's side; one process writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.touch(mode=0o600)
        self.file = os.open(path, os.O_WRONLY)
        self.notes: dict[str, Note] = {}

    def put(self, part: str, note: Note) -> None:
        """Show how a part is."""
        self.notes[part] = note
        text = json.dumps({name: asdict(one) for name, one in self.notes.items()}, default=plain)
        os.pwrite(self.file, text.encode().ljust(SIZE), 0)

    def close(self) -> None:
        os.close(self.file)
        self.path.unlink(missing_ok=True)


def plain(value: object) -> str:
    """A moment as text."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def read() -> dict[str, Note]:
    """Name of the part -> how it is; {} in a process that no supervisor started."""
    path = os.environ.get(VARIABLE)
    for _ in range(TRIES if path else 0):
        try:
            found = json.loads(Path(str(path)).read_text())
            return {name: noted(one) for name, one in found.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # read while it was written, or not ours
    return {}


def noted(row: dict[str, str]) -> Note:
    """A note as it stands in the file."""
    moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in ("since", "last_end")}
    return Note(PartState(row["state"]), **moments)


def now() -> datetime:
    """The moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
