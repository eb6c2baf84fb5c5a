"""Look over an installation: settings, database, folder, tables.

Prints one sentence for each thing that is wrong and ends with 1 if there is any.
"""

import argparse
import shutil
from collections.abc import Iterator

from przystan.project import cluster, database, ownership
from przystan.project.trouble import Exit

from . import centre

ROOM_WANTED = 1024**3  # bytes


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")


def run(options: argparse.Namespace) -> int:
    with centre.opened(), centre.acting("przystan check"):
        faults = list(found())
    for fault in faults:
        print(f"- {fault}")
    if not faults and not options.quiet:
        print("All is well.")
    return Exit.FAILED if faults else Exit.FINE


def found() -> Iterator[str]:
    """Everything that is wrong, in sentences."""
    yield from wrong_settings()
    yield from (f"The database can lose saved work: {fault}." for fault in database.unsafe_settings())
    if wrong := ownership.sentence():
        yield wrong
    yield from wrong_tables()
    if (free := shutil.disk_usage(cluster.data_dir()).free) < ROOM_WANTED:
        yield f"Only {free // 1024**2} MB are free on the disk that holds {cluster.data_dir()}."


def wrong_tables() -> Iterator[str]:
    """An older version's, or not all there; keys are looked at only when the tables are this version's."""
    from przystan.project import versions
    from przystan.project.checks import tables

    if wrong := versions.outdated():
        yield wrong
        return
    yield from tables.faults()
    yield from wrong_keys()
    yield from late_backups()


def wrong_keys() -> Iterator[str]:
    """Key files that are missing, open to others, or nowhere on paper."""
    from przystan.access.keys import files

    yield from files.faults()


def late_backups() -> Iterator[str]:
    """No good backup, or none young enough."""
    from przystan.access.backups import backup_trouble

    if trouble := backup_trouble():
        yield trouble


def wrong_settings() -> Iterator[str]:
    """What Django's own checks find."""
    from django.conf import settings
    from django.core import checks

    for message in checks.run_checks(include_deployment_checks=not settings.DEMO):
        if not message.is_silenced() and message.level >= checks.WARNING:
            yield f"{message.msg} ({message.id})"
