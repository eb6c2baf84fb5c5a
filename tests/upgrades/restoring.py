"""Databases of earlier versions, restored for a test, and the product's commands run on them as a person runs them."""

import lzma
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from przystan.project import cluster
from tests.harness import database

STATES = Path(__file__).with_name("states")
OURS = ("DATABASE_", "DJANGO_", "PRZYSTAN_", "EMAIL_", "LC_", "LANG")
COMMAND = (sys.executable, "-m", "przystan.project.cli")


@dataclass(frozen=True)
class Centre:
    """A restored centre: its database and its folder, where its keys are."""

    database: str
    folder: Path

    def run(self, *words: str, command: tuple[str, ...] = COMMAND, **more: str) -> subprocess.CompletedProcess[str]:
        """A command as a process of its own, under the two roles. `more`: variables of the environment."""
        return subprocess.run(
            [*command, *words], env=self.environment() | more, capture_output=True, text=True, check=False, timeout=120
        )

    def environment(self) -> dict[str, str]:
        """Nothing of the tests' own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {
            "PRZYSTAN_DATA": str(self.folder),
            "DATABASE_URL": address(cluster.django_database(), self.database),
            "DATABASE_OWNER_URL": address(cluster.owner_database(), self.database),
        }

    def owner(self) -> database.Connection:
        """A connection of the owner of its tables."""
        return database.connect_to(cluster.owner_database() | {"NAME": self.database})


def address(entry: dict[str, Any], name: str) -> str:
    """The URL of a database of the tests' server."""
    if str(entry["HOST"]).startswith("/"):
        return f"postgres://{entry['USER']}@/{name}?host={quote(entry['HOST'], safe='')}"
    return f"postgres://{entry['USER']}:{entry['PASSWORD']}@{entry['HOST']}:{entry['PORT']}/{name}"


@contextmanager
def restored(state: str, folder: Path) -> Iterator[Centre]:
    """The stored data of `state` ("first-filled") in a database of their own, with their keys in `folder`."""
    put_keys(state, folder)
    with database.empty(f"restored_{state.replace('-', '_')}") as name:
        centre = Centre(name, folder)
        with centre.owner() as connection:
            connection.execute(stored(state))
        yield centre


def stored(state: str) -> bytes:
    """The SQL of its data."""
    return lzma.decompress((STATES / f"{state}.sql.xz").read_bytes())


def put_keys(state: str, folder: Path) -> None:
    """Its keys into a data folder, if it had any."""
    keys = STATES / f"{state}.keys"
    if keys.exists():
        shutil.copytree(keys, folder / "keys")
        (folder / "keys").chmod(0o700)
        for file in (folder / "keys").iterdir():
            file.chmod(0o600)
