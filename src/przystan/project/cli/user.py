"""Add an account, or give one a new first password.

For when nobody can log in; otherwise the team's page does it. Every use is written to the audit log.
"""

import argparse
from gettext import gettext as _

from przystan.project.trouble import Exit, Trouble

from . import centre


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="what", metavar=_("ACTION"), required=True)
    add = actions.add_parser("add", help=_("add an account with one role"))
    add.add_argument("login", metavar=_("LOGIN"), help=_("user name of the account"))
    add.add_argument("--name", required=True, help=_("name of the person"))
    add.add_argument("--role", required=True, help=_("such as adviser, coordinator, administrator"))
    add.add_argument("--organisation", help=_("short name; needed only where there are several"))
    add.add_argument("--language", choices=["pl", "en", "uk", "ru"], default="pl", help=_("language of the account"))
    password = actions.add_parser("password", help=_("new first password; the second step of login is taken off"))
    password.add_argument("login", metavar=_("LOGIN"), help=_("user name of the account"))


def run(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    with centre.opened():
        centre.require_migrated()
        try:
            with centre.acting("przystan user"):
                password = add(options) if options.what == "add" else reset(options.login)
        except ValidationError as error:
            raise Trouble(" ".join(error.messages), Exit.USAGE) from error
    print(_("First password of %(login)s: %(password)s") % {"login": options.login, "password": password})
    return Exit.FINE


def add(options: argparse.Namespace) -> str:
    """A new account; returns its first password."""
    from przystan.access.actors import system
    from przystan.access.roles import BY_CODE
    from przystan.team import actions

    if options.role not in BY_CODE:
        said = _("There is no role %(role)s. There are: %(roles)s.")
        raise Trouble(said % {"role": options.role, "roles": ", ".join(BY_CODE)}, Exit.USAGE)
    by = system(organisation(options.organisation), "przystan user add")
    _user, password = actions.add_member(
        by=by, full_name=options.name, username=options.login, role=options.role, language=options.language
    )
    return password


def organisation(short_name: str | None) -> int:
    """Number of the organisation: the only one, or the one of this short name."""
    from przystan.team.models import Organisation

    found = Organisation.objects.filter(**({"short_name": short_name} if short_name else {}))[:2]
    if len(found) != 1:
        names = ", ".join(Organisation.objects.values_list("short_name", flat=True)) or "przystan init"
        said = _("Which organisation? Name one with --organisation. There are: %(names)s.")
        raise Trouble(said % {"names": names}, Exit.USAGE)
    return int(found[0].pk)


def reset(login: str) -> str:
    """A new first password for an account."""
    from przystan.access.actors import system
    from przystan.access.models import User
    from przystan.team import actions

    user = User.objects.filter(username__iexact=login).first()
    membership = user.memberships.first() if user else None
    if user is None or membership is None:
        raise Trouble(_("There is no account %(login)s with a place in the team.") % {"login": login}, Exit.USAGE)
    return actions.reset_login(by=system(membership.organisation_id, "przystan user password"), user=user)
