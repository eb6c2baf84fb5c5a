"""What every command that touches data does first."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from gettext import gettext as _
from pathlib import Path

from przystan.project import cluster, database, grants, language
from przystan.project.ownership import as_owner
from przystan.project.supervision import folder, ports, programs, supervisor
from przystan.project.supervision.parts import Database
from przystan.project.trouble import Exit, Trouble, folder_trouble, no_centre

PORT_PATIENCE = 3.0  # seconds; longer where the last supervisor was killed and its programs end their requests
REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs"}


@contextmanager
def served(host: str, port: int, *, owner: bool = False, founding: bool = False) -> Iterator[list[Database]]:
    """`opened`, for the only process that serves this folder, at a free port; gives what else it must keep alive.

    Port 0: none is wanted. Programs of one that was killed may still be letting go of theirs.
    """
    place = cluster.data_dir()
    prepare(place, founding=founding)
    with folder.held(place):
        if port:
            was_killed = (place / supervisor.BOARD).exists()
            ports.require_free(host, port, patience=PORT_PATIENCE + programs.PATIENCE * was_killed)
        with opened(owner=owner, founding=founding) as share:
            yield [Database(share)] if share else []


@contextmanager
def opened(
    *, owner: bool = False, founding: bool = False, restoring: bool = False, patient: bool = False
) -> Iterator[cluster.Share | None]:
    """The centre's folder is usable, its database runs and answers, Django is ready. Gives our share in it if embedded.

    `owner`: the whole command works as the role that owns the tables, to make or to fill them. `founding`: where there
    is no centre, it is going to make one. `restoring`: what an interrupted restore has left is welcome. `patient`: a
    database that does not answer is waited for.
    """
    place = cluster.data_dir()
    prepare(place, founding=founding)
    with nullcontext() if cluster.is_external() else embedded(place) as share:
        database.require(cluster.owner_database() if owner else cluster.work_database(), patient=patient)
        import django

        django.setup()
        from przystan.project import versions  # needs the models

        take_time()
        with in_chosen_language(), as_owner() if owner else nullcontext():
            if not restoring:
                database.refuse_unfinished()
            (grants.require_owner if owner else grants.require)()
            versions.refuse_unknown()
            try:
                yield share
            finally:
                close_connections()


@contextmanager
def acting(command: str) -> Iterator[None]:
    """In a centre that is opened: one transaction in which the system acts for the whole installation.

    Without it the database gives a command no rows. `command` is its purpose, as the audit log has it.
    """
    from przystan.access import scope
    from przystan.access.actors import system

    with scope.acting(system(0, command)):
        yield


def in_chosen_language() -> AbstractContextManager[None]:
    """What the modules say with Django's gettext is in the language of the command line, too."""
    from django.utils import translation

    return translation.override(language.chosen())


def take_time() -> None:
    """A command is no page: its statements are not cut (cluster.waits), and it has no use for a pool."""
    from django.db import connections

    connections.settings["default"]["OPTIONS"] = cluster.work_database()["OPTIONS"]


def embedded(place: Path) -> cluster.Share:
    """A share of the embedded server, unless its files would lie on another machine's disk."""
    if (kind := file_system(place)) in REMOTE:
        said = _(
            "%(folder)s is on a network drive (%(kind)s), where a database can lose data. "
            "Choose a local folder with PRZYSTAN_DATA, or a server with DATABASE_URL."
        )
        raise Trouble(said % {"folder": place, "kind": kind}, Exit.FOLDER)
    return cluster.Share(place)


def file_system(place: Path) -> str:
    """Kind of the file system that holds a folder, such as "ext4"; "" where that cannot be told."""
    try:
        lines = Path("/proc/self/mounts").read_text().splitlines()
    except OSError:
        return ""
    mounts = [(line.split()[1], line.split()[2]) for line in lines]
    holding = [(point, kind) for point, kind in mounts if place.is_relative_to(point)]
    return max(holding, key=lambda mount: len(mount[0]), default=("", ""))[1]


def prepare(place: Path, *, founding: bool) -> None:
    """Try the data folder; made, with all that is in it, only by what founds a centre. Raises Trouble."""
    if not (founding or cluster.is_external() or cluster.is_there(place)):
        raise no_centre(place)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"\0" * 65536)
            file.flush()
    except OSError as error:
        raise folder_trouble(error, place) from error


def close_connections() -> None:
    """Let go of the database before the server may be stopped."""
    from django.db import connections

    connections.close_all()


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def migrate() -> int:
    """Bring the tables up to date, as their owner; returns how many changes that took. Goes on where it was stopped.

    Raises Trouble when something that this version needs is missing all the same.
    """
    from django.core.management import call_command

    from przystan.project import shipping, upgrades, versions

    if changes := versions.changes():
        say(_("Bringing the tables up to date…"))
    upgrades.begin()
    upgrades.bridge()
    if versions.pending():
        call_command("migrate", verbosity=0)
    upgrades.seal_waiting()
    call_command("createcachetable", verbosity=0)
    with acting("przystan migrate"):
        shipping.load_if_changed()
        respell()
    grants.grant()
    require_complete()
    upgrades.end()
    return len(changes)


def require_complete() -> None:
    """Raise Trouble when the tables are not what this version needs, though every migration has run."""
    from przystan.project.checks import tables

    if faults := list(tables.faults()):
        strange = _(
            "No released version leaves tables like these. Nothing that was saved is lost; ask us before you go on."
        )
        raise Trouble(" ".join([*faults, strange]), Exit.DATABASE)


def respell() -> None:
    """Make the keys that names are found by anew, when this version makes them otherwise; quick when it does not."""
    from przystan.people.actions import respell_if_older

    if changed := respell_if_older():
        say(_("Names made findable as this version looks for them: %(count)d.") % {"count": changed})


def require_centre() -> None:
    """Raise Trouble when there is no centre yet."""
    from przystan.project import versions

    versions.require_centre()


def require_migrated() -> None:
    """Raise Trouble when there is no centre yet, or its tables are older than this version."""
    from przystan.project import versions

    versions.require_current()
