"""Numbers on the command line: a sentence for those that cannot be."""

import argparse
from collections.abc import Callable

LAST_PORT = 65535


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """The `type=` of an argument that is a whole number from `least` to `most`, both included."""
    wanted = f"a whole number from {least} to {most}" if most else f"a whole number, at least {least}"

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least or (most and value > most):
            raise argparse.ArgumentTypeError(f"{text[:40]!r} is not {wanted}")
        return value

    return read


port = number(1, LAST_PORT)
some = number(1)
