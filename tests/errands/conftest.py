"""A kind of work of the tests' own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.errands.runners import Result, Runner, Tell, Values, declared
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_READ
from przystan.team.models import Organisation
from tests import factories

CODE = "tests.work"


@dataclass
class Work:
    """Reads a person, renames the centre, and gives a file; `does` comes between."""

    centre: Organisation
    person: Person
    user: User
    does: Any = lambda tell: None
    tries: list[str] = field(default_factory=list)

    def run(self, by: Actor, asked: Values, tell: Tell) -> Result:
        self.tries.append(by.name)
        audit.read(by, self.person, ["sex"])
        audit.record(by, "tests.done", self.person)
        Organisation.objects.filter(pk=self.centre.pk).update(name="renamed")
        self.does(tell)
        return Result(f"made of {asked['what']}".encode(), "a.csv", "text/csv")

    @property
    def name(self) -> str:
        return Organisation.objects.get(pk=self.centre.pk).name

    def client(self, user: User | None = None) -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(user or self.user)
        return found


@pytest.fixture
def work(db: None) -> Iterator[Work]:
    centre = factories.organisation()
    point = factories.point(centre)
    made = Work(centre, factories.person(point), factories.user(centre, "coordinator"))
    declared()[CODE] = Runner(CODE, "Some work", (PEOPLE_READ,), made.run, lambda asked: "/people/")
    yield made
    del declared()[CODE]
