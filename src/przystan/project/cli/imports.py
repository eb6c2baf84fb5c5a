"""Import people or supports from a spreadsheet (XLSX, CSV).

Columns are recognised by their headers. Without --write it is a dry run: it says what would happen, row by row.
"""

import argparse
from pathlib import Path

from przystan.project.trouble import Exit, Trouble

from . import centre


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="an XLSX or CSV file")
    parser.add_argument("--kind", choices=["people", "supports"], required=True, help="what its rows are")
    parser.add_argument("--as", dest="username", metavar="LOGIN", required=True, help="the account that imports")
    parser.add_argument("--write", action="store_true", help="really import; without it, a dry run")
    parser.add_argument("--good-rows-only", action="store_true", help="leave out rows with problems")


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise Trouble(f"There is no file {options.file}.", Exit.USAGE)
    with centre.opened():
        centre.require_migrated()
        from przystan.exchange import actions

        by = actor(options.username)
        result = actions.run_file(
            path=options.file,
            kind=options.kind,
            write=options.write,
            good_rows_only=options.good_rows_only,
            by=by,
        )
        print(result)
    return Exit.FINE


def actor(username: str) -> object:
    """The actor of an account; Trouble when it has none."""
    from przystan.access.models import User
    from przystan.team.queries import actor_for

    user = User.objects.filter(username__iexact=username).first()
    found = actor_for(user) if user else None
    if found is None:
        raise Trouble(f"There is no account {username} with a place in the team.", Exit.USAGE)
    return found
