"""People whose pages somebody opened lately. A session keeps their references, in the database, and ends with them."""

from collections.abc import Mapping
from typing import Any

from przystan.access.actors import Actor

from ..models import Person
from ..rights import PEOPLE_READ

OPENED, MOST = "opened", 8


def opened_with(session: Mapping[str, Any], person: Person) -> list[str]:
    """What the session is to keep under OPENED once the page of this person is open: references, the last first."""
    return [person.ref, *(ref for ref in session.get(OPENED, []) if ref != person.ref)][:MOST]


def opened_lately(actor: Actor, session: Mapping[str, Any]) -> list[Person]:
    """The last first; without those whose page is no longer the actor's to open. No statement where there is none."""
    actor.require(PEOPLE_READ)
    refs = session.get(OPENED, [])
    if not refs:
        return []
    people = Person.objects.open_to(actor).current().filter(ref__in=refs)
    return sorted(people.prefetch_related("names"), key=lambda person: refs.index(person.ref))
