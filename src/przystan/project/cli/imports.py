"""Import people or supports from a spreadsheet (XLSX, CSV).

Columns are recognised by their headers, or as they were matched last time for the same headers. Without --write it is a
dry run: it says what would happen and what is wrong, row by row, and leaves nothing behind.
"""

import argparse
import sys
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

from przystan.project.trouble import Exit, Trouble

from . import centre

if TYPE_CHECKING:
    from przystan.access.actors import Actor
    from przystan.exchange.models import ImportBatch


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("an XLSX or CSV file"))
    parser.add_argument("--kind", choices=["people", "supports"], required=True, help=_("what its rows are"))
    parser.add_argument("--as", dest="login", metavar=_("LOGIN"), required=True, help=_("the account that imports"))
    parser.add_argument(
        "--ages-on", type=day, metavar=_("DAY"), help=_("when the ages in the file were true: 2019-05-01")
    )
    parser.add_argument("--write", action="store_true", help=_("really import; without it, a dry run"))
    parser.add_argument("--good-rows-only", action="store_true", help=_("leave out rows with problems"))


def run(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    content = contents(options.file)
    with centre.opened():
        from przystan.exchange.reading import Unreadable
        from przystan.exchange.wording import file_trouble

        centre.require_migrated()
        try:
            return take(options, content, actor(options.login))
        except Unreadable as error:
            raise Trouble(file_trouble(error.code, error.details)) from error
        except ValidationError as error:
            raise Trouble(" ".join(error.messages)) from error


def day(text: str) -> date:
    """A day of the command line. Raises argparse's own error in words."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        said = _("%(text)s is no day; write it like 2019-05-01")
        raise argparse.ArgumentTypeError(said % {"text": text}) from error


def contents(file: Path) -> bytes:
    """The file's bytes. Raises Trouble when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        said = _("Cannot read %(file)s: %(error)s.") % {"file": file, "error": error.strerror}
        raise Trouble(said, Exit.USAGE) from error


def actor(login: str) -> "Actor":
    """The actor of an account. Raises Trouble when it has none, or may not import."""
    from przystan.access.models import User
    from przystan.people.rights import IMPORT
    from przystan.team.queries import actor_for

    user = User.objects.filter(username__iexact=login).first()
    found = actor_for(user) if user else None
    if found is None:
        raise Trouble(_("There is no account %(login)s with a place in the team.") % {"login": login}, Exit.USAGE)
    if not found.can(IMPORT):
        raise Trouble(_("%(login)s has no role that may import; a coordinator has.") % {"login": login}, Exit.USAGE)
    return found


def take(options: argparse.Namespace, content: bytes, by: "Actor") -> int:
    """Read, match, check, and either write or forget the file."""
    from przystan.access.scope import acting

    with acting(by):
        return taken(options, content, by)


def taken(options: argparse.Namespace, content: bytes, by: "Actor") -> int:
    from przystan.exchange import actions

    batch = actions.take(by=by, kind=options.kind, filename=options.file.name, contents=[content])
    try:
        actions.read(by=by, batch=batch)
        batch.refresh_from_db()
        mapping = {int(column): field for column, field in batch.mapping.items()}
        actions.match_columns(by=by, batch=batch, mapping=mapping, ages=options.ages_on)
        batch.refresh_from_db()
        actions.check(by=by, batch=batch)
        batch.refresh_from_db()
        report(batch)
        if not options.write:
            return Exit.FAILED if batch.counts.get("bad") or batch.counts.get("open") else Exit.FINE
        write(batch, by, "good" if options.good_rows_only else "all")
    finally:
        actions.give_up(by=by, batch=batch)  # forgets only what was not imported
    return Exit.FINE


def report(batch: "ImportBatch") -> None:
    """Print the columns as understood, every problem and remark, and what would happen."""
    from przystan.exchange import wording
    from przystan.exchange.queries.preview import remark, sentence

    for column, field in sorted(batch.mapping.items(), key=lambda pair: int(pair[0])):
        print(f"{batch.header[int(column)]} -> {wording.field_word(batch.kind, field)}")
    for note in wording.notes(batch.notes):
        print(note)
    for row in batch.rows.exclude(problems=[], remarks=[]).order_by("number", "part"):
        said = [*(sentence(batch, found) for found in row.problems), *(remark(batch, found) for found in row.remarks)]
        for words in said:
            print(_("row %(number)s: %(words)s") % {"number": row.label, "words": words})
    counts = batch.counts
    print(*wording.would_do(batch.kind, counts), sep="\n")


def write(batch: "ImportBatch", by: "Actor", choice: str) -> None:
    """Import the rows, all or nothing."""
    from django.db import transaction

    from przystan.exchange import actions

    with transaction.atomic():
        actions.start(by=by, batch=batch, choice=choice)
        actions.run(by=by, batch=batch, progress=progress)
    print(_("Imported. It can be taken back on its page, import %(ref)s.") % {"ref": batch.ref})


def progress(done: int) -> None:
    """Say how many rows are written, to a person at a terminal."""
    if sys.stderr.isatty():
        said = ngettext("%(count)d row", "%(count)d rows", done) % {"count": done}
        print(f"\r\033[K  {said}", end="", file=sys.stderr, flush=True)
