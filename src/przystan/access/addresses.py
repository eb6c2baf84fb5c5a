"""Addresses, each with the right that it asks for. One that asks for nothing is refused (`project.middleware`)."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from .actors import Actor
from .rights import Right

PUBLIC = "public"  # anyone, without login
STAFF = "staff"  # any member of staff who has logged in
CLOSED = "closed"  # comes with a library and is not used here: answers "not found" to everybody

Asks = Right | str
View = Callable[..., HttpResponseBase]


def opens(asks: Asks | None, actor: Actor) -> bool:
    """Whether a member of staff may open what asks for this."""
    return actor.can(asks) if isinstance(asks, Right) else asks in (PUBLIC, STAFF)


class Page(URLPattern):
    """As `path` makes it, and what it asks for. `background`: a part that pages fetch by themselves, which is no sign
    that somebody is there. `secret`: whoever has the address may do what it does, so it goes nowhere else. `guide`: the
    page of the guide that tells of it, where that is not its module's (`access.modules.guides`)."""

    asks: Asks
    background: bool
    secret: bool
    guide: str


def page(
    route: str, view: View, asks: Asks, name: str, *, background: bool = False, secret: bool = False, guide: str = ""
) -> Page:
    """One address of ours, beside the right that opens it: `page("new/", views.new, CASES_WRITE, "new")`."""
    found = Page(RoutePattern(route, name=name, is_endpoint=True), view, None, name)
    found.asks, found.background, found.secret, found.guide = asks, background, secret, guide
    return found


def opened(included: Any, asks: Mapping[str, Asks], guide: str) -> Any:
    """What `include` gives of a library, each of its addresses with what it asks for, {name: right}, and the page of
    the guide that tells of them."""
    patterns = getattr(included[0], "urlpatterns", included[0])
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            opened((pattern.url_patterns,), asks, guide)
        elif pattern.name in asks:
            pattern.asks, pattern.guide = asks[pattern.name], guide
    return included


@cache
def policy() -> dict[str, Asks]:
    """{view name: what it asks for} of every address that says so."""
    return {name: pattern.asks for name, pattern in named() if hasattr(pattern, "asks")}


@cache
def background() -> frozenset[str]:
    """View names of parts that pages fetch by themselves."""
    return frozenset(name for name, pattern in named() if getattr(pattern, "background", False))


@cache
def secret() -> frozenset[str]:
    """View names of addresses that open something by themselves."""
    return frozenset(name for name, pattern in named() if getattr(pattern, "secret", False))


def named(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Every address there is, under its name as in `request.resolver_match.view_name`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name or pattern.lookup_str}", pattern
