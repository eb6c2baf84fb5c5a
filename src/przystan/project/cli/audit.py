"""Check the audit log, and write down where it ends.

`verify` follows the whole chain and names the first row that was edited, removed, put in or swapped; it ends with 1
when anything is wrong, so that cron can tell. `anchor` does now what a job does each night: it adds a line to the
file of anchors (PRZYSTAN_ANCHORS) and mails it to those who may read the log. `new-key` begins a new key; old ones
stay, they check the older rows.
"""

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from przystan.project.trouble import Exit, Trouble

from . import centre

if TYPE_CHECKING:
    from przystan.access.verifying import Report


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="what", metavar=_("ACTION"), required=True)
    check = actions.add_parser("verify", help=_("check every row of the log"))
    check.add_argument(
        "--anchors", type=Path, metavar=_("FILE"), help=_("lines kept elsewhere, such as those from mails")
    )
    check.add_argument("--quiet", action="store_true", help=_("say nothing when all is well"))
    actions.add_parser("anchor", help=_("write down where the log ends"))
    actions.add_parser("new-key", help=_("close rows from now on with a new key"))


def run(options: argparse.Namespace) -> int:
    with centre.opened():
        from przystan.access.verifying import LogUnreadable  # Django is ready only now

        centre.require_migrated()
        try:
            with centre.acting("przystan audit"):
                return {"verify": verify, "anchor": anchor, "new-key": renew}[options.what](options)
        except LogUnreadable as error:
            raise Trouble(str(error), Exit.DATABASE) from error


def verify(options: argparse.Namespace) -> int:
    """Check the chain; says what is wrong, or how far it is sound."""
    from przystan.access import audit_keys, verifying

    if options.anchors and not options.anchors.is_file():
        raise Trouble(_("There is no file %(file)s.") % {"file": options.anchors}, Exit.USAGE)
    if not audit_keys.numbers() and verifying.bounds_now().last:
        raise audit_keys.missing()
    try:
        report = verifying.verify(options.anchors)
    except OSError as error:
        raise Trouble(
            _("Cannot read %(file)s: %(error)s.") % {"file": error.filename, "error": error.strerror}, Exit.FOLDER
        ) from error
    if not (report.is_fine and options.quiet):
        print("\n".join(sentences(report)))
    return Exit.FINE if report.is_fine else Exit.FAILED


def sentences(report: "Report") -> list[str]:
    """What a check found, in words."""
    said = [str(report.fault)] if report.fault else []
    said += [
        _("Line %(number)d of the anchors is not genuine.") % {"number": number} for number in report.anchors.bad_lines
    ]
    if report.anchor_lost:
        said.append(_("The newest anchor that the database knows of is not in its file."))
    if not (report.rows or report.fault):
        return [*said, _("The audit log is empty.")]
    sound = _("Before that, sound rows: %(count)d.") if report.fault else _("The audit log is sound, rows: %(count)d.")
    said.append(sound % {"count": report.rows})
    if report.anchors.genuine:
        last = report.anchors.genuine[-1]
        said.append(_("The last anchor is of %(at)s, row %(seq)d.") % {"at": last.at, "seq": last.seq})
    else:
        said.append(_("There is no anchor: nobody could tell if the newest rows were cut off (przystan audit anchor)."))
    return said


def anchor(options: argparse.Namespace) -> int:
    """Write the end of the chain down; says where."""
    from django.conf import settings

    from przystan.team.actions import anchor_audit

    try:
        line, mailed = anchor_audit()
    except OSError as error:
        said = _("Cannot write %(file)s: %(error)s.") % {"file": settings.AUDIT_ANCHORS, "error": error.strerror}
        raise Trouble(said, Exit.FOLDER) from error
    if not line:
        print(_("The audit log is empty."))
        return Exit.FINE
    print(line)
    print(_("Added to %(file)s, mails on their way: %(count)d.") % {"file": settings.AUDIT_ANCHORS, "count": mailed})
    return Exit.FINE


def renew(options: argparse.Namespace) -> int:
    """Begin a new key."""
    from przystan.access import audit_keys, keyfiles

    number = audit_keys.renew()
    told = _("Key %(number)s is in %(folder)s. Copy it to where the others are kept.")
    print(told % {"number": number, "folder": keyfiles.folder()})
    return Exit.FINE
