"""What the staff frame shows around every page: the side list, the languages, who I am."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from przystan.access import names
from przystan.access.rights import Right as R

Label = str | Promise
PRIVACY = frozenset({R.GLASS_APPROVE, R.GLASS_REVIEW, R.AUDIT_READ, R.PEOPLE_ANSWER})
# label, url name, icon, right that is needed (None: every member of staff), or any one of several
NAVIGATION: list[tuple[Label, str, str, R | frozenset[R] | None]] = [
    (_("Today"), "desk:today", "sun", None),
    (_("People"), "people:search", "users", R.PEOPLE_READ),
    (_("Supports"), "desk:supports", "notebook-pen", R.SUPPORT_READ),
    (_("Cases"), "casework:cases", "folder-lock", R.CASES_READ),
    (_("Programmes"), "funding:programmes", "landmark", R.PROGRAMMES_READ),
    (_("Reports"), "reports:index", "chart-column", R.REPORTS_READ),
    (_("Imports"), "exchange:imports", "file-up", R.IMPORT),
    (_("Team"), "team:members", "id-card", R.TEAM_READ),
    (_("Privacy"), "privacy:index", "shield", PRIVACY),
    (_("Settings"), "desk:settings", "settings", None),
]


@dataclass(frozen=True)
class NavItem:
    label: Label
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
        "nav": _navigation(request) if actor else [],
        "languages": settings.LANGUAGES,
        "lock_in": str(getattr(request, "lock_in", "")),
        "actor": actor,
        "initials": "".join(word[0] for word in actor.name.split()[:2]).upper() if actor else "",
        "can_search": bool(actor and actor.can(R.PEOPLE_READ)),
        "can_log": bool(actor and actor.can(R.SUPPORT_LOG)),
    }


def _navigation(request: HttpRequest) -> list[NavItem]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        NavItem(label, reverse(name), icon, here.startswith(name.split(":")[0] + ":") and _same_area(here, name))
        for label, name, icon, right in NAVIGATION
        if _allowed(request, right)
    ]


def _allowed(request: HttpRequest, needed: R | frozenset[R] | None) -> bool:
    rights = needed if isinstance(needed, frozenset) else {needed}
    return needed is None or bool(request.actor.rights & rights)


def _same_area(here: str, name: str) -> bool:
    return here.split(":")[0] != "desk" or here == name
