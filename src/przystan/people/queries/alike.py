""" "Do we know this person already?": asked before somebody is registered, and of two who are."""

from collections.abc import Iterable

from django.db.models import Prefetch

from przystan.access.actors import Actor
from przystan.kernel.dates import PartialDate

from ..models import Person, PersonName
from ..rights import PEOPLE_READ
from ..rules.same_person import Described, Evidence, Verdict, evidence, told_names
from .by_name import by_name
from .candidates import Candidate
from .described import registered
from .many import by_email, by_phone, by_reference

LOOKED_AT = 20  # people whose name is near, of each look-up


def alike(actor: Actor, described: Described, limit: int = 8) -> list[Candidate]:
    """People who are, or may be, the one described: what the rule of `same_person` says, the likeliest first."""
    return _alike(actor, described, limit)


def doubles_of(actor: Actor, person: Person, limit: int = 10) -> list[Candidate]:
    """Other records that may be this person's. The actor works with the person."""
    known = registered(actor, {person.pk})
    return _alike(actor, known[person.pk].described, limit, person.pk) if known else []


def compared(actor: Actor, one: Person, other: Person) -> Evidence:
    """What two records say of each other. The actor works with both people."""
    known = registered(actor, {one.pk, other.pk}, families=True)
    return evidence(known[one.pk].described, known[other.pk].described)


def _alike(actor: Actor, described: Described, limit: int, besides: int = 0) -> list[Candidate]:
    actor.require(PEOPLE_READ)
    known = registered(actor, {*_near(actor, described)} - {besides})
    said = {pk: evidence(described, one.described) for pk, one in known.items()}
    order = [pk for pk in said if said[pk].verdict is not Verdict.OTHER]
    order = sorted(order, key=lambda pk: (-said[pk].verdict, -said[pk].score, -pk))[:limit]
    names = Prefetch("names", PersonName.objects.defer("keys", "folded"))
    shown = Person.objects.named_for(actor).current().select_related("point").prefetch_related(names).in_bulk(order)
    return [Candidate(shown[pk], said[pk].score, said[pk].codes, said[pk].name) for pk in order if pk in shown]


def _near(actor: Actor, described: Described) -> Iterable[int]:
    """Ids of people to whom any of it leads, a name with a slip in the birth date, too."""
    for look_up in (by_reference, by_phone, by_email):
        yield from (person for _, person in look_up(actor, [described]))
    births = [PartialDate.parse(described.birth)] if described.birth else []
    for name in told_names(described.names):
        for birth in (*births, None):
            yield from (hit.id for hit in by_name(actor, name, birth, LOOKED_AT))
