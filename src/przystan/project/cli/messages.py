"""Collect the interface's strings for translators, or compile their work."""

import argparse
from gettext import gettext as _

from przystan.project.trouble import Exit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["extract", "compile"], help=_("collect new strings, or compile translations"))


def run(options: argparse.Namespace) -> int:
    from przystan.project import messages

    if options.what == "extract":
        for language, missing in messages.update().items():
            print(_("%(language)s: strings without translation: %(count)d") % {"language": language, "count": missing})
    else:
        messages.compile_all()
    return Exit.FINE
