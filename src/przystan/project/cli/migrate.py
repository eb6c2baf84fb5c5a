"""Bring the tables of the database up to this version.

Make a backup first. Quick, and safe to repeat. Works as the owner of the tables (DATABASE_OWNER_URL), and tells the
database anew what the application's role may do.
"""

import argparse

from przystan.project import database
from przystan.project.trouble import Exit

from . import centre


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only say what would be done")


def run(options: argparse.Namespace) -> int:
    with centre.opened(owner=True):
        pending = database.pending_migrations()
        if options.plan:
            print("\n".join(pending) or "Nothing to do.")
            return Exit.FINE
        centre.migrate()
        print(f"The tables are up to date ({len(pending)} changes made).")
    return Exit.FINE
