"""Case files of the demo, written through the same actions as at the desk; keys of those who hold protected ones."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from random import Random

from django.db import connection

from przystan.access.actors import Actor
from przystan.access.keys import staff
from przystan.access.keys.unlocked import Ring, ring
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.casework import actions
from przystan.casework.enums import TIERS, CaseKind
from przystan.casework.models import CaseFile
from przystan.people.models import Person
from przystan.project.demo.case_texts import FILES, File
from przystan.team.queries import actor_for

# Opens the demo's keys to protected files. Like its passwords, it is known to everybody.
PASSPHRASE = "przystan-demo-klucz"  # noqa: S105


def open_files(rng: Random, organisation_id: int, today: date) -> int:
    """Open all files about people of this organisation; returns how many."""
    people = list(Person.objects.filter(organisation_id=organisation_id).current().order_by("id")[: 8 * len(FILES)])
    if not people:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # members come before their file
    users = {user.username: user for user in User.objects.filter(username__in=_logins())}
    privates = {login: _key_of(users[login]) for login in sorted(_holders())}
    count = 0
    for file in FILES:
        actor = actor_for(users[file.lead])
        assert actor
        near = [person for person in people if actor.works_at(person.point_id)]
        if not near:
            continue
        with acting(actor), _unlocked(users[file.lead], privates.get(file.lead)):
            _open(rng, actor, file, rng.choice(near), users, today)
        count += 1
    return count


def _open(rng: Random, actor: Actor, file: File, person: Person, users: dict[str, User], today: date) -> None:
    opened = today - timedelta(days=rng.randint(60, 200))
    case = actions.open_case(by=actor, person=person, kind=CaseKind(file.kind), title=file.title)
    CaseFile.objects.filter(pk=case.pk).update(opened_on=opened)
    for number, words in enumerate(file.notes):
        actions.write_note(by=actor, case=case, text=words, about=opened + timedelta(days=14 * number))
    if file.also:
        actions.name_member(by=actor, case=case, user=users[file.also])


def _key_of(user: User) -> bytes:
    """A key pair, confirmed; returns its private half."""
    staff.confirm(user, staff.set_up(user, PASSPHRASE))
    return staff.by_passphrase(user, PASSPHRASE)


def _unlocked(user: User, private: bytes | None) -> AbstractContextManager[Ring | None]:
    return ring(user.pk, private) if private else nullcontext()


def _holders() -> set[str]:
    secret = [file for file in FILES if TIERS[CaseKind(file.kind)] >= Tier.T3]
    return {login for file in secret for login in (file.lead, file.also) if login}


def _logins() -> set[str]:
    return {login for file in FILES for login in (file.lead, file.also) if login}
