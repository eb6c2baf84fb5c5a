"""What casework adds to pages of other modules."""

from przystan.access.actors import Actor
from przystan.people.models import Person

from .queries import cases_of


def of_person(actor: Actor, person: Person) -> dict[str, object] | None:
    """The files about a person that the actor may know of."""
    files = cases_of(actor, person)
    shown = files.mine or files.others or files.may_open
    return {"files": files, "person": person} if shown else None
