"""Set up an empty centre: the organisation, its first point and the first account.

What is not given as an option is asked. Nothing that exists is changed: a centre that is there is refused.
"""

import argparse
import re
import shlex
import sys
from gettext import gettext as _

from przystan.project.ownership import alone
from przystan.project.trouble import Exit, Trouble

from . import centre, keys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", type=str.strip, help=_("full name of the organisation"))
    parser.add_argument("--short-name", type=str.strip, help=_("its short name, shown in the page's corner"))
    parser.add_argument("--point", type=str.strip, help=_("name of the first point, usually the town"))
    parser.add_argument("--name", type=str.strip, help=_("name of the first member of staff"))
    parser.add_argument("--login", type=str.strip, help=_("user name of the account"))
    parser.add_argument("--role", choices=["coordinator", "administrator"], default="coordinator")
    parser.add_argument("--language", choices=["pl", "en", "uk", "ru"], default="pl", help=_("language of the account"))
    keys.add_code_file(parser)


def run(options: argparse.Namespace) -> int:
    with centre.opened(owner=True, founding=True), alone():
        centre.migrate()
        refuse_existing()
        answers = {
            "organisation": options.organisation or asked(_("Full name of the organisation")),
            "short_name": options.short_name or asked(_("Its short name")),
            "point": options.point or asked(_("Name of the first point (usually the town)")),
            "name": options.name or asked(_("Your name")),
            "login": options.login or asked(_("Your user name")),
        }
        print_key(options)
        password = create(answers, role=options.role, language=options.language)
    ready = _("The centre is ready. Log in as %(login)s with the password %(password)s and change it.")
    print(ready % {"login": answers["login"], "password": password})
    here = f" --data {shlex.quote(options.data)}" if "data" in options else ""
    print(
        _("What opens much takes two people. The second: przystan user add LOGIN --name NAME --role coordinator") + here
    )
    print(_("Start it with: przystan serve") + here)
    return Exit.FINE


def print_key(options: argparse.Namespace) -> None:
    """The code of the key file goes on paper before there is a centre: without both, sealed facts are lost."""
    from przystan.access.keys import centre as key_files

    keys.put_on_paper(key_files.newest(), options.code_file)


def refuse_existing() -> None:
    """Raise Trouble when there is a centre already."""
    from przystan.team.models import Organisation

    if found := Organisation.objects.first():
        said = _("There is a centre already: %(name)s. Choose another folder with --data.")
        raise Trouble(said % {"name": found.name}, Exit.FOLDER)


def asked(question: str) -> str:
    """The answer of a person at the terminal."""
    if not sys.stdin.isatty():
        said = _("Not answered: %(question)s. Give it as an option (przystan init --help).")
        raise Trouble(said % {"question": question}, Exit.USAGE)
    while not (answer := input(f"{question}: ").strip()):
        pass
    return answer


def create(answers: dict[str, str], *, role: str, language: str) -> str:
    """Make organisation, point and account, all or nothing; returns the account's first password."""
    from django.core.exceptions import ValidationError

    from przystan.access.actors import system
    from przystan.team import actions
    from przystan.team.models import Organisation, Point

    try:
        with centre.acting("przystan init"):
            organisation = Organisation(name=answers["organisation"], short_name=answers["short_name"])
            organisation.full_clean()
            organisation.save()
            by = system(organisation.pk, "przystan init")
            point = Point(name=answers["point"], code=code_of(answers["point"]))
            actions.save_point(by=by, point=point, changed=["name"])
            _user, password = actions.add_member(
                by=by, full_name=answers["name"], username=answers["login"], role=role, language=language
            )
    except ValidationError as error:
        raise Trouble(" ".join(error.messages), Exit.USAGE) from error
    return password


def code_of(name: str) -> str:
    """A short code in plain letters: "Pruszcz Gdański" -> "pruszcz-gdanski"."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:40] or "point"
