"""Bringing a centre back from a backup, in an order in which it can be interrupted anywhere.

Until the last step the database has a mark, and no command but `restore` works with it; restored again, it begins anew.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings

from przystan.project import cluster
from przystan.project.trouble import Exit, Trouble

from . import age, keys, loading, manifest, seal, snapshot, surroundings
from .making import DATABASE
from .parts import Content, pieces, read

STAGED = "restore.unfinished"
BESIDE = (manifest.NAME, surroundings.SETTINGS, surroundings.LOCAL, surroundings.ANCHORS)
KEPT = "from-backup"  # what is to be read, not used: settings of another machine


@dataclass(frozen=True)
class Source:
    """A backup to be restored. `proven`: what its parts were when its seal was compared; None without keys."""

    file: Path
    identities: list[Any]
    proven: seal.Proven | None = None

    def require(self, name: str, digest: bytes) -> None:
        """Raise Trouble unless a part is what it was."""
        if self.proven:
            self.proven.require(name, digest)


@dataclass(frozen=True)
class Restored:
    """What came back."""

    manifest: manifest.Manifest
    folder: Path


def described(file: Path, identities: list[Any]) -> manifest.Manifest:
    """The manifest of a backup. Raises Trouble for what is none, or cannot be opened."""
    with age.opened(file, identities) as stream:
        for name, content in read(stream):
            if name == manifest.NAME:
                return manifest.Manifest.read(content.whole())
            break
        stream.finish()
    raise manifest.no_backup()


def restore(source: Source, found: manifest.Manifest, key_files: keys.Keys, upgrade: Callable[[], None]) -> Restored:
    """Bring a centre back into an empty place; `upgrade` makes its tables those of this version and gives grants.

    Raises Trouble: where there is a centre already, for a damaged file, and when what was loaded is not what was
    backed up. `loading.unmark` is the caller's, when all else is done too.
    """
    with snapshot.connect() as connection:
        loading.refuse_full(connection)
        refuse_files(key_files, again=loading.is_marked(connection))
        loading.empty(connection)
    staged = cluster.data_dir() / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    unpack(source, staged)
    with snapshot.connect() as connection:
        require_equal(snapshot.tables(connection), found.tables)
    place(staged)
    keys.put(key_files)
    upgrade()
    return Restored(found, cluster.data_dir())


def refuse_files(key_files: keys.Keys, *, again: bool) -> None:
    """Raise Trouble when something would be written over; `again`: documents are those of the interrupted restore."""
    there = [*keys.conflicts(key_files)]
    if not again:
        there += [str(path) for path in (Path(settings.AUDIT_ANCHORS), Path(settings.MEDIA_ROOT)) if holds(path)]
    if there:
        raise Trouble(
            _("There is something here already: %s. Move it away first. Nothing was changed.") % ", ".join(there),
            Exit.FOLDER,
        )


def holds(path: Path) -> bool:
    """Whether there is a file, or a folder with something in it."""
    return any(path.iterdir()) if path.is_dir() else path.exists()


def unpack(source: Source, staged: Path) -> None:
    """Load the database; the other parts wait in a folder."""
    taken: list[str] = []
    with age.opened(source.file, source.identities) as stream:
        parts = read(stream)
        for name, content in parts:
            if name.startswith(f"{DATABASE}/"):
                loading.load(dump_from(source, chain([(name, content)], parts), taken), stream.finish)
                return
            source.require(name, save(content, staged, name))
            taken.append(name)
        stream.finish()
    raise manifest.no_backup()


def dump_from(source: Source, parts: Iterable[tuple[str, Content]], taken: list[str]) -> Iterator[bytes]:
    """The pieces of the database, which come last but for the seal; each is proven before it is used."""
    for name, content in parts:
        if not name.startswith(f"{DATABASE}/"):
            break
        piece = content.whole()
        source.require(name, sha256(piece).digest())
        taken.append(name)
        yield piece
    if source.proven:
        source.proven.require_all(taken)


def save(content: Content, folder: Path, name: str) -> bytes:
    """Write a part below a folder; returns its SHA-256."""
    if name not in BESIDE and not name.startswith(f"{surroundings.MEDIA}/"):
        raise manifest.no_backup()
    path = folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = sha256()
    with path.open("xb") as file:
        for piece in pieces(content):
            file.write(piece)
            digest.update(piece)
    path.chmod(0o600)
    return digest.digest()


def require_equal(found: dict[str, manifest.Table], wanted: dict[str, manifest.Table]) -> None:
    """Raise Trouble unless every table holds what it held."""
    wrong = sorted(name for name in wanted if found.get(name) != wanted[name])
    if wrong:
        raise Trouble(
            _("These tables are not as they were backed up: %s. Nothing of it is used.") % ", ".join(wrong),
            Exit.DATABASE,
        )


def place(staged: Path) -> None:
    """Documents and anchors to where they belong; settings to where they can be read."""
    for name, target in {
        surroundings.ANCHORS: Path(settings.AUDIT_ANCHORS),
        surroundings.MEDIA: Path(settings.MEDIA_ROOT),
        surroundings.SETTINGS: cluster.data_dir() / KEPT / surroundings.SETTINGS,
        surroundings.LOCAL: cluster.data_dir() / KEPT / surroundings.LOCAL,
    }.items():
        found = staged / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, target, dirs_exist_ok=True)
        elif found.exists():
            shutil.copy2(found, target)
    shutil.rmtree(staged)
