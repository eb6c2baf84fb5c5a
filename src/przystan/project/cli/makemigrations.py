"""Write migrations for models that have changed.

For who changes the product. No database is asked.
"""

import argparse
import sys
from gettext import gettext as _

from przystan.project.trouble import Exit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("module", nargs="*", help=_("only of these modules"))
    parser.add_argument("--plan", action="store_true", help=_("only say what would be done"))
    parser.add_argument("--name", help=_("what the migration does, in a word or two joined by _"))
    parser.add_argument("--empty", action="store_true", help=_("an empty one, to be filled by hand"))


def run(options: argparse.Namespace) -> int:
    import django
    from django.conf import settings
    from django.core.management import CommandError, call_command

    # With this engine Django knows that there is no database to be compared with.
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
    django.setup()
    from przystan.project.locking import Command  # needs the models

    try:
        call_command(
            Command(),
            *options.module,
            name=options.name,
            empty=options.empty,
            dry_run=options.plan,
            interactive=sys.stdin.isatty(),
        )
    except CommandError as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    return Exit.FINE
