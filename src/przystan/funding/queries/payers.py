"""Who could pay for a support: every programme of that day, ranked, with reasons in the user's words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from przystan.access.actors import Actor
from przystan.people.queries.known import Known
from przystan.people.rules.known import Facts
from przystan.reference.models import translated
from przystan.rules.deciding import Verdict, decide, every
from przystan.rules.facts import Situation
from przystan.rules.labels import Labels
from przystan.rules.words import because

from .. import wording
from ..models import Programme
from ..vocabulary import PAYERS
from .cases import Case, Surroundings, surroundings_of
from .limits import Load, Usage
from .offers import Offer

# Whether a programme may pay as far as one question goes, and what to say of it, when somebody wants to read it.
Saying = Callable[[], list[str]]
Check = tuple[bool | None, Saying]
SILENT: Saying = list


@dataclass(frozen=True)
class Ranked:
    """A programme as a payer of one support.

    `verdict`: True it can pay, False it cannot, None something is missing to decide. `reasons` are sentences in the
    user's language. `suggested`: the first that can pay. `outside`: what it pays is not counted here.
    """

    programme: Programme
    verdict: bool | None
    saying: Saying = field(default=SILENT, compare=False)
    suggested: bool = False
    outside: bool = False

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.saying()))

    @property
    def word(self) -> str:
        """ "yes", "unknown", "no" or "outside": for templates."""
        return "outside" if self.outside else {True: "yes", None: "unknown", False: "no"}[self.verdict]


@dataclass(frozen=True)
class _Asked:
    """What is known of a case."""

    case: Case
    known: list[Known]
    labels: Labels
    tells: bool  # whether the actor may know the facts that decide


class Payers:
    """Ranks payers of supports that are paid for one after another: what one uses up is gone for the next.

    `hold`: they will be paid for in this transaction, so nobody else may use up a limit meanwhile. One statement for
    any number of cases, and one more where there are limits; telling the database that numbers are counted comes to
    either.
    """

    def __init__(self, actor: Actor, cases: Sequence[Case], *, hold: bool = False) -> None:
        self._cases, self._labels = cases, Labels(PAYERS)
        self._checked: list[list[tuple[Offer, list[Check]]]] = []
        if cases:
            found = surroundings_of(actor, cases, hold=hold)
            offers = {one: found.offers.at(one) for one in dict.fromkeys(case.occasion for case in cases)}
            for case in cases:
                asked = self._asked(case, found)
                self._checked.append([(offer, _checks(offer, asked)) for offer in offers[case.occasion]])
        self._usage = self._used()

    def _asked(self, case: Case, found: Surroundings) -> _Asked:
        ids = sorted(person.pk for person in case.people)
        known = [one for pk in ids if (one := found.offers.known.get((pk, case.day)))]
        return _Asked(case, known, self._labels, found.open.issuperset(ids))

    def _used(self) -> Usage:
        """What is refused anyway need not be counted."""
        asked = {
            one
            for checked in self._checked
            for offer, checks in checked
            if not _refused(checks)
            for one in offer.ceilings
        }
        people = {person.pk for case in self._cases for person in case.people}
        but = [case.support_id for case in self._cases if case.support_id]
        return Usage(sorted(asked, key=lambda one: one.id), sorted(people), but)

    def ranked(self, at: int) -> list[Ranked]:
        """Programmes for the case at this place, as `rank_payers` gives them, after what was spent until now."""
        load = self._cases[at].load
        rows = []
        for offer, checks in self._checked[at]:
            rows.append(_ranked(offer, [*checks, self._limits(offer, checks, load)]))
        ranked = sorted(rows, key=_order)
        return [_marked(one, place == 0) for place, one in enumerate(ranked)]

    def _limits(self, offer: Offer, checks: list[Check], load: Load) -> Check:
        if _refused(checks):
            return True, SILENT
        reached = [one for one in offer.ceilings if self._usage.over(one, load)]
        return not reached, lambda: [wording.limit_reached(one.kind, one.value) for one in reached]

    def spend(self, at: int, programme: Programme) -> None:
        """This programme pays for the case at this place."""
        load = self._cases[at].load
        for offer, _ in self._checked[at]:
            if offer.programme == programme:
                for one in offer.ceilings:
                    self._usage.add(one, load)


def rank_payers(actor: Actor, case: Case) -> list[Ranked]:
    """Programmes of the actor's organisation that run on the day: those that can pay (by rank), then those that
    cannot be decided yet, then the refused, then payers outside the centre.

    Several people: a programme pays when all of them fit. Whoever does not work with all of the people gets the
    answers, and no reasons that would tell their facts. See `Payers` for what it costs.
    """
    return Payers(actor, [case]).ranked(0)


def chosen(ranked: Sequence[Ranked], ref: str) -> Ranked | None:
    """The payer with this reference among those that can be chosen; None for "" and for anything else."""
    payable = (one for one in ranked if one.verdict is not False and not one.outside)
    return next((one for one in payable if one.programme.ref == ref), None)


def _checks(offer: Offer, asked: _Asked) -> list[Check]:
    """What is refused by service or place is not decided by its rule as well, unless somebody reads why."""
    if offer.outside:
        return []
    first = [_service(offer, asked.case), _place(offer)]
    return [*first, (False, partial(_refusal, offer, asked)) if _refused(first) else _target(offer, asked)]


def _refusal(offer: Offer, asked: _Asked) -> list[str]:
    """Why the rule refuses, too; nothing where it does not."""
    value, saying = _target(offer, asked)
    return saying() if value is False else []


def _refused(checks: list[Check]) -> bool:
    return every(value for value, _ in checks) is False


def _ranked(offer: Offer, checks: list[Check]) -> Ranked:
    if offer.outside:
        return Ranked(offer.programme, None, lambda: [wording.paid_outside(translated(offer.funder))], outside=True)
    value = every(check for check, _ in checks)
    sayings = [saying for check, saying in checks if check is value]
    return Ranked(offer.programme, value, lambda: [sentence for saying in sayings for sentence in saying()])


def _service(offer: Offer, case: Case) -> Check:
    return offer.offered, SILENT if offer.offered else lambda: [wording.not_offered(case.of, idle=offer.idle)]


def _place(offer: Offer) -> Check:
    match offer.place:
        case "unknown":
            return None, lambda: [wording.point_without_town()]
        case "outside":
            return False, lambda: [wording.point_outside()]
        case _:
            return True, SILENT


def _target(offer: Offer, asked: _Asked) -> Check:
    if offer.rule is None:
        return None, lambda: [wording.no_rule_on(asked.case.day)]
    if not asked.known:
        nobody = asked.case.situation(Facts())
        verdict = decide(offer.rule, nobody)
        return verdict.value, partial(_because, verdict, nobody, asked)
    decided = [(known, decide(offer.rule, asked.case.situation(known.facts))) for known in asked.known]
    value = every(verdict.value for _, verdict in decided)
    return value, partial(_about, decided, value, asked) if asked.tells else lambda: [wording.untold()]


def _about(decided: list[tuple[Known, Verdict]], value: bool | None, asked: _Asked) -> list[str]:
    """Sentences about those people who decide; with initials where there are several."""
    said: dict[str, list[str]] = {}
    for known, verdict in decided:
        if verdict.value is value:
            for sentence in _because(verdict, asked.case.situation(known.facts), asked):
                said.setdefault(sentence, []).append(wording.initials(known.name))
    if len(decided) == 1 or value is True:
        return list(said)
    return [wording.about(initials, sentence) for sentence, initials in said.items()]


def _because(verdict: Verdict, situation: Situation, asked: _Asked) -> list[str]:
    return because(verdict, situation, asked.labels, PAYERS.frame)


def _order(ranked: Ranked) -> tuple[int, int, str, int]:
    place = 3 if ranked.outside else {True: 0, None: 1, False: 2}[ranked.verdict]
    return place, ranked.programme.rank, ranked.programme.name, ranked.programme.pk


def _marked(ranked: Ranked, first: bool) -> Ranked:
    if first and ranked.verdict is True and not ranked.outside:
        return replace(ranked, suggested=True)
    return ranked
