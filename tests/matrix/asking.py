"""Requests that pass every middleware and leave nothing behind; thousands of them, so pages are not drawn."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import RequestFactory
from django.urls import reverse

from przystan.access.models import User
from przystan.team.backends import Backend
from przystan.team.queries import actor_for

from .addresses import Address
from .oracle import LOGIN, MISSING, NO_ROLE, OPEN, WRONG_METHOD
from .world import Refs

troubles: list[BaseException | None] = []


def note(**_: Any) -> None:
    """What went wrong in a view, for the list of deviations."""
    troubles.append(sys.exc_info()[1])


got_request_exception.connect(note)


class Asking:
    """Asks as one account."""

    def __init__(self, user: User | None) -> None:
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.factory = RequestFactory()
        if user:
            self.factory.cookies[settings.SESSION_COOKIE_NAME] = logged_in(user)
            self.ask("GET", "/account/session/", keep=True)  # what a session writes down at its first request

    def ask(self, method: str, path: str, data: Any = None, keep: bool = False) -> HttpResponse:
        request = self.factory.generic(method, path) if method != "POST" else self.factory.post(path, data or {})
        request._dont_enforce_csrf_checks = True
        with transaction.atomic():
            response = self.handler.get_response(request)
            transaction.set_rollback(not keep)
        let_go(response)
        return response


def let_go(response: Any) -> None:
    """Files that it would have sent: nobody reads them here."""
    for close in response._resource_closers:
        close()


def logged_in(user: User) -> str:
    """The key of a fresh session."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def remembered() -> Iterator[None]:
    """Who the account is does not change while it asks: tests/access has what happens when it does."""
    who = mock.patch("przystan.project.middleware.actor_for", lru_cache(actor_for))
    account = mock.patch.object(Backend, "get_user", staticmethod(lru_cache(Backend().get_user)))
    with who, account:
        yield


@contextmanager
def quickly() -> Iterator[None]:
    """Whether somebody is let in is decided before a template is drawn; tests of pages draw them."""
    with mock.patch.object(Template, "render", return_value=""), remembered():
        yield


def outcome(response: HttpResponse, address: Address) -> str:
    """One of the oracle's words, or what else happened."""
    place = response.get("Location", "")
    if response.status_code == 302 and place.startswith("/account/login/?next="):
        return LOGIN
    if response.status_code == 403:
        return NO_ROLE
    if response.status_code in (404, 405):
        return {404: MISSING, 405: WRONG_METHOD}[response.status_code]
    failed = repr(troubles.pop()) if response.status_code == 500 and troubles else place
    return OPEN if response.status_code in address.open else f"status {response.status_code} {failed}"


def path_of(address: Address, refs: Refs, obj: str) -> str:
    path, query = reverse(address.name, kwargs=address.kwargs(refs, obj)), address.query(refs, obj)
    return f"{path}?{query}" if query else path
