"""Write the centre into one file that only its recipient can open, while people work.

The file holds the database of one moment, documents, anchors of the audit log and settings; never a key or a password.
The keys go into a file of their own, with --keys: keep it in another place, without it a backup opens no sealed text.

TARGET is a new file, or a folder, where it gets a name with the time. --to names the recipient, a public key of age;
--new-identity makes one. --every makes a schedule that the worker keeps. Without anything, says how things stand.
"""

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import Any

from przystan.project import backup, cluster
from przystan.project.backup import age
from przystan.project.trouble import Exit, Trouble

from . import centre, numbers

KEPT = 14
PURPOSE = "backup"
MB = 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", nargs="?", type=Path, metavar=_("TARGET"), help=_("a new file, or a folder"))
    parser.add_argument(
        "--keys", type=Path, metavar=_("FILE"), help=_("write the keys of the centre, to another place")
    )
    parser.add_argument("--to", action="append", metavar="age1…", help=_("recipient (default: PRZYSTAN_BACKUP_TO)"))
    parser.add_argument("--unencrypted", action="store_true", help=_("write it so that anybody can read it"))
    parser.add_argument("--new-identity", type=Path, metavar=_("FILE"), help=_("make a recipient; FILE opens backups"))
    parser.add_argument("--every", type=numbers.some, metavar=_("HOURS"), help=_("from now on, by the worker"))
    parser.add_argument(
        "--keep", type=numbers.some, default=KEPT, help=_("with --every: how many (default %(default)s)")
    )
    parser.add_argument("--never", action="store_true", help=_("end the schedule"))


def run(options: argparse.Namespace) -> int:
    if options.new_identity:
        return make_identity(options.new_identity)
    if options.every and not (options.target and options.target.is_dir()):
        raise Trouble(_("--every needs a folder to write to."), Exit.USAGE)
    with centre.opened(owner=True):
        centre.require_migrated() if options.every or options.never else centre.require_centre()
        if options.never:
            end_schedule()
        if options.keys:
            write_keys(options.keys, recipients(options))
        if options.target:
            write(options.target, recipients(options))
        if options.every:
            schedule(options)
        if not (options.keys or options.target or options.never):
            say_state()
    return Exit.FINE


def make_identity(file: Path) -> int:
    """Make a recipient, and say what to do with it."""
    print(_("Recipient of backups: %s") % age.new_identity(file))
    print(
        _("Whoever has %s opens them. Keep it away from this server, in two places; without it they are lost.") % file
    )
    return Exit.FINE


def recipients(options: argparse.Namespace) -> list[Any]:
    """Those for whom the backup is closed; nobody only when that is wanted. Raises Trouble."""
    from django.conf import settings

    named = options.to or settings.BACKUP_TO
    if options.unencrypted and options.to:
        raise Trouble(_("Either --to or --unencrypted."), Exit.USAGE)
    if not named and not options.unencrypted:
        raise Trouble(
            _(
                "For whom? Name the recipient with --to or PRZYSTAN_BACKUP_TO; przystan backup --new-identity FILE"
                " makes one. Nothing was written."
            ),
            Exit.USAGE,
        )
    return [] if options.unencrypted else age.recipients(named)


def write_keys(place: Path, to: list[Any]) -> None:
    """The keys, apart."""
    from przystan.project.backup import noting

    path = backup.backup_keys(place, to)
    if noting.can_note():
        noting.note("backup.keys", PURPOSE)
    print(_("The keys are in %s. Keep them apart from the backups.") % path)


def write(target: Path, to: list[Any]) -> None:
    """The centre; good or failed, it is noted."""
    from przystan.project.backup import noting

    try:
        made = backup.backup(target, to)
    except Trouble as trouble:
        if noting.can_note():
            noting.note_failed(str(trouble), PURPOSE)
        raise
    if noting.can_note():
        noting.note_good(made.size, PURPOSE)
    said = {"path": made.path, "mb": megabytes(made.size), "rows": made.manifest.rows}
    print(_("Backed up: %(path)s (%(mb)d MB; rows: %(rows)d).") % said)


def schedule(options: argparse.Namespace) -> None:
    """Set how often backups are made from now on, where to, how many are kept, for whom."""
    from przystan.access.models import BackupPlan

    to = " ".join(map(str, recipients(options)))
    values = {"every": options.every, "folder": str(options.target.absolute()), "keep": options.keep, "recipients": to}
    BackupPlan.objects.update_or_create(pk=BackupPlan.ONLY, defaults=values)
    said = {"hours": options.every, "folder": values["folder"], "keep": options.keep}
    print(_("Schedule: every %(hours)d h into %(folder)s; backups kept: %(keep)d.") % said)
    if cluster.is_external():
        print(_("The worker needs DATABASE_OWNER_URL for it."))


def end_schedule() -> None:
    """No backups by themselves any more."""
    from przystan.access.models import BackupPlan

    BackupPlan.objects.all().delete()
    print(_("No schedule any more."))


def say_state() -> None:
    """The schedule, the last good backup and the last failed one."""
    from przystan.access.backups import backup_trouble, backups

    centre.require_migrated()
    found = backups()
    if found.plan:
        said = {"hours": found.plan.every, "folder": found.plan.folder, "keep": found.plan.keep}
        print(_("Schedule: every %(hours)d h into %(folder)s; backups kept: %(keep)d.") % said)
    else:
        print(_("No schedule. Make one with: przystan backup FOLDER --every 24"))
    if found.good:
        print(
            _("The last good backup: %(at)s, %(mb)d MB.") % {"at": when(found.good), "mb": megabytes(found.good.size)}
        )
    if found.failed:
        print(_("Failed at %(at)s: %(fault)s") % {"at": when(found.failed), "fault": found.failed.fault})
    if trouble := backup_trouble():
        print(trouble)


def megabytes(size: int) -> int:
    """Rounded up."""
    return -(-size // MB)


def when(run: Any) -> str:
    """Time of a backup, here."""
    from django.utils import timezone

    return f"{timezone.localtime(run.at):%Y-%m-%d %H:%M}"
