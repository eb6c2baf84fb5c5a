"""The `przystan` command."""

import errno
import os
import shutil
import sys
from gettext import gettext as _
from pathlib import Path
from types import ModuleType

from przystan.project.language import speak
from przystan.project.trouble import Exit, Trouble, folder_trouble

from . import (
    access,
    audit,
    backup,
    bench,
    check,
    demo,
    imports,
    init,
    keys,
    makemigrations,
    messages,
    migrate,
    parsing,
    restore,
    serve,
    user,
    worker,
)

COMMANDS: dict[str, ModuleType] = {
    "demo": demo,
    "init": init,
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "makemigrations": makemigrations,
    "backup": backup,
    "restore": restore,
    "import": imports,
    "check": check,
    "access": access,
    "audit": audit,
    "keys": keys,
    "user": user,
    "bench": bench,
    "messages": messages,
}


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns its exit code. Trouble becomes one sentence on stderr."""
    try:
        speak()
        options = parsing.parser(COMMANDS).parse_args(argv)
        if folder := getattr(options, "data", None):
            os.environ["PRZYSTAN_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
        return int(options.run(options) or Exit.FINE)
    except Trouble as trouble:
        return said(trouble)
    except OSError as error:
        return said(outside(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:
        if found := missing_key(error) or database_trouble(error):
            return said(found)
        raise


def said(trouble: Trouble) -> int:
    """Tell a person what is wrong."""
    print(f"przystan: {trouble}", file=sys.stderr)
    return trouble.code


def outside(error: OSError) -> Trouble:
    """A full disk or a folder of the centre that cannot be used; other errors of the system keep their traceback."""
    from przystan.project.cluster import data_dir

    inside = isinstance(error.filename, str) and Path(error.filename).is_relative_to(data_dir())
    if inside or error.errno in (errno.ENOSPC, errno.EROFS):
        return folder_trouble(error, data_dir())
    raise error


def is_full() -> bool:
    """Whether the disk of the data folder has no room, which makes the embedded server break off."""
    from przystan.project.cluster import data_dir

    try:
        return shutil.disk_usage(data_dir()).free < 32 * 1024**2
    except OSError:
        return False


def missing_key(error: Exception) -> Trouble | None:
    """The sentence for a key file that is not there, whatever needed it."""
    from przystan.access.keyfiles import KeyMissing

    return Trouble(str(error), Exit.SETTINGS) if isinstance(error, KeyMissing) else None


def database_trouble(error: Exception) -> Trouble | None:
    """The sentence for a database that fails in the middle of the work."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from przystan.project.cluster.creation import FULL

    words = str(error).strip().split("\n")[0]
    if isinstance(error, OperationalError):
        if FULL in words or is_full():
            full = _("The disk of the database is full. Free some space; what was saved is safe.")
            return Trouble(full, Exit.FOLDER)
        stopped = _("The database stopped the work: %(words)s. What was not finished was undone.")
        return Trouble(stopped % {"words": words}, Exit.DATABASE)
    if isinstance(error, ImproperlyConfigured) or type(error).__module__.startswith("environs"):
        return Trouble(_("A setting cannot be used: %(words)s") % {"words": words}, Exit.SETTINGS)
    return None
