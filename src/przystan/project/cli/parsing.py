"""The command line of all commands: their help is their module's docstring, and argparse speaks as we do."""

import argparse
from gettext import gettext as _
from types import ModuleType

from przystan.project.language import gettext_noop, paragraphs


def parser(commands: dict[str, ModuleType]) -> argparse.ArgumentParser:
    """The parser of `przystan COMMAND …`; a command has `arguments(parser)` and `run(options)`."""
    main = argparse.ArgumentParser(
        prog="przystan",
        description=_("Runs an immigrant support and integration centre."),
        epilog=epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    below = main.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    for name, module in commands.items():
        summary, *more = map(_, paragraphs(str(module.__doc__)))
        command = below.add_parser(name, help=summary, description=" ".join([summary, *more]))
        module.arguments(command)
        add_data(command)
        command.set_defaults(run=module.run)
    return main


def epilog() -> str:
    """What holds for all commands."""
    return _("""\
Where the data is: DATABASE_URL names a PostgreSQL server; without it an embedded one runs in the data folder
(--data, or the variable PRZYSTAN_DATA, or .demo in the current folder). All settings: docs/operator/settings.md.

Exit codes: 0 fine, 1 the work failed, 2 wrong usage, 3 wrong setting, 4 database, 5 data folder, 6 port taken,
7 unsafe settings or role of the database, 130 interrupted.
""")


def add_data(command: argparse.ArgumentParser) -> None:
    """Give a command, and each action below it, the option --data."""
    command.add_argument("--data", metavar=_("FOLDER"), default=argparse.SUPPRESS, help=_("the centre's data folder"))
    for below in actions(command).values():
        add_data(below)


def actions(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The actions of a command by name, such as "verify" of `przystan audit`; none for most."""
    found = [one.choices for one in command._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(found[0]) if found else {}


# What argparse of Python 3.11 to 3.14 says by itself, for translators to find.
gettext_noop("usage: ")
gettext_noop("positional arguments")
gettext_noop("options")
gettext_noop("show this help message and exit")
gettext_noop("%(prog)s: error: %(message)s\n")
gettext_noop("argument %(argument_name)s: %(message)s")
gettext_noop("the following arguments are required: %s")
gettext_noop("one of the arguments %s is required")
gettext_noop("unrecognized arguments: %s")
gettext_noop("not allowed with argument %s")
gettext_noop("ignored explicit argument %r")
gettext_noop("expected one argument")
gettext_noop("expected at most one argument")
gettext_noop("expected at least one argument")
gettext_noop("ambiguous option: %(option)s could match %(matches)s")
gettext_noop("unknown parser %(parser_name)r (choices: %(choices)s)")
gettext_noop("invalid choice: %(value)r (choose from %(choices)s)")
gettext_noop("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)")
gettext_noop("invalid %(type)s value: %(value)r")
gettext_noop("can't open '%(filename)s': %(error)s")
