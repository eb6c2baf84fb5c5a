"""One person with everything `people` knows of them; and those met lately."""

from django.db.models import Prefetch, QuerySet

from przystan.access.actors import Actor
from przystan.access.rights import Right

from ..models import Channel, Consent, HouseholdMember, Person, Relation, TitleHeld


def person_seen(actor: Actor, ref: str) -> Person:
    """The person of this reference, or who they were merged into. `Person.DoesNotExist` for strangers."""
    actor.require(Right.PEOPLE_READ)
    person = Person.objects.seen_by(actor).select_related("merged_into").get(ref=ref)
    while person.merged_into:
        person = person.merged_into
    return person


def person_page(actor: Actor, person: Person) -> Person:
    """The same person with names, facts, channels, household, relations and consents read at once."""
    actor.require(Right.PEOPLE_READ)
    return (
        Person.objects.seen_by(actor)
        .select_related("point", "created_by")
        .prefetch_related(
            "names",
            "citizenships",
            "languages",
            "dwellings__place",
            Prefetch("titles", TitleHeld.objects.select_related("title", "seen_by")),
            Prefetch("channels", Channel.objects.select_related("only_by")),
            Prefetch("consents", Consent.objects.select_related("text", "given_by")),
            Prefetch("households", HouseholdMember.objects.select_related("household")),
            Prefetch("households__household__members", _members()),
            Prefetch("relations", Relation.objects.select_related("other").prefetch_related("other__names")),
            Prefetch("relations_from", Relation.objects.select_related("person").prefetch_related("person__names")),
        )
        .get(pk=person.pk)
    )


def recent_people(actor: Actor, limit: int = 10) -> QuerySet[Person]:
    """Who was registered last at the actor's point (or anywhere, for those who work at all points)."""
    actor.require(Right.PEOPLE_READ)
    people = Person.objects.seen_by(actor).current()
    if actor.point_id:
        people = people.filter(point_id=actor.point_id)
    return people.select_related("point").prefetch_related("names").order_by("-id")[:limit]


def _members() -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.select_related("person").prefetch_related("person__names").order_by("id")
