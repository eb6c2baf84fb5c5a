"""What the staff frame shows around every page: the side list, the languages, who I am."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from przystan.access import names
from przystan.access.modules import Words, guides, navigation, way
from przystan.people.rights import PEOPLE_READ
from przystan.support.rights import SUPPORT_LOG


@dataclass(frozen=True)
class NavItem:
    label: Words
    url: str
    icon: str
    active: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Template context `frame`, built only when a template asks for it."""
    return {
        "frame": SimpleLazyObject(lambda: _build(request)),
        "place": SimpleLazyObject(lambda: _place(request)),
        "DEMO": settings.DEMO,
    }


def _place(request: HttpRequest) -> dict[str, object]:
    """Where the page was opened: what hinders passkeys there, where they work, and whether the login is kept at all."""
    host, secure = request.get_host(), request.is_secure()
    return {
        "hindrance": names.hindrance(host, secure=secure),
        "better": names.better(host, settings.PUBLIC_NAMES),
        "forgets": settings.SESSION_COOKIE_SECURE and not secure and not names.is_here(names.host_of(host)),
        "passkeys_later": not settings.REQUIRE_PASSKEY,
    }


def _build(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    return {
        "paths": _paths(),
        "help": way("guide", _guide(request)),
        "nav": _navigation(request) if actor else [],
        "languages": settings.LANGUAGES,
        "lock_in": str(getattr(request, "lock_in", "")),
        "actor": actor,
        "initials": "".join(word[0] for word in actor.name.split()[:2]).upper() if actor else "",
        "can_search": bool(actor and actor.can(PEOPLE_READ)),
        "can_log": bool(actor and actor.can(SUPPORT_LOG)),
    }


def _paths() -> dict[str, str]:
    """Where the frame leads."""
    ours = {name: way(name) for name in ("home", "search", "suggest", "log", "settings")}
    account = {name: reverse(f"account_{name}") for name in ("login", "logout", "session")}
    return ours | account | {"drafts": reverse("drafts:index")}


def _guide(request: HttpRequest) -> str:
    """The page of the guide that tells of what is open; the first one where nothing is."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return guides().get(name, "index")


def _navigation(request: HttpRequest) -> list[NavItem]:
    entries = [entry for entry in navigation() if not entry.rights or request.actor.rights & entry.rights]
    here = _here(request, {entry.address: reverse(entry.address) for entry in entries})
    return [NavItem(entry.label, reverse(entry.address), entry.icon, entry.address == here) for entry in entries]


def _here(request: HttpRequest, urls: dict[str, str]) -> str | None:
    """Which of these addresses a page belongs to: of its module's the one that its path goes on from, else the first.

    Each of the desk's stands for itself.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    area = name.partition(":")[0]
    ours = [address for address in urls if address.startswith(f"{area}:")] if area != "desk" else []
    begun = [address for address in ours if request.path.startswith(urls[address])]
    if name in urls:
        return name
    return max(begun, key=lambda address: len(urls[address]), default=None) or next(iter(ours), None)
