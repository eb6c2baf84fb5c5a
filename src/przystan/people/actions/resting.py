"""What rests on a consent ends with it, once, whoever makes it not given: `people.queries.consents.Depends`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise

from django.utils import timezone

from przystan.access import moving
from przystan.access.actors import Actor, system
from przystan.access.scope import acting

from ..models import Consent, Person
from ..queries.consents import depending, relied_on, standing, state_on
from ..rules.consents import ConsentState


def hold(person: Person) -> None:
    """Whoever writes about the consents of one person waits for the other."""
    Person.objects.select_for_update().only("pk").get(pk=person.pk)


@contextmanager
def ending(by: Actor, person: Person, purpose: str, day: date, *, against: bool) -> Iterator[None]:
    """What rests on a consent ends in the same transaction when it is not given after this. Call `hold` before.

    A consent may have ceased to be given by itself: somebody else has to sign, a child grew up. That ends nothing; what
    is said `against` it afterwards does.
    """
    given = state_on(person, purpose) == ConsentState.GIVEN
    resting = given or (against and relied_on(person, purpose))
    yield
    if state_on(person, purpose) == ConsentState.GIVEN:
        standing(person, purpose).update(relied_on=True)
    elif resting:
        _end(by, person, purpose, day)


def join(by: Actor, kept: Person, resting: set[str], moved: Iterable[moving.Step]) -> list[moving.Step]:
    """After a merge one answer of each signer stands, the later one; no yes that they took back since on the other.
    Returns the steps back; call it with both held. `moved`: what went over to the kept record.

    Call it when `signers.one_of_each` has made one of whoever signs for both. `resting`: purposes on which something
    rested for one of the two. It ends where somebody says no, or took it back.
    """
    steps = [*_take_back(kept, moved), *_leave_the_later(kept)]
    for purpose in sorted(resting):
        state = state_on(kept, purpose)
        if state == ConsentState.GIVEN:
            standing(kept, purpose).update(relied_on=True)
        elif state != ConsentState.WAITING:
            _end(by, kept, purpose, timezone.localdate())
    return steps


def resting_on(person: Person) -> set[str]:
    """The purposes of consents on which something rests."""
    purposes = person.consents.order_by().values_list("text__purpose", flat=True).distinct()
    return {one for one in purposes if relied_on(person, one) or state_on(person, one) == ConsentState.GIVEN}


def stand_again(step: moving.Step) -> None:
    """Undo what `join` did to the answers."""
    Consent.objects.filter(pk__in=step["answers"]).update(withdrawn_on=None)


def _take_back(person: Person, moved: Iterable[moving.Step]) -> list[moving.Step]:
    """Every yes that stands on one record, and was taken back on the other on that day or later."""
    model, taken = Consent._meta.label_lower, []
    came = {pk for step in moved if step.get("model") == model for pk in step.get("ids", [])}
    answers = list(person.consents.filter(agrees=True).select_related("text").order_by("given_on", "pk"))
    for one in answers:
        days = [
            other.withdrawn_on
            for other in answers
            if other.withdrawn_on
            and (other.pk in came) is not (one.pk in came)
            and (other.text.purpose, other.guardian_id) == (one.text.purpose, one.guardian_id)
        ]
        if not one.withdrawn_on and days and max(days) >= one.given_on:
            Consent.objects.filter(pk=one.pk).update(withdrawn_on=max(days))
            taken.append(one.pk)
    return [{"answers": taken}] if taken else []


def _leave_the_later(person: Person) -> list[moving.Step]:
    rows = person.consents.filter(withdrawn_on=None).select_related("text")
    ordered = sorted(rows, key=lambda one: (one.text.purpose, one.guardian_id or 0, one.given_on, one.pk))
    earlier = []
    for one, later in pairwise(ordered):
        if (one.text.purpose, one.guardian_id) == (later.text.purpose, later.guardian_id):
            Consent.objects.filter(pk=one.pk).update(withdrawn_on=later.given_on)
            earlier.append(one.pk)
    return [{"answers": earlier}] if earlier else []


def _end(by: Actor, person: Person, purpose: str, day: date) -> None:
    standing(person, purpose).update(relied_on=False)
    with acting(system(by.organisation_id, "consent.ended")) as machine:
        for one in depending():
            if one.purpose == purpose:
                one.ends(by=machine, person=person, purpose=purpose, day=day)
