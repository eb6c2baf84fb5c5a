"""What a command asks a person at the terminal."""

import getpass
import sys
from gettext import gettext as _

from przystan.project.language import CODES
from przystan.project.trouble import Exit, Trouble

LANGUAGE = "Język, language, мова, язык"  # asked before one is known


def language(usual: str) -> str:
    """The code that somebody chose; `usual` for Enter, and where nobody can be asked."""
    if not sys.stdin.isatty():
        return usual
    while (code := asked(f"{LANGUAGE} ({', '.join(CODES)})", usual).lower()) not in CODES:
        pass
    return code


def asked(question: str, suggested: str = "") -> str:
    """The answer of a person at the terminal; Enter takes what is suggested.

    Where nobody can be asked it is the suggestion; Trouble where there is none.
    """
    if not sys.stdin.isatty():
        if suggested:
            return suggested
        said = _("Not answered: %(question)s. Give it as an option (przystan init --help).")
        raise Trouble(said % {"question": question}, Exit.USAGE)
    shown = f"{question} [{suggested}]: " if suggested else f"{question}: "
    while not (answer := input(shown).strip() or suggested):
        pass
    return answer


def password(name: str, login: str) -> str:
    """A password that somebody chose, typed twice and seen by nobody; "" for Enter, and where nobody can be asked."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from przystan.access.models import User

    if not sys.stdin.isatty():
        return ""
    while chosen := getpass.getpass(_("Your password, 12 characters or more (Enter: we make one)") + ": "):
        try:
            validate_password(chosen, User(username=login, full_name=name))
        except ValidationError as error:
            print(" ".join(error.messages))
            continue
        if getpass.getpass(_("Once more") + ": ") == chosen:
            break
        print(_("These two are not the same."))
    return chosen
