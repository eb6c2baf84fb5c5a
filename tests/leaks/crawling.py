"""Every page that an account can open, and what its answers carried."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from przystan.access.addresses import policy
from przystan.access.models import AuditEntry, User
from przystan.access.rights import every
from przystan.privacy.queries.glass import target_kinds
from tests.harness.modules import brought_by

from .world import World

SKIPPED = ("account_", "mfa_", "set_language", "ui:asset")


@dataclass(frozen=True)
class Answer:
    """One answer with the audit rows that it wrote."""

    url: str
    status: int
    body: str
    headers: str
    rows: tuple[AuditEntry, ...]


@dataclass(frozen=True)
class Some:
    """Of all addresses those that ask for one of these rights, or for none, as the others answer as if they were not
    there (tests/matrix); and of these one in `every`, and all that are `always` asked."""

    rights: frozenset[str]
    every: int = 1
    first: int = 0
    always: frozenset[str] = frozenset()


def crawl(world: World, user: User, searches: list[str], some: Some | None = None) -> Iterator[Answer]:
    """GET every URL pattern with every reference of the world that may fit, and ask every search for each word."""
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    for number, url in enumerate(dict.fromkeys(_urls(world, some.rights if some else None))):
        if some and number % some.every != some.first % some.every and url not in some.always:
            continue
        yield _answer(client, "get", url)
    for words in searches:
        for url, data in (
            (reverse("people:search"), {"q": words}),
            (reverse("people:register_start"), {"q": words}),
            (reverse("desk:who"), {"q": words, "who": words}),
        ):
            yield _answer(client, "post", url, data)


def _answer(client: Client, verb: str, url: str, data: dict[str, str] | None = None) -> Answer:
    before = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    response: HttpResponseBase = getattr(client, verb)(url, data or {})
    content = getattr(response, "content", b"") or b"".join(getattr(response, "streaming_content", []))
    rows = tuple(AuditEntry.objects.filter(seq__gt=before, action="read"))
    return Answer(url, response.status_code, content.decode(errors="replace"), str(response.headers), rows)


def _urls(world: World, only: frozenset[str] | None) -> Iterator[str]:
    asks, missing = policy(), set(every()) - (only or frozenset())
    for name, kwargs in _patterns(get_resolver(), ""):
        if name.startswith(SKIPPED) or (only is not None and asks.get(name) in missing):
            continue
        for values in _values(world, name, kwargs):
            try:
                yield reverse(name, kwargs=values)
            except NoReverseMatch:
                continue


def _patterns(resolver: URLResolver, space: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _patterns(one, inner)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", tuple(one.pattern.converters)


def _values(world: World, name: str, kwargs: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Values for the parts of an address: which rows it may speak of is said by its module (`crawled`)."""
    module = name.split(":")[0]
    own = brought_by("crawled").get(module, one_person)(world) + world.refs.get(module, [])
    if not kwargs:
        yield {}
        return
    fixed = {"kind": "channels", "key": "0" * 12, "code": "x"}
    notes = [note.ref for note in world.notes] if "note" in kwargs else [""]
    models = list(target_kinds()) if "model" in kwargs else [""]
    for ref, note, model in product(own, notes, models):
        yield {part: {**fixed, "note": note, "model": model}.get(part, ref) for part in kwargs}


def one_person(world: World) -> list[str]:
    return [person.ref for person in world.people.values()][:1]


def words_in(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
