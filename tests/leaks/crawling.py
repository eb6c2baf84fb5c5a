"""Every page that an account can open, and what its answers carried."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product

from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from przystan.access.addresses import policy
from przystan.access.models import AuditEntry, User
from przystan.access.rights import every
from przystan.privacy.queries.glass import target_kinds
from tests.harness import seed
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
    there (tests/matrix); and of these one in `every`, and all that are `always` asked. `others`: of the others, too,
    one page of each address, drawn by the day under this name."""

    rights: frozenset[str]
    every: int = 1
    first: int = 0
    always: frozenset[str] = frozenset()
    others: str = ""


def crawl(world: World, user: User, searches: list[str], some: Some | None = None) -> Iterator[Answer]:
    """GET every URL pattern with every reference of the world that may fit, and ask every search for each word.

    An address that takes no GET takes none whatever it leads to, so it is asked once.
    """
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    only_posts = set()
    for number, (name, url) in enumerate(dict.fromkeys(_urls(world, some))):
        if some and number % some.every != some.first % some.every and url not in some.always:
            continue
        if name not in only_posts:
            yield (answer := _answer(client, "get", url))
            only_posts |= {name} if answer.status == 405 else set()
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


def _urls(world: World, some: Some | None) -> Iterator[tuple[str, str]]:
    """Name of each address, and where it leads."""
    asks, missing = policy(), set(every()) - some.rights if some else set()
    for name, kwargs in _patterns(get_resolver(), ""):
        if not name.startswith(SKIPPED):
            found = list(_reversed(world, name, kwargs))
            if some and found and asks.get(name) in missing:
                found = [seed.one_of(found, f"{some.others} {name}")] if some.others else []
            yield from ((name, url) for url in found)


def _reversed(world: World, name: str, kwargs: tuple[str, ...]) -> Iterator[str]:
    for values in _values(world, name, kwargs):
        with suppress(NoReverseMatch):
            yield reverse(name, kwargs=values)


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
