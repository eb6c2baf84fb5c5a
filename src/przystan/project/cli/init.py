"""Set up an empty centre: the organisation, its first point and the first account.

What is not given as an option is asked. Nothing that exists is changed: a centre that is there is refused.
"""

import argparse
import re
import shlex
from gettext import gettext as _

from przystan.project import language
from przystan.project.ownership import alone
from przystan.project.trouble import Exit, Trouble

from . import centre, keys, questions


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", type=str.strip, help=_("full name of the organisation"))
    parser.add_argument("--short-name", type=str.strip, help=_("its short name, shown in the page's corner"))
    parser.add_argument("--point", type=str.strip, help=_("name of the first point, usually the town"))
    parser.add_argument("--name", type=str.strip, help=_("name of the first member of staff"))
    parser.add_argument("--login", type=str.strip, help=_("user name of the account"))
    parser.add_argument("--role", choices=["coordinator", "administrator"], default="coordinator")
    parser.add_argument("--language", choices=language.CODES, help=_("of the account, and of what this command says"))
    keys.add_code_file(parser)


def run(options: argparse.Namespace) -> int:
    language.use(options.language or questions.language(language.chosen()))
    with centre.opened(owner=True, founding=True), alone():
        centre.migrate()
        refuse_existing()
        answers = answered(options)
        own = questions.password(answers["name"], answers["login"])
        print_key(options)
        first = create(answers, role=options.role, language=language.chosen(), password=own)
    print(ready(answers["login"], "" if own else first))
    here = f" --data {shlex.quote(options.data)}" if "data" in options else ""
    print(_("Start it with: przystan serve") + here)
    return Exit.FINE


def answered(options: argparse.Namespace) -> dict[str, str]:
    """What was given as options, and asked where it was not."""
    organisation = options.organisation or questions.asked(_("Full name of the organisation"))
    short_name = options.short_name or questions.asked(_("Its short name"), short(organisation))
    point = options.point or questions.asked(_("Name of the first point (usually the town)"))
    name = options.name or questions.asked(_("Your name"))
    login = options.login or questions.asked(_("Your user name"), code_of(name.split()[0]))
    return {"organisation": organisation, "short_name": short_name, "point": point, "name": name, "login": login}


def ready(login: str, password: str) -> str:
    """That it is done, and how to log in; `password`: the one that was made here, "" where somebody chose their own."""
    if password:
        said = _("The centre is ready. Log in as %(login)s with the password %(password)s and change it.")
        return said % {"login": login, "password": password}
    return _("The centre is ready. Log in as %(login)s with the password that you chose.") % {"login": login}


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


def create(answers: dict[str, str], *, role: str, language: str, password: str) -> str:
    """Make organisation, point and account, all or nothing; returns the account's password."""
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
                by=by,
                full_name=answers["name"],
                username=answers["login"],
                role=role,
                language=language,
                own_password=password,
            )
    except ValidationError as error:
        raise Trouble(" ".join(error.messages), Exit.USAGE) from error
    return password


def short(name: str) -> str:
    """Its capitals, where a name has some: "Centrum Wsparcia Imigrantów" -> "CWI"; else the name itself."""
    capitals = "".join(word[0] for word in name.split() if word[0].isupper())
    return capitals if len(capitals) > 1 else name[:40]


def code_of(name: str) -> str:
    """A short code in plain letters: "Pruszcz Gdański" -> "pruszcz-gdanski"."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:40] or "point"
