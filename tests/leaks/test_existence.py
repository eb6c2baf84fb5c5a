"""Forbidden is missing: the same status, headers and bytes, whatever is asked and however.

Every address with a reference, for two who may not open what is behind it, drawn by the day (MATRIX=full: for all),
against a reference behind which there is nothing. How long the answers take is measured by bench/existence.py: no test
here looks at a clock.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.people import actions
from przystan.people.models import Exclusion, Person
from przystan.team.models import Point
from przystan.team.queries import actor_for
from tests import factories
from tests.harness import database, seed
from tests.matrix import sample
from tests.matrix.addresses import ADDRESSES, Address
from tests.matrix.asking import Asking, path_of, remembered
from tests.matrix.cast import CAST
from tests.matrix.oracle import MISSING, expected, standing
from tests.matrix.world import Builder, World

WHO = [
    "adviser here, in no team",
    "adviser there",
    "adviser abroad",
    "excluded coordinator",
    "lawyer",
    "director",
]
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|data-lock=")\w+')
EACH = 2  # of WHO are asked about each object
LEAST = 20  # comparisons that each of WHO must come to


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all: their requests leave nothing behind."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "existence"):
        made = Builder().as_the_tests()
        logging.disable(logging.CRITICAL)
        yield made
        logging.disable(logging.NOTSET)


SHORT = 6  # numbers of rows stand in addresses, and in a page for other things too


def answer(response: HttpResponse, words: list[str]) -> tuple[int, dict[str, str], dict[str, str], bytes]:
    """All that reaches the browser, without what was in the address and the token of the form."""
    headers = dict(response.headers)
    assert headers.pop("Content-Length", None) in (None, str(len(response.content)))
    body = TOKEN.sub(rb"\1", response.content)
    for word, there in ((word, "REF") if len(word) > SHORT else (f"/{word}/", "/REF/") for word in words):
        body = body.replace(word.encode(), there.encode())
        headers = {name: value.replace(word, there) for name, value in headers.items()}
    return response.status_code, headers, {name: str(one["max-age"]) for name, one in response.cookies.items()}, body


def differing(one: tuple[Any, ...], other: tuple[Any, ...]) -> str:
    """The first part in which two answers differ, and how."""
    first, second = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    if not isinstance(first, bytes):
        return f"{first} {second}"
    start = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    return f"{first[start - 40 : start + 80]!r} {second[start - 40 : start + 80]!r}"


def hidden_from(name: str, address: Address, method: str) -> list[str]:
    """Objects that are there and must look missing to this actor."""
    card = next(card for card in CAST if card.name == name)
    if address.name == "privacy:ask":  # answers everybody; what it must not tell is whether there is anything
        return [obj for obj in address.objects if _unknown(standing(card, obj) if obj != "missing" else "", obj)]
    return [
        obj for obj in address.objects if obj not in ("", "missing") and expected(card, address, method, obj) == MISSING
    ]


def _unknown(near: str, obj: str) -> bool:
    return near in ("alien", "excluded") or (obj == "hidden" and near != "team")


@cache
def draws() -> dict[str, dict[tuple[int, str], list[str]]]:
    """Who -> place of the address in ADDRESSES, and the method -> the objects that must look missing to them."""
    found: dict[str, dict[tuple[int, str], list[str]]] = {name: defaultdict(list) for name in WHO}
    for (place, address), method in product(enumerate(ADDRESSES), ("GET", "POST")):
        if "missing" not in address.objects or address.on == "code":  # the catalogue is everybody's
            continue
        hidden = {name: hidden_from(name, address, method) for name in WHO}
        for obj in address.objects:
            who = [name for name in WHO if obj in hidden[name]]
            some = seed.lot(f"existence {place} {method} {obj}").sample(who, min(EACH, len(who)))
            for name in who if sample.FULL else some:
                found[name][place, method].append(obj)
    return found


@pytest.mark.parametrize("name", WHO)
def test_forbidden_and_missing_are_the_same_bytes(world: World, name: str) -> None:
    asking, different, compared = Asking(world.accounts[name]), [], 0
    with remembered():
        for (place, method), objects in draws()[name].items():
            address = ADDRESSES[place]
            nothing = asked(asking, world, address, method, "missing")
            for obj in objects:
                compared += 1
                # Asked again where they differ: sessions note the minute, and it may just have passed between the two.
                is_same = asked(asking, world, address, method, obj) == nothing
                if not is_same and (told := differ(asking, world, address, method, obj)):
                    different.append(f"{method} {address.name} {address.label} {obj}: {told}")
    assert compared >= LEAST
    assert not different, f"{len(different)} of {compared}, {seed.AGAIN}:\n" + "\n".join(different)


def differ(asking: Asking, world: World, address: Address, method: str, obj: str) -> str:
    """How the answer differs from that for nothing; "" when it does not."""
    nothing, found = (asked(asking, world, address, method, one) for one in ("missing", obj))
    return "" if found == nothing else differing(found, nothing)


def asked(asking: Asking, world: World, address: Address, method: str, obj: str) -> Any:
    path = path_of(address, world.refs, obj)
    response = asking.ask(method, path, address.data(world.refs, obj))
    words = [str(word) for word in address.kwargs(world.refs, obj).values()]
    return answer(response, [*words, address.query(world.refs, obj)] if address.query(world.refs, obj) else words)


# Searching, registering.
REAL, NEVER = "Kwitosława Perepełycia", "Bożydarka Wierzchołska"
REAL_FACTS = {"birth": "1987-05-03", "phone": "600 123 456", "reference": "GD/77", "mail": "kp@example.org"}
NEVER_FACTS = {"birth": "1943-05-08", "phone": "711 987 654", "reference": "XY/31", "mail": "bw@example.org"}
ASSETS = re.compile(r"/ui/[0-9a-f]+/")
CHANGING = [
    (
        re.compile(r'(name="(?:csrfmiddlewaretoken|form|form_token)" value="|"X-CSRFToken": "|data-lock-?\w*=")[^"]*'),
        r"\1",
    ),
    (re.compile(r"/people/[0-9a-z]{12}/"), "/people/REF/"),
    (re.compile(r"\d+"), "0"),
]


@pytest.fixture
def here(db: None, settings: Any, tmp_path: Any) -> Point:
    settings.KEYS_DIR = tmp_path / "keys"
    point = factories.point(factories.organisation(), "Here")
    factories.person(point, "Somebody Else")
    return point


@pytest.fixture
def protected(here: Point) -> Person:
    """Registered under a name that everybody could find, then protected."""
    user = factories.user(here.organisation, "case_manager")
    staff.confirm(user, staff.set_up(user, "four words nobody would guess"))
    by = actor_for(user)
    assert by
    with ring(user.pk, staff.by_passphrase(user, "four words nobody would guess")), acting(by):
        newcomer = actions.Newcomer(
            [actions.NewName(REAL)],
            here,
            birth=REAL_FACTS["birth"],
            centre_reference=REAL_FACTS["reference"],
            phone=REAL_FACTS["phone"],
            emails=[REAL_FACTS["mail"]],
        )
        person = actions.register(by=by, newcomer=newcomer)
        return actions.protect(by=by, person=person)


def colleagues(here: Point) -> dict[str, User]:
    there = factories.point(here.organisation, "There")
    return {
        "of the point": factories.user(here.organisation, "adviser", here),
        "of another point": factories.user(here.organisation, "adviser", there),
        "who leads": factories.user(here.organisation, "coordinator"),
        "of all points": factories.user(here.organisation, "case_manager"),
    }


def same(text: str, typed: str) -> str:
    """A page without what was typed, and what is new in each."""
    text = ASSETS.sub("/ui/DIGEST/", text)  # whose digits may happen to be those that were typed
    for word in [typed, *typed.split()]:
        text = text.replace(word, "TYPED")
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text


def typed(name: str, facts: dict[str, str]) -> list[str]:
    """What one may type to find somebody: spellings, parts, dates, numbers."""
    plain = name.translate(str.maketrans("ławżóęśćź", "lawzoescz"))
    return [
        name,
        plain,
        name.split()[1],
        plain.lower(),
        f"{name} {facts['birth']}",
        f"{name} {facts['birth'][:4]}",
        *facts.values(),
    ]


@pytest.mark.parametrize("who", ["of the point", "of another point", "who leads", "of all points"])
def test_a_name_that_is_protected_is_a_name_that_never_was(here: Point, protected: Person, who: str) -> None:
    client = Client()
    client.force_login(colleagues(here)[who])
    for real, never in zip(typed(REAL, REAL_FACTS), typed(NEVER, NEVER_FACTS), strict=True):
        for name, word in (
            ("people:search", "q"),
            ("people:suggest", "q"),
            ("people:register_start", "q"),
            ("desk:who", "person_text"),
        ):
            told = [client.post(reverse(name), {word: text}) for text in (real, never)]
            assert told[0].status_code == told[1].status_code == 200
            assert same(told[0].text, real) == same(told[1].text, never), f"{name} tells of {real}"
    for text in (protected.alias, protected.ref):
        assert "Nobody" in client.post(reverse("people:search"), {"q": text}).text


@pytest.mark.parametrize("who", ["of the point", "of another point", "who leads", "of all points"])
def test_registering_them_once_more_is_refused_by_nothing(here: Point, protected: Person, who: str) -> None:
    """No "is it one of these?", no "this reference is taken", nothing in the queue of pairs."""
    user = colleagues(here)[who]
    told = [registered(user, here, *one) for one in ((REAL, REAL_FACTS), (NEVER, NEVER_FACTS))]
    assert told[0][1].splitlines() == told[1][1].splitlines()
    assert Person.objects.filter(protected=False).count() == 3


def registered(user: User, here: Point, name: str, facts: dict[str, str]) -> tuple[str, str]:
    client = Client()
    client.force_login(user)
    form = client.get(reverse("people:register")).context["form"]["form"].value()
    sent = {
        "name": name,
        "birth": facts["birth"],
        "phone": facts["phone"],
        "phone_safety": "yes",
        "centre_reference": facts["reference"],
        "form": form,
        "point": str(here.pk),
        "then": "open",
        "names-TOTAL_FORMS": "0",
        "names-INITIAL_FORMS": "0",
        "family-TOTAL_FORMS": "0",
        "family-INITIAL_FORMS": "0",
    }
    answer = client.post(reverse("people:register"), sent)
    assert answer.status_code == 302
    text = client.get(answer["Location"]).text.replace(answer["Location"].split("/")[2], "REF")
    for word in facts.values():
        text = text.replace(word, "TYPED")
    return same(answer["Location"], name), same(re.sub(r"<[^>]*>", "", text), name)  # links have references of rows


def test_who_must_not_see_somebody_finds_what_never_was(here: Point) -> None:
    person, user = (
        factories.person(here, REAL, birth=REAL_FACTS["birth"]),
        factories.user(here.organisation, "adviser", here),
    )
    Exclusion.objects.create(person=person, user=user)
    client = Client()
    client.force_login(user)
    for name, word in (("people:search", "q"), ("people:suggest", "q"), ("people:register_start", "q")):
        told = [client.post(reverse(name), {word: text}).text for text in (REAL, NEVER)]
        assert same(told[0], REAL) == same(told[1], NEVER)
