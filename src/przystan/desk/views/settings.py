"""Settings: what concerns me, and what concerns the centre."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from przystan.access.unlocking import may_hold
from przystan.institutions.rights import INSTITUTIONS_KINDS
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.people.rights import CONSENTS_SIGNERS
from przystan.results.rights import RESULTS_KINDS
from przystan.support.rights import CATALOGUE_WRITE
from przystan.team.rights import TEAM_READ


def settings(request: HttpRequest) -> HttpResponse:
    """Links only: each thing is set where it lives."""
    return render(request, "desk/settings.html", {"mine": _mine(request), "centre": _centre(request)})


def _mine(request: HttpRequest) -> list[tuple[str, str, str, str]]:
    key = (
        "key-round",
        _("Your key to protected files"),
        _("Set it up, unlock it, change its passphrase."),
        reverse("keys:keys"),
    )
    return [
        *([key] if may_hold(request.actor) else []),
        (
            "key-round",
            _("Password"),
            _("Change it when somebody may have seen it."),
            reverse("account_change_password"),
        ),
        ("file-down", _("My files"), _("What takes long to make, kept for one day."), reverse("errands:index")),
        ("smartphone", _("Second step of login"), _("An app with codes, or a passkey."), reverse("mfa_index")),
    ]


def _centre(request: HttpRequest) -> list[tuple[str, str, str, str]]:
    """icon, title, sentence, address of what this actor may open."""
    links = [
        (None, "book-open", _("What roles may do"), _("Every role and its rights, in words."), "team:roles"),
        (None, "map-pin", _("Points and hours"), _("Where and when people are received."), "team:points"),
        (
            None,
            "table",
            _("Who may see what"),
            _("Roles, tiers and addresses: the tables that decide."),
            "access_table",
        ),
        (TEAM_READ, "id-card", _("Team"), _("Accounts and roles."), "team:members"),
        (CATALOGUE_WRITE, "list-tree", _("Catalogue"), _("Services and topics."), "support:catalogue"),
        (RESULTS_KINDS, "flag", _("Kinds of results"), _("What can come of support."), "results:kinds"),
        (
            INSTITUTIONS_KINDS,
            "building-2",
            _("Kinds of institutions"),
            _("What an institution or an agreement can be."),
            "institutions:kinds",
        ),
        (
            CONSENTS_SIGNERS,
            "file-check",
            _("Who signs for a consent"),
            _("Parents, guardians, the person: at which age."),
            "people:consents",
        ),
        (LEDGER_CLOSE, "lock", _("Closed periods"), _("Months whose records no longer change."), "desk:periods"),
    ]
    return [
        (icon, title, text, reverse(name))
        for right, icon, title, text, name in links
        if right is None or request.actor.can(right)
    ]
