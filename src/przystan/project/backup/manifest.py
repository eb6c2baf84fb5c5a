"""What is in a backup, written first into it: version, time, and how to tell that all of it came back."""

import importlib.metadata
import json
from dataclasses import asdict, dataclass, field
from gettext import gettext as _
from typing import Any, Self

from przystan.project.trouble import Exit, Trouble

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True)
class Table:
    """`sha256` is over the rows of `columns` (see `snapshot.digested`)."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`at`: ISO 8601, UTC. `keys`: names of the key files of then -> their fingerprints."""

    at: str
    postgresql: int
    centre: list[str]
    migrations: list[str]
    tables: dict[str, Table]
    keys: dict[str, str]
    przystan: str = field(default_factory=lambda: importlib.metadata.version("przystan"))
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Read it from JSON. Raises Trouble for what a newer Przystań wrote, or nobody."""
        try:
            values: dict[str, Any] = json.loads(content)
            if int(values["format"]) > FORMAT:
                raise Trouble(_("A newer Przystań made this backup. Update Przystań and try again."), Exit.DATABASE)
            values["tables"] = {name: Table(**table) for name, table in values["tables"].items()}
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise no_backup() from error


def no_backup() -> Trouble:
    """The sentence for a file that is something else."""
    return Trouble(_("This file is not a backup of Przystań."), Exit.USAGE)
