"""What `people` shows in a demo centre: children whose parents sign for them, one whose parents differ."""

from datetime import date

from przystan.access.actors import Actor
from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.team.queries import actor_for

from . import actions
from .enums import AnswerWay, GuardianKind, HouseholdRole
from .models import Consent, ConsentText, Guardian, HouseholdMember, Person

CHILDREN = 6
# What both parents say of photographs: most agree, one has not answered, two differ.
PARENTS = ("Oksana", "Petro")
ANSWERS = ((True, True), (True, False), (True, None))


def fill(scene: Scene) -> None:
    """Write down who signs for some children, and what each of them answered."""
    coordinator = actor_for(scene.users["coordinator"])
    assert coordinator, "the demo has one"
    with acting(coordinator) as by:
        for at, child in enumerate(_children(by)):
            _ask(by, child, ANSWERS[at % len(ANSWERS)], scene.today)


def _children(by: Actor) -> list[Person]:
    rows = HouseholdMember.objects.filter(role=HouseholdRole.CHILD, person__in=Person.objects.worked_with_by(by))
    return [row.person for row in rows.select_related("person").order_by("-person_id")[:CHILDREN]]


def _ask(by: Actor, child: Person, said: tuple[bool | None, ...], day: date) -> None:
    text = ConsentText.objects.filter(purpose="photo").latest("version")
    for name, agrees in zip(PARENTS, said, strict=True):
        parent = Guardian(person=child, kind=GuardianKind.PARENT, name=name)
        actions.keep(by=by, fact=parent, fields=["kind", "name"])
        if agrees is not None:
            answer = Consent(person=child, guardian=parent, text=text, agrees=agrees, language="pl", given_on=day)
            answer.how = AnswerWay.PAPER
            actions.answer(by=by, fact=answer)
