"""One centre for all tests here, and somebody who may do nearly everything; requests leave nothing behind."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from tests.harness import database
from tests.matrix.addresses import ADDRESSES, Address
from tests.matrix.asking import Asking, let_go, path_of, troubles

from . import scene
from .filling import filled
from .pages import Form, forms_on
from .rows import FAR
from .scene import Scene

# Their forms ask for a password or a code, and are limited in how often; tests/access has them.
SKIPPED = ("account_", "mfa_", "keys:", "set_language", "ui:", "access_table")
FINE = (200, 302, 303, 400, 404, 405, 409, 413, 422, 429)


@dataclass
class Hostile:
    """A scene, the account that asks, and every form that its pages offer, by the address it posts to."""

    scene: Scene
    asking: Asking
    forms: dict[str, list[Form]]

    @property
    def pages(self) -> list[str]:
        """Every page about things of one's own."""
        refs = self.scene.world.refs
        own = [path_of(one, refs, one.objects[0]) for one in addresses("GET")]
        case, note = self.scene.case.ref, self.scene.note.ref
        return [
            *own,
            reverse("casework:case", args=[case]),
            reverse("casework:team", args=[case]),
            reverse("casework:note", args=[case, note]),
            reverse("people:join", args=[refs["person"]["alone"]]),
            reverse("desk:correct", args=[self.scene.booked.ref]),
            reverse("desk:correct_result", args=[self.scene.reached.ref]),
        ]

    def path(self, name: str) -> str:
        """Of an address, about a thing of one's own."""
        one = next(one for one in ADDRESSES if one.name == name)
        return path_of(one, self.scene.world.refs, one.objects[0])

    def form(self, name: str, kind: str = "") -> Form:
        return next(one for one in self.forms[name] if one.kind == kind)

    def filled(self, form: Form) -> dict[str, Any]:
        """What this form takes and saves."""
        return filled(form.name, form.kind, form.plain, self.scene.world.refs)

    def read(self, path: str) -> str:
        """A page of one's own."""
        answer = self.asking.ask("GET", path)
        assert answer.status_code == 200, f"{path}: {failure(answer.status_code)}"
        return answer.content.decode()

    def post(self, path: str, data: Any, keep: bool = False, look: Callable[[], Any] | None = None) -> Any:
        """The answer, or what `look` finds before it is all undone. `data`: texts; or files among them.

        Lone surrogates are sent as the bytes that some programs send for them.
        """
        request: Any = self.asking.factory.post(path, **_body(data))
        request._dont_enforce_csrf_checks = True
        with transaction.atomic():
            response = self.asking.handler.get_response(request)
            found = look() if look else response
            transaction.set_rollback(not keep)
        let_go(response)
        return found


def _body(data: dict[str, Any]) -> dict[str, Any]:
    if any(hasattr(value, "read") for value in data.values()):
        return {"data": data}
    sent = {name: str(value).encode("utf-8", "surrogatepass") for name, value in data.items()}
    return {"data": urlencode(sent), "content_type": "application/x-www-form-urlencoded"}


@contextmanager
def undone() -> Iterator[None]:
    """What is kept inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def hostile(django_db_setup: None, django_db_blocker: Any) -> Iterator[Hostile]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "hostile"):
        found = scene.build()
        far_numbers()
        made = Hostile(found, Asking(found.user), {})
        unlock(made)
        made.forms = _forms(made)
        logging.disable(logging.CRITICAL)
        yield made
        logging.disable(logging.NOTSET)


def far_numbers() -> None:
    with database.owner() as owner:
        owner.execute("SELECT setval(oid, %s) FROM pg_class WHERE relkind = 'S'", [FAR])


def unlock(made: Hostile) -> None:
    answer = made.post("/keys/unlock/", {"passphrase": scene.PASSPHRASE}, keep=True)
    assert answer.status_code == 302, answer.content.decode()
    for name, morsel in answer.cookies.items():
        made.asking.factory.cookies[name] = morsel.value


def addresses(method: str) -> list[Address]:
    return [one for one in ADDRESSES if method in one.methods.split() and not one.name.startswith(SKIPPED)]


def failure(status: int) -> str:
    return f"{status} {troubles.pop()!r}" if troubles else str(status)


def _forms(made: Hostile) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for path in made.pages:
        answer = made.asking.ask("GET", path)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            for form in forms_on(path, answer.content.decode()):
                found.setdefault(form.name, []).append(form)
    return {name: _once(forms) for name, forms in found.items() if not name.startswith(SKIPPED)}


def _once(forms: list[Form]) -> list[Form]:
    """One of several that differ in nothing but their object."""
    return list({(form.kind, *form.texts, *form.values): form for form in forms}.values())
