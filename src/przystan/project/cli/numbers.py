"""Numbers on the command line: a sentence for those that cannot be."""

import argparse
from collections.abc import Callable
from gettext import gettext as _

LAST_PORT = 65535


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """The `type=` of an argument that is a whole number from `least` to `most`, both included."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least or (most and value > most):
            wanted = (
                _("%(text)s is not a whole number from %(least)d to %(most)d")
                if most
                else _("%(text)s is not a whole number, at least %(least)d")
            )
            raise argparse.ArgumentTypeError(wanted % {"text": repr(text[:40]), "least": least, "most": most})
        return value

    return read


port = number(1, LAST_PORT)
some = number(1)
