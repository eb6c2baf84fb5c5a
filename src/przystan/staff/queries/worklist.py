"""What of people's papers is missing or runs out soon, for who leads them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from przystan.access.actors import Actor

from ..models import Worker
from ..rights import STAFF_READ
from ..rules.endings import Ending, endings, works_on_or_after
from ..rules.gate import Case, Why, decide
from ..wording import Kinds, kind_in_words, reason
from .gate import Law, cases, law_of

AHEAD = timedelta(days=60)
# What has a day on which it runs out is told as an ending.
UNDATED = frozenset({Why.MISSING, Why.WAITING, Why.COUNTRIES, Why.FOUND, Why.LATER})


@dataclass(frozen=True)
class Line:
    """`day`: the last day that it holds, may be past; None: it is not there at all."""

    words: str
    day: date | None


@dataclass(frozen=True)
class Due:
    """What waits about one worker: what is missing first, then by its day."""

    worker: Worker
    lines: tuple[Line, ...]


def due(actor: Actor, today: date) -> list[Due]:
    """Of those whom the actor leads and who work here: what is missing or runs out in 60 days, the soonest first."""
    actor.require(STAFF_READ)
    people, law = list(Worker.objects.near(actor).order_by("name", "id")), law_of(actor.organisation_id)
    found = cases(people, law)
    told = ((worker, list(_of(worker, found[worker.pk], law, today))) for worker in people)
    rows = [Due(worker, tuple(sorted(lines, key=_when))) for worker, lines in told if lines]
    return sorted(rows, key=lambda row: _when(row.lines[0]))


def _when(line: Line) -> tuple[date, str]:
    return line.day or date.min, line.words


def _of(worker: Worker, case: Case, law: Law, today: date) -> Iterator[Line]:
    if not works_on_or_after(case, today):
        return
    asked = replace(case, needs=law.needs_on(today, to_minors=worker.with_minors))
    for one in decide(asked, today).reasons:
        if one.why in UNDATED:
            yield Line(reason(one, law.kinds), None)
    for ending in endings(replace(case, needs=law.needs_on(today)), today, today + AHEAD):
        yield Line(_words(ending, law.kinds), ending.last)


def _words(ending: Ending, kinds: Kinds) -> str:
    return kind_in_words(ending.kind, ending.country, kinds) if ending.kind else _("agreement")
