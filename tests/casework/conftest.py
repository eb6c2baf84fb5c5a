"""A file and everybody who may or may not open it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from przystan.access.actors import Actor
from przystan.access.keys import staff as staff_keys
from przystan.access.keys.unlocked import ring
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.casework import actions
from przystan.casework.enums import CaseKind
from przystan.casework.models import CaseFile, Note
from przystan.people.models import Exclusion, Person
from przystan.team.models import Point
from przystan.team.queries import actor_for
from tests import factories

PASSPHRASE = "a passphrase for tests"
TITLE, WORDS = "Canary-title-7731", "Canary-note-9245"


@dataclass
class Files:
    """An organisation with a file of tier 2 about `person`, led by `lead`."""

    point: Point
    person: Person
    people: dict[str, User]
    case: CaseFile
    note: Note

    def actor(self, who: str) -> Actor:
        found = actor_for(self.people[who])
        assert found
        return found

    def client(self, who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.people[who])
        return client

    def with_key(self, *names: str) -> None:
        """Set up keys to protected files; they are unlocked in a session by `unlock`."""
        for who in names:
            staff_keys.confirm(self.people[who], staff_keys.set_up(self.people[who], PASSPHRASE))

    def unlocked(self, who: str) -> Client:
        """A client whose key to protected files is unlocked."""
        client = self.client(who)
        answer = client.post("/keys/unlock/", {"passphrase": PASSPHRASE})
        assert answer.status_code == 302, answer.text
        return client

    def act(self, who: str, work: Callable[..., Any], **values: Any) -> Any:
        """What the work returns when this persona does it, in a scope of their own."""
        actor, user = self.actor(who), self.people[who]
        private = staff_keys.by_passphrase(user, PASSPHRASE) if staff_keys.state_of(user) else None
        with acting(actor), ring(user.pk, private):
            return work(by=actor, **values)


def staff(point: Point, elsewhere: Point) -> dict[str, User]:
    house = point.organisation
    return {
        "lead": factories.user(house, at=point, name="Lead Nowak"),
        "member": factories.user(house, at=point, name="Member Nowak"),
        "colleague": factories.user(house, at=point, name="Colleague Nowak"),
        "elsewhere": factories.user(house, at=elsewhere),
        "excluded": factories.user(house, at=point, name="Excluded Nowak"),
        "coordinator": factories.user(house, "coordinator", point),
        "lawyer": factories.user(house, "lawyer", name="Lawyer Nowak"),
        "lawyer2": factories.user(house, "lawyer", name="Second Lawyer"),
        "reception": factories.user(house, "reception", point),
        "director": factories.user(house, "director"),
        "officer": factories.user(house, "data_protection_officer"),
        "administrator": factories.user(house, "administrator"),
        "stranger": factories.user(factories.organisation("Other"), "coordinator"),
    }


@pytest.fixture
def files(db: None, settings: Any, tmp_path: Any) -> Files:
    settings.KEYS_DIR = tmp_path / "keys"
    return build()


def build() -> Files:
    """The same, for tests with a database of their own."""
    point = factories.point(factories.organisation())
    elsewhere = factories.point(point.organisation)
    person = factories.person(point)
    people = staff(point, elsewhere)
    Exclusion.objects.create(person=person, user=people["excluded"])
    lead = actor_for(people["lead"])
    assert lead
    with acting(lead):
        case = actions.open_case(by=lead, person=person, kind=CaseKind.SUPPORT, title=TITLE)
        actions.name_member(by=lead, case=case, user=people["member"])
        note = actions.write_note(by=lead, case=case, text=WORDS)
    return Files(point, person, people, case, note)
