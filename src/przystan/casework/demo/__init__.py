"""Case files of the demo, written through the same actions as at the desk; keys of those who hold protected ones."""

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta

from django.db import connection

from przystan.access.actors import Actor
from przystan.access.keys import staff
from przystan.access.keys.unlocked import Ring, ring
from przystan.access.models import User
from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.people.models import Person
from przystan.team.queries import actor_for

from .. import actions
from ..enums import TIERS, CaseKind
from ..models import CaseFile
from .texts import FILES, File

# Opens the demo's keys to protected files. Like its passwords, it is known to everybody.
PASSPHRASE = "przystan-demo-klucz"  # noqa: S105


def fill(scene: Scene) -> None:
    """Open all files about people of this organisation."""
    ours = Person.objects.filter(organisation_id=scene.organisation_id).current()
    people = list(ours.order_by("id")[: 8 * len(FILES)])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # members come before their file
    privates = {login: _key_of(scene.users[login]) for login in sorted(_holders())} if people else {}
    for file in FILES:
        lead = scene.users[file.lead]
        actor = actor_for(lead)
        assert actor
        near = [person for person in people if actor.works_at(person.point_id)]
        if near:
            with acting(actor), _unlocked(lead, privates.get(file.lead)):
                _open(scene, actor, file, scene.rng.choice(near))


def _open(scene: Scene, actor: Actor, file: File, person: Person) -> None:
    opened = scene.today - timedelta(days=scene.rng.randint(60, 200))
    case = actions.open_case(by=actor, person=person, kind=CaseKind(file.kind), title=file.title)
    CaseFile.objects.filter(pk=case.pk).update(opened_on=opened)
    for number, words in enumerate(file.notes):
        actions.write_note(by=actor, case=case, text=words, about=opened + timedelta(days=14 * number))
    if file.also:
        actions.name_member(by=actor, case=case, user=scene.users[file.also])


def _key_of(user: User) -> bytes:
    """A key pair, confirmed; returns its private half."""
    staff.confirm(user, staff.set_up(user, PASSPHRASE))
    return staff.by_passphrase(user, PASSPHRASE)


def _unlocked(user: User, private: bytes | None) -> AbstractContextManager[Ring | None]:
    return ring(user.pk, private) if private else nullcontext()


def _holders() -> set[str]:
    secret = [file for file in FILES if TIERS[CaseKind(file.kind)] >= Tier.T3]
    return {login for file in secret for login in (file.lead, file.also) if login}
