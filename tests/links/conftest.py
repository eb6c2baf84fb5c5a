"""A centre in which somebody was asked by a link to read what happens with their data."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.models import User
from przystan.access.scope import acting
from przystan.links.models import Link, Made
from przystan.people.models import Person
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.loading import load_notices
from przystan.team.queries import actor_for
from tests import factories

SHOWN = re.compile(r'name="shown" value="([^"]*)"')
ADDRESS = re.compile(r"http://testserver(/links/([0-9a-z]{27})/)")


@pytest.fixture
def person() -> Person:
    load_notices()
    return factories.person(factories.point(factories.organisation("Przystanek"), address="ul. Długa 1"))


@pytest.fixture
def adviser(person: Person) -> User:
    return factories.user(person.organisation, "adviser", person.point)


@pytest.fixture
def made(person: Person, adviser: User) -> Made:
    by = actor_for(adviser)
    assert by
    with acting(by):
        return ask_to_read(by=by, ref=person.ref, language="uk")


@pytest.fixture
def link(made: Made) -> Link:
    return made.link


class Bearer:
    """A phone without script and without an account. Addresses as a browser asks for them."""

    def __init__(self, made: Made, **more: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
        self.cover = reverse("links:cover", args=[made.token])
        self.question = reverse("links:question", args=[made.token])
        self.answer = reverse("links:answer", args=[made.token])
        self.carried: dict[str, str] = {}

    def get(self, path: str = "", **more):  # type: ignore[no-untyped-def]
        return self.client.get(path or self.cover, **more)

    def post(self, path: str, **sent: str):  # type: ignore[no-untyped-def]
        """A form of a page that was looked at: with the token against forgery, and the mark of what it showed."""
        token = self.client.cookies["csrftoken"].value if "csrftoken" in self.client.cookies else ""
        answer = self.client.post(path, {"csrfmiddlewaretoken": token, **self.carried, **sent})
        if mark := SHOWN.search(answer.text):
            self.carried = {"shown": mark[1]}
        return answer

    def open(self):  # type: ignore[no-untyped-def]
        self.get()
        return self.post(self.question)


@pytest.fixture
def bearer(made: Made) -> Bearer:
    return Bearer(made)


def staff(user: User) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(user)
    return found
