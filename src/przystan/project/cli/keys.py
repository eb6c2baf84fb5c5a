"""The key file of the centre: is it safe, print its code, replace it, bring it back from paper.

The file closes the keys of sensitive facts (tier 2). It lies outside the database, never in its backups, so its
printed code is what remains when the disk is gone. `rotate` makes a new file, has its code typed back, and closes every
key with it; it can be stopped and started again at any moment.
"""

import argparse
import os
import secrets
import sys
from gettext import gettext as _
from pathlib import Path

from przystan.project.trouble import Exit, Trouble

from . import centre as command

TRIES = 5
GROUPS = 4  # of a printed code in one line


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="what", metavar=_("ACTION"), required=True)
    actions.add_parser("status", help=_("which files there are, and what they close"))
    confirm = actions.add_parser("confirm", help=_("print the code of the newest file; it must be typed back"))
    rotate = actions.add_parser(
        "rotate", help=_("make a new file and close everything with it; goes on where it stopped")
    )
    recover = actions.add_parser("recover", help=_("write a lost file anew from its printed code"))
    recover.add_argument("number", help=_("of the file: 1 for centre-1.key"))
    for action in (confirm, rotate):
        add_code_file(action)


def add_code_file(parser: argparse.ArgumentParser) -> None:
    """The option for scripts, which cannot copy from paper."""
    parser.add_argument(
        "--code-file",
        type=Path,
        metavar=_("FILE"),
        help=_("for scripts: keep the code in this file instead of on paper"),
    )


def run(options: argparse.Namespace) -> int:
    with command.opened():
        command.require_migrated()
        return {"status": status, "confirm": confirm, "rotate": rotate, "recover": recover}[options.what](options)


def status(options: argparse.Namespace) -> int:
    """Files, what they close, and what is wrong with them."""
    from przystan.access import keyfiles
    from przystan.access.keys import centre, files

    with command.acting("przystan keys"):
        used, faults = files.used(), list(files.faults())
    print(_("Key files are in %(folder)s.") % {"folder": keyfiles.folder()})
    for number in map(str, centre.numbers()):
        day = files.on_paper(number)
        paper = _("its code is kept since %(day)s") % {"day": day} if day else _("its code is not kept yet")
        said = _("centre-%(number)s.key: keys that it closes: %(count)d, %(paper)s.")
        print(said % {"number": number, "count": used.get(number, 0), "paper": paper})
    print("\n".join(f"- {fault}" for fault in faults) or _("All is well."))
    return Exit.FAILED if faults else Exit.FINE


def confirm(options: argparse.Namespace) -> int:
    """Print the newest code and have it typed back."""
    from przystan.access.keys import centre

    put_on_paper(centre.newest(), options.code_file)
    return Exit.FINE


def rotate(options: argparse.Namespace) -> int:
    """A new file, unless an earlier change is not finished; then close everything with the newest."""
    from przystan.access.keys import centre, files

    with command.acting("przystan keys"):
        number = centre.newest() if centre.waiting() else centre.renew()
    if not files.on_paper(number):
        put_on_paper(number, options.code_file)
    done = 0
    while count := one_step():
        done += count
    print(_("Keys that are closed anew with centre-%(number)s.key: %(count)d.") % {"number": number, "count": done})
    with command.acting("przystan keys"):
        retired = centre.retire()
    for old in retired:
        said = _(
            "centre-%(number)s.key closes nothing any more: it is in the folder “retired”. Backups from before need it."
        )
        print(said % {"number": old})
    return Exit.FINE


def one_step() -> int:
    """Close the next few keys with the newest file; returns how many. Each step is kept, whatever comes after it."""
    from przystan.access.keys import centre

    with command.acting("przystan keys"):
        return centre.rewrap()


def recover(options: argparse.Namespace) -> int:
    """Write a file from its code, asked for or read from standard input."""
    from przystan.access.keys import boxes, centre, files

    if centre.is_there(options.number):
        there = _("centre-%(number)s.key is there. Move it away first if it is the wrong one.")
        raise Trouble(there % {"number": options.number}, Exit.USAGE)
    code = answer(_("The printed code:"))
    try:
        with command.acting("przystan keys"):
            centre.restore(options.number, code)
    except boxes.Closed:
        raise Trouble(_("This is not the code of that file. Compare it letter by letter."), Exit.FAILED) from None
    files.note(options.number)
    print(_("centre-%(number)s.key is back.") % {"number": options.number})
    return Exit.FINE


def put_on_paper(number: str, code_file: Path | None = None) -> None:
    """Show the code of a centre key, and have one group of each line typed back: that they stand on paper is thus
    known, without copying all of it twice. Raises Trouble after some wrong tries."""
    from przystan.access.keys import centre, files

    code, told = centre.code(number), {"number": number}
    if code_file:
        keep(code_file, code)
        return files.confirm(number, code_file.read_text())
    print(_("Write this code of centre key %(number)s on paper and keep it in a safe, away from the server:") % told)
    lines = in_lines(code)
    print("\n" + "".join(f"  {at}   {line}\n" for at, line in enumerate(lines, start=1)))
    print(_("Then type from the paper the groups that are asked for, one of each line. Small letters do not matter."))
    for at, line in enumerate(lines, start=1):
        if typed_back(at, line, code):  # all of it at once
            break
    files.confirm(number, code)


def in_lines(code: str) -> list[str]:
    """A printed code as people copy it: a few groups in each line."""
    groups = code.split("-")
    return [" ".join(groups[at : at + GROUPS]) for at in range(0, len(groups), GROUPS)]


def typed_back(at: int, line: str, code: str) -> bool:
    """Have a group of a line, drawn by lot, typed until it is right; its whole line does as well.

    Whether the whole code was typed instead. Raises Trouble in the end.
    """
    from przystan.access.keys.boxes import plain

    groups = line.split()
    group = secrets.randbelow(len(groups))
    question = _("Line %(line)d, group %(group)d:") % {"line": at, "group": group + 1}
    for _try in range(TRIES):
        typed = plain(answer(question))
        if typed in (plain(groups[group]), plain(line), plain(code)):
            return typed == plain(code)
        print(_("This is not the same. Compare it letter by letter."))
    raise Trouble(_("The code was not typed back. Do it later with: przystan keys confirm"), Exit.FAILED)


def keep(path: Path, code: str) -> None:
    """Write the code into a file that is not there yet, for nobody else to read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Trouble(_("%(file)s is there already. Name a new file.") % {"file": path}, Exit.USAGE) from None
    except OSError as error:
        said = _("Cannot write %(file)s: %(error)s.") % {"file": path, "error": error.strerror}
        raise Trouble(said, Exit.USAGE) from error
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{code}\n")


def answer(question: str) -> str:
    """One line, from a person or from a pipe. Raises Trouble at the end of the input."""
    print(question, end=" ", flush=True)
    if not (line := sys.stdin.readline()):
        raise Trouble(_("No answer. Do it later with: przystan keys confirm"), Exit.FAILED)
    return line.strip()
