"""Trouble that a person can mend: one clear sentence instead of a traceback."""

import errno
import os
from enum import IntEnum
from gettext import gettext as _
from pathlib import Path


class Exit(IntEnum):
    """Exit codes of the `przystan` command (docs/operator/running.md)."""

    FINE = 0
    FAILED = 1  # the work itself failed: a refused import, a failed check
    USAGE = 2  # unknown command or option (argparse)
    SETTINGS = 3  # a variable or option with a value that cannot be used
    DATABASE = 4  # the database cannot be reached or used
    FOLDER = 5  # the data folder is full, read-only or of another version
    PORT = 6  # the port is taken
    UNSAFE = 7  # the server refuses to start with settings that risk data
    INTERRUPTED = 130  # Ctrl-C


class Trouble(Exception):
    """Something outside the program is wrong. `str()` is the sentence, `code` the exit code."""

    def __init__(self, sentence: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def folder_trouble(error: OSError, folder: Path) -> Trouble:
    """The sentence for a folder that cannot be written."""
    named = Path(error.filename) if isinstance(error.filename, str) else folder
    place = named if os.path.lexists(named) else folder
    if error.errno == errno.ENOSPC:
        what = _("The disk that holds %(folder)s is full. Free some space and start again; nothing was lost.")
    elif error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        what = _(
            "Cannot write to %(place)s. Make the folder writable for this user, "
            "or choose another one with PRZYSTAN_DATA."
        )
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        what = _("%(place)s is not a folder. Choose another one with PRZYSTAN_DATA.")
    else:
        what = _("Cannot use the folder %(folder)s: %(error)s.")
    return Trouble(what % {"folder": folder, "place": place, "error": error.strerror or error}, Exit.FOLDER)


def no_centre(place: object) -> Trouble:
    """The sentence for a folder or a database in which no centre was set up; it may be the wrong one, too."""
    said = _(
        "There is no centre here yet (%(place)s). Set one up with: przystan init. If it is elsewhere, name its folder "
        "with --data, or its database with DATABASE_URL."
    )
    return Trouble(said % {"place": place}, Exit.DATABASE)
