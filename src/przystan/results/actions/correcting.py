"""Correcting what is closed: a counter-entry, and perhaps the right result, both counted today."""

from dataclasses import replace

from django.db import transaction

from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.ledger.actions import counter_entry, in_words

from ..models import Result
from ..rules import Reached
from .noting import note


@transaction.atomic
def correct(*, by: Actor, result: Result, reason: str, reached: Reached | None = None) -> tuple[Result, Result | None]:
    """Take a closed result back with a counter-entry; `reached` is what should have been written, if anything.

    Returns both new entries, booked today. The day of the result, and so the facts read on it, stay. Their payers are
    the caller's affair: `funding.actions.correct_result` sees to both.
    """
    result = Result.objects.open_to(by).get(pk=result.pk)  # not held: the database lets one counter-entry in
    counter = counter_entry(by, result, reason, "result.correct")
    with door(), in_words():
        counter.save(force_insert=True)
    if reached is None:
        return counter, None
    return counter, note(by=by, reached=replace(reached, correction_reason=reason.strip()))
