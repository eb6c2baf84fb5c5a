"""Look over an installation: settings, database, folder, tables.

Prints one sentence for each thing that is wrong and ends with 1 if there is any.
"""

import argparse
from gettext import gettext as _

from przystan.project.trouble import Exit

from . import centre


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help=_("say nothing when all is well"))


def run(options: argparse.Namespace) -> int:
    with centre.opened(), centre.acting("przystan check"):
        from przystan.project import checks  # needs the models

        centre.require_centre()
        faults, remarks = list(checks.faults()), list(checks.remarks())
    for fault in faults:
        print(f"- {fault}")
    if not options.quiet:
        print("\n".join(remarks), end="\n" if remarks else "")
    if not faults and not options.quiet:
        print(_("All is well."))
    return Exit.FAILED if faults else Exit.FINE
