"""A file from beginning to end in one call, for the command line: columns as guessed, nobody asked."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.access.actors import Actor

from ..enums import Choice
from ..models import ImportBatch
from ..queries.preview import rows_of, sentence
from ..wording import FIELDS, would_do
from .checking import check
from .matching import match_columns
from .running import run, start
from .taking import give_up, take

SAID = 20  # problems printed; the rest is counted


def run_file(*, path: Path, kind: str, write: bool, good_rows_only: bool, by: Actor) -> str:
    """Import a file, or (without `write`) say what would happen and forget it; returns what to tell the user."""
    batch = take(by=by, kind=kind, filename=path.name, content=path.read_bytes())
    mapping = {int(column): field for column, field in batch.mapping.items()}
    try:
        match_columns(by=by, batch=batch, mapping=mapping)
        check(by=by, batch=batch)
        said = _said(batch)
        if write:
            start(by=by, batch=batch, choice=Choice.GOOD if good_rows_only else Choice.ALL)
            run(by=by, batch=batch)
            said.append(_("Imported."))
    except ValidationError as error:
        give_up(by=by, batch=batch)
        return "\n".join([*_columns(batch), *error.messages])
    if not write:
        give_up(by=by, batch=batch)
    return "\n".join(said)


def _columns(batch: ImportBatch) -> list[str]:
    return [
        f"{header} → {FIELDS[batch.mapping[str(column)]] if str(column) in batch.mapping else '–'}"
        for column, header in enumerate(batch.header)
    ]


def _said(batch: ImportBatch) -> list[str]:
    bad = [
        f"{row.number}: {'; '.join(sentence(batch, found) for found in row.problems)}"
        for row in rows_of(batch, "bad")[:SAID]
    ]
    numbers = batch.counts
    return [*_columns(batch), *bad, *would_do(numbers["new"], numbers["same"], numbers["skip"], numbers["bad"])]
