"""The `przystan` command."""

import argparse
import errno
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

from przystan.project.trouble import Exit, Trouble, folder_trouble

from . import access, audit, bench, check, demo, imports, init, keys, messages, migrate, serve, user, worker

COMMANDS: dict[str, ModuleType] = {
    "demo": demo,
    "init": init,
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "import": imports,
    "check": check,
    "access": access,
    "audit": audit,
    "keys": keys,
    "user": user,
    "bench": bench,
    "messages": messages,
}
EPILOG = """\
Where the data is: DATABASE_URL names a PostgreSQL server; without it an embedded one runs in the data folder
(--data, or the variable PRZYSTAN_DATA, or .demo in the current folder). All settings: docs/operator/settings.md.

Exit codes: 0 fine, 1 the work failed, 2 wrong usage, 3 wrong setting, 4 database, 5 data folder, 6 port taken,
7 unsafe settings or role of the database, 130 interrupted.
"""


def parser() -> argparse.ArgumentParser:
    """The command line of all commands."""
    main = argparse.ArgumentParser(
        prog="przystan",
        description="Runs an immigrant support and integration centre.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = main.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        summary = str(module.__doc__).split("\n")[0]
        command = commands.add_parser(name, help=summary, description=module.__doc__)
        module.arguments(command)
        add_data(command)
        command.set_defaults(run=module.run)
    return main


def add_data(command: argparse.ArgumentParser) -> None:
    """Give a command, and each action below it, the option --data."""
    command.add_argument("--data", metavar="FOLDER", default=argparse.SUPPRESS, help="the centre's data folder")
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                add_data(below)


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns its exit code. Trouble becomes one sentence on stderr."""
    options = parser().parse_args(argv)
    if folder := getattr(options, "data", None):
        os.environ["PRZYSTAN_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    try:
        return int(options.run(options) or Exit.FINE)
    except Trouble as trouble:
        return said(trouble)
    except OSError as error:
        return said(outside(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:
        if found := database_trouble(error):
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


def database_trouble(error: Exception) -> Trouble | None:
    """The sentence for a database that fails in the middle of the work."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    words = str(error).strip().split("\n")[0]
    if isinstance(error, OperationalError):
        if "No space left on device" in words or is_full():
            return Trouble("The disk of the database is full. Free some space; what was saved is safe.", Exit.FOLDER)
        return Trouble(f"The database stopped the work: {words}. What was not finished was undone.", Exit.DATABASE)
    if isinstance(error, ImproperlyConfigured) or type(error).__module__.startswith("environs"):
        return Trouble(f"A setting cannot be used: {words}", Exit.SETTINGS)
    return None
