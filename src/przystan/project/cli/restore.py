"""Bring a centre back from a backup, into an empty folder or an empty database.

Where there is a centre already, nothing is changed. What was loaded is compared with what was backed up, row by row;
a backup of an older version is brought up to this one. Interrupted, it leaves no centre: say it again.
"""

import argparse
from gettext import gettext as _
from pathlib import Path

from przystan.project import cluster
from przystan.project.backup import age, keys, loading, manifest, restoring, seal, snapshot
from przystan.project.ownership import alone
from przystan.project.trouble import Exit, Trouble

from . import centre


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("what przystan backup wrote"))
    parser.add_argument("--keys", type=Path, metavar=_("FILE"), help=_("what przystan backup --keys wrote"))
    parser.add_argument("--identity", type=Path, metavar=_("FILE"), help=_("the file that opens both"))
    parser.add_argument("--without-keys", action="store_true", help=_("the keys are lost; sealed texts stay closed"))
    parser.add_argument(
        "--open-anyway",
        action="store_true",
        help=_("use it although it is not as this version makes it (of your own backup only, and you know why)"),
    )


def run(options: argparse.Namespace) -> int:
    if not options.keys and not options.without_keys:
        raise Trouble(_("Where are the keys? Name their file with --keys."), Exit.USAGE)
    identities = age.identities(options.identity)
    found = restoring.described(options.file, identities)
    key_files = keys.opened(options.keys, identities) if options.keys else {}
    source = restoring.Source(options.file, identities)
    if options.keys:
        keys.compare(key_files, found.keys, options.keys)
        proven = seal.require(options.file, identities, keys.secrets(key_files, found.keys))
        source = restoring.Source(options.file, identities, proven)
    else:
        print(_("Without keys nobody can tell who made this backup. Restore it only if it was always in your hands."))
    with centre.opened(owner=True, founding=True, restoring=True), alone():
        restoring.restore(source, found, key_files, upgrade)
        strange = made_by_others()
        if strange and not options.open_anyway:
            raise Trouble(closed(strange), Exit.UNSAFE)
        faults = [*strange, *finish()]
    said(found, faults)
    return Exit.FAILED if faults else Exit.FINE


def upgrade() -> None:
    """The tables as this version wants them, and the application's rights."""
    from przystan.project import versions  # needs the models

    versions.refuse_unknown()
    centre.migrate()


def made_by_others() -> list[str]:
    """What would run in the database, or fail to guard it, that this version does not want: one sentence each."""
    from przystan.project import checks  # needs the models

    return list(checks.made_by_others())


def closed(strange: list[str]) -> str:
    """Why what was loaded stays closed."""
    words = _(
        "What came back is not as Przystań makes it, and may be somebody else's work. It stays closed:\n%s\n"
        "If your own centre made this backup and you know why it is so: restore it again with --open-anyway."
    )
    return words % "\n".join(f"- {one}" for one in strange)


def finish() -> list[str]:
    """Look over keys and log, note the restore, and open the centre for use; returns what is wrong.

    Without the keys of the log it goes on with a new one, or nothing could ever be saved again.
    """
    from przystan.access import audit_keys
    from przystan.access.actors import system
    from przystan.access.scope import acting
    from przystan.project.backup import noting

    with acting(system(0, "przystan restore")):
        faults = [*wrong_keys(), *wrong_log()]
        if not audit_keys.numbers():
            begin_key()
    noting.note("backup.restore", "przystan restore")
    with snapshot.connect() as connection:
        loading.unmark(connection)
    return faults


def begin_key() -> None:
    """A new key of the audit log."""
    from przystan.access import audit_keys, keyfiles

    told = _("Key %(number)s is in %(folder)s. Copy it to where the others are kept.")
    print(told % {"number": f"audit-{audit_keys.renew()}", "folder": keyfiles.folder()})


def wrong_keys() -> list[str]:
    """What the key files do not open."""
    from przystan.access.keys import files

    return list(files.faults())


def wrong_log() -> list[str]:
    """What is wrong with the audit log, its keys and its anchors."""
    from przystan.access import verifying

    from .audit import sentences

    report = verifying.verify()
    return [] if report.is_fine else sentences(report)


def said(found: manifest.Manifest, faults: list[str]) -> None:
    """What came back, and what to do next."""
    told = {"names": ", ".join(found.centre), "at": found.at, "rows": found.rows, "tables": len(found.tables)}
    print(_("Restored: %(names)s as of %(at)s. Tables: %(tables)d, rows: %(rows)d, all as they were.") % told)
    for fault in faults:
        print(f"- {fault}")
    folder = cluster.data_dir() / restoring.KEPT
    print(_("Next: przystan check, then przystan serve. Everybody logs in anew. The settings of then: %s") % folder)
