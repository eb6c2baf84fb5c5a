"""One centre for all tests here, and somebody who may do nearly everything; requests leave nothing behind."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction

from przystan.access.models import User
from przystan.team.models import Membership
from tests.harness import database
from tests.matrix.addresses import ADDRESSES, Address
from tests.matrix.asking import Asking, path_of
from tests.matrix.world import Builder, World

from .pages import Form, forms_on

ROLES = ("case_manager", "data_protection_officer", "director", "grant_officer")
# Their forms ask for a password or a code, and are limited in how often; tests/access has them.
SKIPPED = ("account_", "mfa_", "keys:", "set_language", "ui:", "access_table")


@dataclass
class Hostile:
    """A world, the account that asks, and every form that its pages offer, by the address it posts to."""

    world: World
    user: User
    asking: Asking
    forms: dict[str, list[Form]]

    @property
    def pages(self) -> list[str]:
        return [path_of(one, self.world.refs, one.objects[0]) for one in addresses("GET")]

    def path(self, name: str) -> str:
        """Of an address, about a thing of one's own."""
        one = next(one for one in ADDRESSES if one.name == name)
        return path_of(one, self.world.refs, one.objects[0])

    def post(self, path: str, data: Any, keep: bool = False, look: Callable[[], Any] | None = None) -> Any:
        """The answer, or what `look` finds before it is all undone. `data`: texts.

        Lone surrogates are sent as the bytes that some programs send for them.
        """
        sent = {name: str(value).encode("utf-8", "surrogatepass") for name, value in data.items()}
        kind = "application/x-www-form-urlencoded"
        request: Any = self.asking.factory.post(path, urlencode(sent), content_type=kind)
        request._dont_enforce_csrf_checks = True
        with transaction.atomic():
            response = self.asking.handler.get_response(request)
            found = look() if look else response
            transaction.set_rollback(not keep)
        for close in response._resource_closers:
            close()
        return found


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: Any) -> Iterator[Hostile]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "hostile"):
        world = Builder().as_the_tests()
        user = world.accounts["coordinator and lawyer"]
        assert user
        for role in ROLES:
            Membership.objects.create(user=user, organisation=user.memberships.all()[0].organisation, role=role)
        asking = Asking(user)
        logging.disable(logging.CRITICAL)
        yield Hostile(world, user, asking, _forms(asking, world))
        logging.disable(logging.NOTSET)


def addresses(method: str) -> list[Address]:
    return [one for one in ADDRESSES if method in one.methods.split() and not one.name.startswith(SKIPPED)]


def _forms(asking: Asking, world: World) -> dict[str, list[Form]]:
    """Of every page about things of one's own."""
    found: dict[str, list[Form]] = {}
    for address in addresses("GET"):
        path = path_of(address, world.refs, address.objects[0])
        answer = asking.ask("GET", path)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            for form in forms_on(path, answer.content.decode()):
                found.setdefault(form.name, []).append(form)
    return {name: _once(forms) for name, forms in found.items() if not name.startswith(SKIPPED)}


def _once(forms: list[Form]) -> list[Form]:
    """One of several that differ in nothing but their object."""
    return list({(form.kind, *form.texts, *form.values): form for form in forms}.values())
