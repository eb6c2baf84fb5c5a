"""Bring the tables of the database up to this version.

Make a backup first. Quick, and safe to repeat. Works as the owner of the tables (DATABASE_OWNER_URL), and tells the
database anew what the application's role may do.
"""

import argparse
from gettext import gettext as _
from gettext import ngettext

from przystan.project.ownership import alone
from przystan.project.trouble import Exit

from . import centre


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help=_("only say what would be done"))


def run(options: argparse.Namespace) -> int:
    with centre.opened(owner=True):
        from przystan.project import versions  # needs the models

        if options.plan:
            print("\n".join(versions.changes()) or _("Nothing to do."))
            return Exit.FINE
        with alone():
            count = centre.migrate()
    made = ngettext("%(count)d change made", "%(count)d changes made", count) % {"count": count}
    print(_("The tables are up to date (%(made)s).") % {"made": made})
    return Exit.FINE
