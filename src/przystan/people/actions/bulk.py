"""Registering many people at once, as an import does, and taking them out again."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.history import without_history
from przystan.access.scope import acting

from ..enums import TeamSource
from ..models import Person
from ..queries.used import used_people
from ..rights import IMPORT, PEOPLE_WRITE
from .registration import Fact, Newcomer, facts_of, unsaved
from .teams import JOINED, Admission, admit

BATCH = 2000


@transaction.atomic
def register_many(*, by: Actor, newcomers: Sequence[Newcomer]) -> list[Person]:
    """Register people in the order given, with some ten statements for thousands. ValidationError: none are written.

    Who was registered under a newcomer's `ref` before is not looked for: an import makes fresh references.
    """
    by.require(PEOPLE_WRITE)
    people = [unsaved(by, newcomer) for newcomer in newcomers]
    save_many(people)
    _begin_teams(by, people)
    rows: dict[type[models.Model], list[Fact]] = defaultdict(list)
    for person, newcomer in zip(people, newcomers, strict=True):
        for fact in facts_of(person, newcomer):
            rows[type(fact)].append(fact)
    for facts in rows.values():
        save_many(facts)
    audit.record_all(by, "person.register", people)
    return people


def _begin_teams(by: Actor, people: Sequence[Person]) -> None:
    """Who leads a point sees its people anyway; who brings in people of other points works with them for a week."""
    if by.user_id:
        until = timezone.now() + JOINED
        others = [person for person in people if not by.leads_at(person.point_id)]
        admissions = [Admission(person.ref, by.user_id, until) for person in others]
        admit(by=by, admissions=admissions, source=TeamSource.REGISTERED)


def save_many(rows: Sequence[models.Model]) -> None:
    """Values are checked as in a form; what they point to was chosen by the product and needs no look-up each."""
    if rows:
        for row in rows:
            _clean(row)
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def _clean(row: models.Model) -> None:
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])


def faults(*, by: Actor, newcomer: Newcomer) -> list[str]:
    """Why a newcomer could not be registered, in words; nothing is written, and no query asked."""
    person = unsaved(by, newcomer)
    found: list[str] = []
    for row in [person, *facts_of(person, newcomer)]:
        try:
            _clean(row)
        except ValidationError as error:
            words = {field.name: field.verbose_name for field in row._meta.fields}
            found += [f"{words[name]}: {' '.join(said)}" for name, said in error.message_dict.items()]
    return found


@transaction.atomic
def remove_unused(*, by: Actor, people: Collection[int]) -> set[int]:
    """Delete these people (ids) with all that is known of them; returns ids of those who stay, being in use since."""
    by.require(PEOPLE_WRITE, IMPORT)
    mine = Person.objects.seen_by(by).filter(pk__in=people)
    ours = list(mine.values_list("pk", flat=True))
    with acting(system(by.organisation_id, "import.undo")):  # what others keep of them is no less a use
        stay = used_people(ours)
    going = mine.exclude(pk__in=stay)
    audit.record_all(by, "person.remove", going.only("ref"))
    without_history()
    going.delete()
    return stay
