"""The gate before every assignment: may somebody be given this work on this day?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import Standing
from przystan.access.scope import counting

from ..enums import Needed, Tie
from ..models import Agreement, AgreementRule, CountryTie, Proof, ProofKind, ProofRule, Worker
from ..rules.gate import Abroad, Case, Contract, Decision, Need, Reason, Why, decide, verdict_of
from ..rules.gate import Proof as Shown
from ..wording import Kinds, holding, sentences
from .rules import rules_of

NEAR = frozenset({Standing.TEAM, Standing.LEAD})


@dataclass(frozen=True)
class Assignment:
    """The answer about one worker, and in words why not, or until when (`reasons`), and what is there (`holds`)."""

    worker: Worker
    decision: Decision
    reasons: tuple[str, ...]
    holds: tuple[str, ...]

    @property
    def may(self) -> bool:
        return self.decision.may


@dataclass(frozen=True)
class Law:
    """`needed`: which proofs are asked of whom; `forms`: of agreements; `kinds`: code -> kind of proof, which prints
    its name."""

    needed: list[ProofRule]
    forms: list[AgreementRule]
    kinds: Kinds

    def needs_on(self, on: date, *, to_minors: bool | None = None) -> tuple[Need, ...]:
        """What the rules in force on a day ask of who is given such work; None: whatever they ask of anybody."""
        asked = {None: list(Needed), True: [Needed.ALWAYS, Needed.MINORS], False: [Needed.ALWAYS]}[to_minors]
        return tuple(_need(rule) for rule in self.needed if rule.holds_on(on) and rule.needed in asked)


def _need(rule: ProofRule) -> Need:
    kind = rule.kind
    return Need(kind.code, kind.per, rule.months, rule.years, rule.besides, kind.may_be_declared)


def may_be_assigned(actor: Actor, worker: Worker, *, to_minors: bool, on: date) -> Assignment:
    """Whether the worker may be given work on this day; `to_minors`: children take part, or may.

    Every line asks here before it assigns somebody. Anybody of the organisation may ask. Of a finding that stands in
    the way only who leads the point and the worker read; all others read that the check is missing, as of one that ran
    out, and no day until when they may. Forbidden for another organisation's worker.
    """
    return assignments(actor, [worker], to_minors=to_minors, on=on)[0]


def require_assignable(actor: Actor, worker: Worker, *, to_minors: bool, on: date) -> None:
    """As `may_be_assigned`; ValidationError in words unless the answer is "may"."""
    found = may_be_assigned(actor, worker, to_minors=to_minors, on=on)
    if not found.may:
        raise ValidationError([_("%(name)s cannot be given this yet.") % {"name": worker.name}, *found.reasons])


def assignments(actor: Actor, workers: Sequence[Worker], *, to_minors: bool, on: date) -> list[Assignment]:
    """As `may_be_assigned`, for many at once in as many statements as for one."""
    found = answers(actor, workers, on)
    return [found[worker.pk][to_minors] for worker in workers]


def answers(actor: Actor, workers: Sequence[Worker], on: date) -> dict[int, dict[bool, Assignment]]:
    """Of each worker by primary key: `may_be_assigned` where no children take part (False) and where some do (True)."""
    if any(worker.organisation_id != actor.organisation_id for worker in workers):
        raise Forbidden("another organisation")
    law = law_of(actor.organisation_id)
    found = cases(workers, law)
    needs = {minors: law.needs_on(on, to_minors=minors) for minors in (False, True)}
    return {
        worker.pk: {
            minors: _told(actor, worker, decide(replace(found[worker.pk], needs=asked), on), law.kinds)
            for minors, asked in needs.items()
        }
        for worker in workers
    }


def law_of(organisation_id: int | None) -> Law:
    """By what an organisation's gate decides."""
    kinds = {kind.code: kind for kind in ProofKind.objects.all()}
    return Law(rules_of(ProofRule, organisation_id), rules_of(AgreementRule, organisation_id), kinds)


def cases(workers: Iterable[Worker], law: Law) -> dict[int, Case]:
    """Primary key -> all that is written down about each of these workers of an organisation; what is asked of them is
    put in by the caller. Read past the lock: tell verdicts of it, no rows."""
    every = {worker.pk: worker for worker in workers}
    with counting():
        contracts, proofs, ties = _contracts(every, law.forms), _proofs(every), _ties(every)
    return {
        pk: Case(tuple(contracts[pk]), (), tuple(proofs[pk]), replace(_abroad(ties[pk]), told_on=worker.told_on))
        for pk, worker in every.items()
    }


def _contracts(workers: Iterable[int], rules: list[AgreementRule]) -> dict[int, list[Contract]]:
    found = defaultdict(list)
    for row in Agreement.objects.standing().filter(worker__in=workers).order_by("id"):
        # Which form an agreement needs is asked of the law of its first day.
        first = row.valid_from or date.min
        form = [rule.writing_after for rule in rules if rule.kind_id == row.kind_id and rule.holds_on(first)]
        writing = min((days for days in form if days is not None), default=None)
        found[row.worker_id].append(Contract(row.valid_from, row.valid_to, row.in_writing, writing))
    return found


def _proofs(workers: Iterable[int]) -> dict[int, list[Shown]]:
    found = defaultdict(list)
    rows = Proof.objects.standing().filter(worker__in=workers).select_related("kind").order_by("id")
    for row in rows:
        found[row.worker_id].append(Shown(row.kind.code, row.day, row.country, row.result, row.ends))
    return found


def _ties(workers: Iterable[int]) -> dict[int, list[CountryTie]]:
    found = defaultdict(list)
    for row in CountryTie.objects.filter(worker__in=workers).order_by("id"):
        found[row.worker_id].append(row)
    return found


def _abroad(ties: Iterable[CountryTie]) -> Abroad:
    rows = list(ties)
    lived = tuple(
        (row.country, date(row.last_year, 12, 31) if row.last_year else None) for row in rows if row.tie == Tie.LIVED
    )
    return Abroad(citizen=frozenset(row.country for row in rows if row.tie == Tie.CITIZEN), lived=lived)


def _told(actor: Actor, worker: Worker, decision: Decision, kinds: Kinds) -> Assignment:
    """For who may not read the worker's papers a finding looks like a check that is missing, and so does an old one."""
    if not actor.is_system and worker.standing_of(actor) not in NEAR:
        decision = _discreet(decision)
    holds = (holding(one.kind, one.country, one.until, kinds) for one in decision.holds)
    return Assignment(worker, decision, tuple(sentences(decision, kinds)), tuple(holds))


def _discreet(decision: Decision) -> Decision:
    reasons = tuple(dict.fromkeys(_veiled(one) for one in decision.reasons))
    return replace(decision, verdict=verdict_of(reasons), reasons=reasons, holds=(), until=None)


def _veiled(reason: Reason) -> Reason:
    """Whether a check was never asked, waits, ran out or found something shows alike; of which country, not at all."""
    if reason.why in (Why.FOUND, Why.MISSING, Why.WAITING, Why.LATER, Why.RAN_OUT):
        return Reason(Why.MISSING, reason.kind)
    return replace(reason, country="")
