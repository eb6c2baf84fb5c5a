"""Those who come, as people with rights over their own data (`access.subjects`)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.subjects import Subject
from przystan.people.models import Person

from .enums import Scope
from .policies import may_answer
from .queries.requests import person_answered_for


class People(Subject):
    """How long they are kept is counted by `queries.due`."""

    model = "people.person"
    one = Scope.PERSON.label
    unnamed = _("another person")
    preface = (
        _(
            "This is what the centre keeps about you (General Data Protection Regulation, Art. 15 and 20). "
            "Other people and members of staff are not named."
        ),
        _(
            "Notes under professional secrecy and protected files, if there are any, are not in this copy. Ask the "
            "professional you talked to."
        ),
    )

    def answered_by(self, actor: Actor) -> "QuerySet[Person]":
        return Person.objects.worked_with_by(actor)

    def answers(self, actor: Actor, row: Any) -> bool:
        return may_answer(actor, row)

    def seen(self, actor: Actor, ref: str) -> Person:
        return person_answered_for(actor, ref)

    def is_self(self, actor: Actor, row: Any) -> bool:
        return False

    def forget(self, row: Any) -> None:
        """All of it is said by `class Privacy`; their own row is the last to go (`actions.wiping`)."""

    def address(self, actor: Actor, row: Any) -> str:
        return reverse("privacy:person", args=[row.ref])


PEOPLE = People()
