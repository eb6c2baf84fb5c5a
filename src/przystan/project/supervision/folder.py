"""One `serve` for one data folder: a lock that the kernel lets go of, however the holder ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path

from przystan.project.trouble import Exit, Trouble, folder_trouble

LOCK = "serve.lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the data folder for serving. Raises Trouble while another process does."""
    try:
        file = (folder / LOCK).open("a")
    except OSError as error:
        raise folder_trouble(error, folder) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            said = _("A centre is served from %(folder)s already. Stop it first, or choose another folder with --data.")
            raise Trouble(said % {"folder": folder}, Exit.FOLDER) from None
        yield
