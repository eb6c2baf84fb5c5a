"""Where a backup is written: beside its place, on the disk, and only then under its name."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from typing import IO

from przystan.project.trouble import Exit, Trouble

UNFINISHED = ".przystan-part"
# Names by date, of our own making; others in the folder are never touched.
NAME = re.compile(r"przystan-\d{8}-\d{6}\.(age|tar)")
ENDINGS = {".age", ".tar"}  # what else is named, and is not there, was to be a folder


def place(target: Path, kind: str, *, closed: bool) -> Path:
    """The file to write: `target`, or in it, when it is a folder, a name with the time of now (UTC). Raises Trouble.

    `kind`: "przystan" or "przystan-keys". No name tells whose centre it is. A disk that is not there must not become a
    file of its name.
    """
    if target.is_dir():
        ending = "age" if closed else "tar"
        target = target / f"{kind}-{datetime.now(UTC):%Y%m%d-%H%M%S}.{ending}"
    if target.exists():
        raise Trouble(_("%s is there already. Name a new file, or a folder.") % target, Exit.USAGE)
    folder = target.parent if target.suffix in ENDINGS else target
    if not folder.is_dir():
        raise Trouble(_("There is no folder %s. Is the disk for backups there?") % folder, Exit.FOLDER)
    return target.absolute()


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file to write (mode 0600), which gets its name when all of it is on the disk; else nothing of it is left."""
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        sweep(path.parent)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield file
                file.flush()
                os.fsync(descriptor)
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
        settle(path.parent)
    except OSError as error:
        raise trouble(error, path.parent) from error


def settle(folder: Path) -> None:
    """The names in a folder are on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what a backup that was killed has left; one that is still written is locked."""
    for left in folder.glob(f".*{UNFINISHED}"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def keep_newest(folder: Path, count: int) -> None:
    """Remove all but the newest `count` backups that have a name of ours."""
    found = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    for old in found[:-count]:
        old.unlink()


def trouble(error: OSError, folder: Path) -> Trouble:
    """The sentence for a place that cannot be written."""
    said = {"folder": folder, "error": error.strerror or error}
    return Trouble(
        _("Cannot write the backup to %(folder)s: %(error)s. Nothing is left of it; the centre is as it was.") % said,
        Exit.FOLDER,
    )
