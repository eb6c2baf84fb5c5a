"""What `przystan check` compares: the state of an installation with what the code, the models and the settings want.

Each file looks at one thing and has `faults()`: sentences, each with what is wrong and what helps; or `remarks()`: what
is so by design and should be known.
"""

from collections.abc import Iterator

from . import (
    archive,
    clock,
    configuration,
    declared,
    disk,
    figures,
    keys,
    locks,
    mail,
    passkeys,
    rights,
    strange,
    tables,
    triggers,
)

__all__ = ["faults", "remarks"]


def faults() -> Iterator[str]:
    """Everything that is wrong. Of an older version's tables only that they are."""
    from przystan.access.backups import backup_trouble
    from przystan.project import versions

    yield from configuration.faults()
    yield from disk.faults()
    yield from archive.faults()
    yield from mail.faults()
    if wrong := versions.outdated():
        yield wrong
        return
    yield from tables.faults()
    yield from guards()
    yield from figures.faults()
    yield from clock.faults()
    yield from keys.faults()
    yield from mail.waiting()
    if late := backup_trouble():
        yield late


def remarks() -> Iterator[str]:
    """What is not wrong, and should be known."""
    yield from passkeys.remarks()


def guards() -> Iterator[str]:
    """What the database itself should refuse, and to whom."""
    wanted = declared.declared()
    yield from locks.faults(wanted)
    yield from triggers.faults(wanted)
    yield from strange.faults(wanted)
    yield from rights.faults()


def made_by_others() -> Iterator[str]:
    """What in a database that was brought back is not as this version makes it. Asked as the owner."""
    wanted = declared.declared()
    yield from locks.faults(wanted)
    yield from triggers.faults(wanted)
    yield from strange.faults(wanted)
