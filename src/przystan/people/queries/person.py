"""One person with everything `people` knows of them; and those met lately."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.decisions import decide

from ..models import Channel, Citizenship, Consent, Dwelling, Guardian, HouseholdMember, Person, Relation, TitleHeld
from ..policies import sensitive
from ..rights import PEOPLE_READ

SENSITIVE = ("citizenships", "titles", "households", "relations", "shared_with", "guardians")
ORDINARY = (
    "names",
    "languages",
    Prefetch("dwellings", Dwelling.objects.select_related("place")),
    Prefetch("channels", Channel.objects.select_related("only_by")),
    Prefetch("consents", Consent.objects.select_related("text", "given_by")),
    Prefetch("guardians", Guardian.objects.select_related("person").order_by("id")),
)


def person_seen(actor: Actor, ref: str) -> Person:
    """The person of this reference, or who they were merged into, if their page is open to the actor.

    `Person.DoesNotExist` for everybody else, there or not.
    """
    actor.require(PEOPLE_READ)
    people = Person.objects.seen_by(actor).select_related("point", "created_by")
    person = people.get(ref=ref)
    while person.merged_into_id:
        person = people.get(pk=person.merged_into_id)
    if not decide(actor, PEOPLE_READ, person).allowed:
        raise Person.DoesNotExist
    return person


def person_page(actor: Actor, person: Person) -> Person:
    """The same person with names, channels, consents and the like read at once.

    With citizenships, titles, household and relations only for whom `policies.sensitive` allows: then an audit row
    tells that they were read. For others these are empty, whatever there is.
    """
    return person_pages(actor, [person])[0]


def person_pages(actor: Actor, people: Sequence[Person]) -> list[Person]:
    """`person_page` of several, in as many statements as for one. `Person.DoesNotExist` if one is not open."""
    if not all(decide(actor, PEOPLE_READ, person).allowed for person in people):
        raise Person.DoesNotExist
    near = [person for person in people if sensitive(actor, person).allowed]
    prefetch_related_objects([person for person in people if person not in near], *ORDINARY, *_nothing())
    prefetch_related_objects(near, *ORDINARY, *_sensitive(actor))
    _with_others(actor, near)
    for person in near:
        audit.read(actor, person, SENSITIVE)
    return list(people)


def recent_people(actor: Actor, limit: int = 10) -> QuerySet[Person]:
    """Who was registered last at the actor's point (or anywhere, for those who work at all points)."""
    actor.require(PEOPLE_READ)
    people = Person.objects.open_to(actor).current()
    if actor.point_id:
        people = people.filter(point_id=actor.point_id)
    return people.select_related("point").prefetch_related("names").order_by("-id")[:limit]


def _sensitive(actor: Actor) -> "list[str | Prefetch[Any]]":
    known = Person.objects.seen_by(actor).values("pk")
    members = HouseholdMember.objects.filter(person__in=Person.objects.worked_with_by(actor).values("pk"))
    return [
        "citizenships",
        Prefetch("titles", TitleHeld.objects.select_related("title", "seen_by")),
        Prefetch("households", HouseholdMember.objects.select_related("household")),
        Prefetch("households__household__members", members.order_by("id")),
        Prefetch("relations", Relation.objects.filter(other__in=known)),
        Prefetch("relations_from", Relation.objects.filter(person__in=known)),
    ]


def _with_others(actor: Actor, people: Iterable[Person]) -> None:
    """Who lives with each and who is related, as the actor may know them: all of them are looked up at once."""
    rows: list[tuple[Model, str]] = []
    for person in people:
        members = [member for home in person.households.all() for member in home.household.members.all()]
        rows += [(row, "person") for row in (*members, *person.relations_from.all())]
        rows += [(row, "other") for row in person.relations.all()]
    asked = {getattr(row, f"{name}_id") for row, name in rows}
    known = Person.objects.named_for(actor).filter(pk__in=asked).prefetch_related("names") if asked else ()
    found = {one.pk: one for one in known}
    for row, name in rows:
        setattr(row, name, found.get(getattr(row, f"{name}_id")))


def _nothing() -> "list[str | Prefetch[Any]]":
    return [
        Prefetch("citizenships", Citizenship.objects.none()),
        Prefetch("titles", TitleHeld.objects.none()),
        Prefetch("households", HouseholdMember.objects.none()),
        Prefetch("relations", Relation.objects.none()),
        Prefetch("relations_from", Relation.objects.none()),
    ]
