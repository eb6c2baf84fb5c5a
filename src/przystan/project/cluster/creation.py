"""A new cluster: made beside its place and moved there when complete."""

import os
import pwd
import shutil
import subprocess
from gettext import gettext as _
from pathlib import Path

from przystan.project.trouble import Exit, Trouble, folder_trouble

from . import config
from .places import Places
from .programs import SERVER_UID, as_seen, as_user, is_root, programs

# initdb asks for the name of its user; the server's own number has none.
BUILDER = "nobody"
FULL = "No space left on device"  # as PostgreSQL says it


def create(places: Places, *, safe: bool = True) -> None:
    """Make the data directory. Checksums on; Unicode order that does not change with the machine's libraries."""
    try:
        shutil.rmtree(places.unfinished, ignore_errors=True)
        places.unfinished.mkdir(mode=0o700)
        initdb(places.unfinished, safe=safe)
        config.write(places, places.unfinished, safe=safe)
        own(places.unfinished)
        places.unfinished.rename(places.data)
    except OSError as error:
        raise folder_trouble(error, places.centre) from error


def initdb(folder: Path, *, safe: bool) -> None:
    """Run PostgreSQL's initdb in an empty folder."""
    user = {}
    if is_root():
        builder = pwd.getpwnam(BUILDER)
        os.chown(folder, builder.pw_uid, builder.pw_gid)
        user = as_user(builder.pw_uid)
    command = [
        str(programs() / "initdb"),
        *("-D", as_seen(folder), "-U", "postgres", "--auth-local=peer", "--auth-host=reject"),
        *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--data-checksums", "--no-instructions", "--text-search-config=simple"),
        *([] if safe else ["--no-sync"]),
    ]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment(), **user)  # noqa: S603
    if run.returncode:
        raise explained(run.stderr, folder)


def own(folder: Path) -> None:
    """Give a data directory to the server's user, when that is another one."""
    if not is_root():
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, SERVER_UID, SERVER_UID, follow_symlinks=False)


def environment() -> dict[str, str]:
    """Environment of the server's programs: none of PG*, no language but C, so that messages can be understood."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "LANG": "C"}


def explained(words: str, folder: Path) -> Trouble:
    """The sentence for what PostgreSQL said when it could not start."""
    if FULL in words:
        full = _("The disk that holds %(folder)s is full. Free some space and start again; nothing was lost.")
        return Trouble(full % {"folder": folder}, Exit.FOLDER)
    if "Read-only file system" in words or "Permission denied" in words:
        closed = _("PostgreSQL cannot write to %(folder)s. Make it writable, or choose another with PRZYSTAN_DATA.")
        return Trouble(closed % {"folder": folder}, Exit.FOLDER)
    last = next((line for line in reversed(words.splitlines()) if "FATAL" in line or "error:" in line), words[-300:])
    said = _("PostgreSQL did not start. It says: %(words)s")
    return Trouble(said % {"words": last.strip() or _("nothing")}, Exit.DATABASE)
