"""Somebody who fills in a form, and pages that do it for them."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from przystan.access.actors import Actor
from przystan.access.keys import staff
from przystan.access.models import User
from przystan.drafts.models import Draft
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for
from tests import factories

WORDS = "Canary-draft-4417"
FORM = "/people/new/"
PASSPHRASE = "a passphrase for tests"


@dataclass
class Page:
    """One window with one form in it, as drafts.js keeps it."""

    client: Client
    form: str = FORM
    tier: int = 1
    ref: str = field(default_factory=new_ref)
    turn: int = 0

    def type(self, words: str = WORDS, **more: Any) -> HttpResponse:
        sent = {"form": self.form, "tier": self.tier, "ref": self.ref, "turn": self.turn}
        answer = self.client.post("/drafts/kept/", sent | {"values": json.dumps({"name 0": words} | more)})
        if answer.status_code == 200:
            self.ref, self.turn = answer.json()["ref"], answer.json()["turn"]
        return answer

    def offered(self) -> str:
        return self.client.get("/drafts/", {"form": self.form}).text

    def draft(self) -> Draft:
        return Draft.objects.get(ref=self.ref)


@dataclass
class House:
    centre: Organisation
    point: Point
    person: Person
    user: User
    other: User
    lawyer: User

    def client(self, user: User | None = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user or self.user)
        return client

    def page(self, user: User | None = None, **more: Any) -> Page:
        return Page(self.client(user), **more)

    def actor(self, user: User | None = None) -> Actor:
        found = actor_for(user or self.user)
        assert found
        return found


@pytest.fixture
def house(db: None) -> House:
    centre = factories.organisation()
    point = factories.point(centre)
    person = factories.person(point)
    return House(
        centre,
        point,
        person,
        *(factories.user(centre, role, point) for role in ("coordinator", "coordinator", "lawyer")),
    )


def with_key(user: User) -> None:
    staff.confirm(user, staff.set_up(user, PASSPHRASE))
