"""Who could pay for a support: every programme of that day, ranked, with reasons in the user's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.reference.models import Place
from przystan.support.models import Service
from przystan.team.models import Point

from .. import wording
from ..models import Limit, Programme, TargetRule
from ..rules import Verdict, decide, every, parse
from .facts import Known, anonymous, facts_of
from .labels import Labels
from .limits import Ceiling, exceeded

ROW = JSONObject(id="id", kind="kind", value="value", service="service_id")


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
    service: Service
    day: date
    known: list[Known]
    unnamed: Any
    minutes: int
    over: set[int]
    labels: Labels


def rank_payers(
    actor: Actor,
    *,
    people: Sequence[Person],
    service: Service,
    day: date,
    point: Point,
    minutes: int = 0,
    support_id: int | None = None,
) -> list[Ranked]:
    """Programmes of the actor's organisation that run on the day: those that can pay (by rank), then those that
    cannot be decided yet, then the refused, then payers outside the centre.

    Several people: a programme pays when all of them fit. No people: nothing is known of the person. `support_id`:
    the support, when it is in the ledger already (its own hours do not count against limits). 2 to 4 queries.
    """
    offers = list(_offers(actor, day, point))
    ids = [person.pk for person in people]
    ceilings = [ceiling for offer in offers for ceiling in _ceilings(offer, service)]
    case = _Case(
        service=service,
        day=day,
        known=facts_of(ids, day=day, service=service.code, point=point.code) if ids else [],
        unnamed=anonymous(day=day, service=service.code, point=point.code),
        minutes=minutes,
        over=exceeded(ceilings, ids, minutes, support_id),
        labels=Labels(),
    )
    ranked = sorted((_rank(offer, case) for offer in offers), key=_order)
    return [_marked(one, at == 0) for at, one in enumerate(ranked)]


def chosen(ranked: Sequence[Ranked], ref: str) -> Ranked | None:
    """The payer with this reference among the ranked; None for "" and for anything that was not offered."""
    return next((one for one in ranked if one.programme.ref == ref and not one.outside), None)


def _offers(actor: Actor, day: date, point: Point) -> QuerySet[Programme]:
    """Everything about the programmes of a day in one query."""
    limits = Limit.objects.filter(programme=OuterRef("pk")).order_by("id")
    offers: QuerySet[Programme] = (
        Programme.objects.seen_by(actor)
        .running_on(day)
        .select_related("funder")
        .annotate(
            tree=Subquery(TargetRule.objects.on(day).filter(programme=OuterRef("pk")).values("tree")[:1]),
            offered=ArraySubquery(
                Programme.services.through.objects.filter(programme=OuterRef("pk")).order_by("id").values("service_id")
            ),
            places=ArraySubquery(
                Place.objects.filter(pk__in=_territory_of(OuterRef(OuterRef("pk")))).order_by("code").values("code")
            ),
            here=Subquery(Place.objects.filter(pk=point.place_id or 0).values("path")[:1]),
            ceilings=ArraySubquery(
                limits.values(row=JSONObject(id="id", kind="kind", value="value", service="service_id"))
            ),
        )
        .order_by("rank", "name", "id")
    )
    return offers


def _territory_of(programme: Any) -> QuerySet[Any]:
    return Programme.territory.through.objects.filter(programme=programme).values("place_id")


def _ceilings(offer: Any, service: Service) -> list[Ceiling]:
    rows = [Ceiling(row["id"], row["kind"], row["value"], row["service"]) for row in offer.ceilings]
    return [] if offer.outside else [row for row in rows if row.service_id in (None, service.pk)]


def _rank(offer: Any, case: _Case) -> Ranked:
    if offer.outside:
        return Ranked(offer, None, (wording.paid_outside(offer),), outside=True)
    checks = [_service(offer, case), _place(offer), _limits(offer, case), _target(offer, case)]
    value = every(check for check, _ in checks)
    # A refusal by service or place says enough: who the person is would not change it.
    told = [reasons for check, reasons in checks if check is value and reasons]
    return Ranked(offer, value, tuple(dict.fromkeys(sentence for reasons in told for sentence in reasons)))


Check = tuple[bool | None, list[str]]


def _service(offer: Any, case: _Case) -> Check:
    offered = case.service.pk in offer.offered
    return offered, [] if offered else [wording.service_not_offered(case.service)]


def _place(offer: Any) -> Check:
    if not offer.places:
        return True, []
    if not offer.here:
        return None, [wording.point_without_town()]
    inside = bool(set(offer.places) & set(offer.here))
    return inside, [] if inside else [wording.point_outside()]


def _limits(offer: Any, case: _Case) -> Check:
    over = [one for one in _ceilings(offer, case.service) if one.id in case.over]
    return not over, [wording.limit_reached(one.kind, one.value) for one in over]


def _target(offer: Any, case: _Case) -> Check:
    if offer.tree is None:
        return None, [wording.no_rule_on(case.day)]
    rule = parse(offer.tree)
    if not case.known:
        verdict = decide(rule, case.unnamed)
        return verdict.value, wording.because(verdict, case.unnamed, case.labels)
    decided = [(known, decide(rule, known.facts)) for known in case.known]
    value = every(verdict.value for _, verdict in decided)
    return value, _about(decided, value, case)


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
