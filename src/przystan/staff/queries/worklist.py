"""What of people's papers is missing or runs out soon, for who leads them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from przystan.access.actors import Actor

from ..enums import Needed
from ..models import ProofRule, Worker
from ..rights import STAFF_READ
from ..rules.endings import Ending, endings, works_on_or_after
from ..rules.gate import Case, Why, decide
from ..wording import Kinds, kind_in_words, reason
from .gate import cases, names_of_kinds, need_of

AHEAD = timedelta(days=60)
# What has a day on which it runs out is told as an ending.
UNDATED = frozenset({Why.MISSING, Why.WAITING, Why.COUNTRIES, Why.FOUND, Why.LATER})


@dataclass(frozen=True)
class Due:
    """`day`: the last day that it holds, may be past; None: it is not there at all."""

    worker: Worker
    words: str
    day: date | None


def due(actor: Actor, today: date) -> list[Due]:
    """Of those whom the actor leads and who work here: what is missing, then what runs out in 60 days, by its day."""
    actor.require(STAFF_READ)
    people = list(Worker.objects.near(actor).order_by("name", "id"))
    rules = list(ProofRule.objects.on(today).select_related("kind").order_by("kind__position", "id"))
    kinds, found = names_of_kinds(), cases(people, ())
    rows = [row for worker in people for row in _of(worker, found[worker.pk], rules, kinds, today)]
    return sorted(rows, key=lambda row: (row.day or date.min, row.worker.name, row.words))


def _of(worker: Worker, case: Case, rules: list[ProofRule], kinds: Kinds, today: date) -> Iterator[Due]:
    if not works_on_or_after(case, today):
        return
    needed = [Needed.ALWAYS, Needed.MINORS] if worker.with_minors else [Needed.ALWAYS]
    asked = replace(case, needs=tuple(need_of(rule) for rule in rules if rule.needed in needed))
    for one in decide(asked, today).reasons:
        if one.why in UNDATED:
            yield Due(worker, reason(one, kinds), None)
    for ending in endings(replace(case, needs=tuple(need_of(rule) for rule in rules)), today, today + AHEAD):
        yield Due(worker, _words(ending, kinds), ending.last)


def _words(ending: Ending, kinds: Kinds) -> str:
    return kind_in_words(ending.kind, ending.country, kinds) if ending.kind else _("agreement")
