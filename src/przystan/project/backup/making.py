"""Making a backup."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import age, keys, manifest, seal, snapshot, surroundings, target
from .parts import Part, tarred, whole

DATABASE = "database"


@dataclass(frozen=True)
class Made:
    """A backup that is on the disk. `size`: bytes."""

    path: Path
    size: int
    manifest: manifest.Manifest


def backup(place: Path, to: list[Any]) -> Made:
    """Write the centre, but for its keys, into one file closed for `to` (in clear when there is nobody in it).

    Needs a database that runs; does not hinder those who work with it. Raises Trouble; then nothing is left.
    """
    path = target.place(place, "przystan", closed=bool(to))
    before = surroundings.anchors_length()
    with target.written(path) as file, snapshot.taken() as taken:
        key_files = keys.there()
        found = described(taken, key_files)
        sealed = seal.sealed(parts(found, taken, before), keys.secrets(key_files, found.keys))
        age.close(tarred(sealed), file, to)
    return Made(path, path.stat().st_size, found)


def described(taken: snapshot.Snapshot, key_files: keys.Keys) -> manifest.Manifest:
    """The manifest of a moment."""
    return manifest.Manifest(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        postgresql=taken.server,
        centre=taken.column("SELECT name FROM team_organisation ORDER BY id"),
        migrations=taken.column("SELECT app || '.' || name FROM django_migrations ORDER BY 1"),
        tables=snapshot.tables(taken.connection),
        keys=keys.fingerprints(key_files),
    )


def parts(found: manifest.Manifest, taken: snapshot.Snapshot, anchors_before: int) -> Iterator[Part]:
    """Everything in its order: what restoring asks for first, and the database last."""
    yield whole(manifest.NAME, found.written())
    yield from surroundings.parts(last_row(taken), anchors_before)
    for number, piece in enumerate(taken.dump(), start=1):
        yield whole(f"{DATABASE}/{number:06}", piece)


def last_row(taken: snapshot.Snapshot) -> int:
    """Number of the last row of the audit log; 0 in tables of the first version, which had no chain."""
    if taken.column("SELECT to_regclass('access_audithead')") == [None]:
        return 0
    (seq,) = taken.column("SELECT coalesce(max(seq), 0) FROM access_audithead")
    return int(seq)
