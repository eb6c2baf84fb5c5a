"""Who could pay for a support: every programme of that day, ranked, with reasons in the user's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.policies import sensitive
from przystan.reference.models import translated
from przystan.support.models import Service
from przystan.team.models import Point

from .. import wording
from ..models import Programme
from ..rules import Facts, Verdict, decide, every
from .facts import Known, anonymous
from .labels import Labels
from .limits import exceeded
from .offers import Offer, offers_to

TOLD = ("citizenships", "titles", "household")  # facts of tier 2 that rules ask

# Whether a programme may pay as far as one question goes, and what to say of it.
Check = tuple[bool | None, list[str]]


@dataclass(frozen=True)
class Ranked:
    """A programme as a payer of one support.

    `verdict`: True it can pay, False it cannot, None something is missing to decide. `reasons` are sentences in the
    user's language. `suggested`: the first that can pay. `outside`: what it pays is not counted here.
    """

    programme: Programme
    verdict: bool | None
    reasons: tuple[str, ...] = ()
    suggested: bool = False
    outside: bool = False

    @property
    def word(self) -> str:
        """ "yes", "unknown", "no" or "outside": for templates."""
        return "outside" if self.outside else {True: "yes", None: "unknown", False: "no"}[self.verdict]


@dataclass(frozen=True)
class _Case:
    """The support that looks for a payer."""

    service: Service
    day: date
    known: list[Known]
    unnamed: Facts
    labels: Labels
    tells: bool  # whether the actor may know the facts that decide


def rank_payers(
    actor: Actor,
    *,
    people: Sequence[Person],
    service: Service,
    day: date,
    point: Point,
    minutes: int = 0,
    support_id: int | None = None,
    headcount: int = 1,
    hold: bool = False,
) -> list[Ranked]:
    """Programmes of the actor's organisation that run on the day: those that can pay (by rank), then those that
    cannot be decided yet, then the refused, then payers outside the centre.

    Several people: a programme pays when all of them fit. No people: nothing is known of the person. `support_id`:
    the support, when it is in the ledger already (its own hours do not count against limits). `headcount`:
    everybody who received it, the unnamed too. `hold`: it will be paid for in this transaction, so nobody else may use
    up a limit meanwhile. Whoever does not work
    with all of the people gets the answers, and no reasons that would tell their facts. One statement, and one more
    where there are limits; telling the database that numbers are counted comes to either.
    """
    ids = [person.pk for person in people]
    tells = all(sensitive(actor, person).allowed for person in people)
    offers, known = offers_to(actor, people, day=day, service=service, point=point, mine=tells, hold=hold)
    case = _Case(
        service=service,
        day=day,
        known=known,
        unnamed=anonymous(day=day, service=service.code, point=point.code),
        labels=Labels(),
        tells=tells,
    )
    _note(actor, people, case.known)
    checked = [(offer, _checks(offer, case)) for offer in offers]
    # What is refused anyway need not be counted.
    ceilings = [
        one for offer, checks in checked if every(value for value, _ in checks) is not False for one in offer.ceilings
    ]
    over = exceeded(ceilings, ids, minutes, support_id, headcount)
    ranked = sorted((_ranked(offer, [*checks, _limits(offer, over)]) for offer, checks in checked), key=_order)
    return [_marked(one, at == 0) for at, one in enumerate(ranked)]


def _note(actor: Actor, people: Sequence[Person], known: Sequence[Known]) -> None:
    """Even a bare yes or no tells a sensitive fact of whoever's facts were read; a job tells nobody."""
    read = set() if actor.is_system else {one.id for one in known}
    for person in people:
        if person.pk in read:
            audit.read(actor, person, TOLD)


def chosen(ranked: Sequence[Ranked], ref: str) -> Ranked | None:
    """The payer with this reference among those that can be chosen; None for "" and for anything else."""
    payable = (one for one in ranked if one.verdict is not False and not one.outside)
    return next((one for one in payable if one.programme.ref == ref), None)


def _checks(offer: Offer, case: _Case) -> list[Check]:
    return [] if offer.outside else [_service(offer, case), _place(offer), _target(offer, case)]


def _ranked(offer: Offer, checks: list[Check]) -> Ranked:
    if offer.outside:
        return Ranked(offer.programme, None, (wording.paid_outside(translated(offer.funder)),), outside=True)
    value = every(check for check, _ in checks)
    told = [sentence for check, sentences in checks if check is value for sentence in sentences]
    return Ranked(offer.programme, value, tuple(dict.fromkeys(told)))


def _service(offer: Offer, case: _Case) -> Check:
    return offer.offered, [] if offer.offered else [wording.service_not_offered(case.service)]


def _place(offer: Offer) -> Check:
    match offer.place:
        case "unknown":
            return None, [wording.point_without_town()]
        case "outside":
            return False, [wording.point_outside()]
        case _:
            return True, []


def _limits(offer: Offer, over: set[int]) -> Check:
    reached = [one for one in offer.ceilings if one.id in over]
    return not reached, [wording.limit_reached(one.kind, one.value) for one in reached]


def _target(offer: Offer, case: _Case) -> Check:
    if offer.rule is None:
        return None, [wording.no_rule_on(case.day)]
    if not case.known:
        verdict = decide(offer.rule, case.unnamed)
        return verdict.value, wording.because(verdict, case.unnamed, case.labels)
    decided = [(known, decide(offer.rule, known.facts)) for known in case.known]
    value = every(verdict.value for _, verdict in decided)
    return value, (_about(decided, value, case) if case.tells else [wording.untold()])


def _about(decided: list[tuple[Known, Verdict]], value: bool | None, case: _Case) -> list[str]:
    """Sentences about those people who decide; with initials where there are several."""
    said: dict[str, list[str]] = {}
    for known, verdict in decided:
        if verdict.value is value:
            for sentence in wording.because(verdict, known.facts, case.labels):
                said.setdefault(sentence, []).append(wording.initials(known.name))
    if len(decided) == 1 or value is True:
        return list(said)
    return [wording.about(initials, sentence) for sentence, initials in said.items()]


def _order(ranked: Ranked) -> tuple[int, int, str, int]:
    place = 3 if ranked.outside else {True: 0, None: 1, False: 2}[ranked.verdict]
    return place, ranked.programme.rank, ranked.programme.name, ranked.programme.pk


def _marked(ranked: Ranked, first: bool) -> Ranked:
    if first and ranked.verdict is True and not ranked.outside:
        return Ranked(ranked.programme, True, ranked.reasons, suggested=True)
    return ranked
