"""Collect the interface's strings for translators, or compile their work."""

import argparse

from przystan.project.trouble import Exit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["extract", "compile"], help="collect new strings, or compile translations")


def run(options: argparse.Namespace) -> int:
    from przystan.project import messages

    if options.what == "extract":
        for language, missing in messages.update().items():
            print(f"{language}: {missing} strings without translation")
    else:
        messages.compile_all()
    return Exit.FINE
