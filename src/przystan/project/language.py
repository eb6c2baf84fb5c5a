"""The language of the command line: PRZYSTAN_LANGUAGE, else that of the environment, else English.

A command speaks before Django is ready, and argparse without it. So what is said in `project` on the command line goes
through the standard library's `gettext`, which `speak` points to the catalogues of the interface.
"""

import gettext
import inspect
import os
import re
import sys
from io import TextIOWrapper
from pathlib import Path

from .trouble import Exit, Trouble

CODES = ("pl", "en", "uk", "ru")
OURS, ENVIRONMENT = "PRZYSTAN_LANGUAGE", ("LC_ALL", "LC_MESSAGES", "LANG")
CATALOGUES = Path(__file__).resolve().parent / "locale"
DOMAIN = "django"  # what Django calls its catalogues, and ours are the same


def chosen() -> str:
    """Code of the language: the first variable that is set decides, as everywhere; one we have not becomes English."""
    wanted = next(filter(None, (os.environ.get(name, "") for name in (OURS, *ENVIRONMENT))), "")
    code = re.split(r"[_.@-]", wanted)[0].lower()
    return code if code in CODES else "en"


def speak() -> None:
    """From here on `gettext` and argparse speak the chosen language. Raises Trouble for one we have not."""
    code = chosen()
    os.environ["LANGUAGE"] = code  # the variable that gettext asks first; no other program of ours reads it
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no Cyrillic shows "?", and the work goes on
            stream.reconfigure(errors="replace")
    if (ours := os.environ.get(OURS)) and ours != code:
        said = gettext.gettext("PRZYSTAN_LANGUAGE is %(code)s, which is none of %(known)s.")
        raise Trouble(said % {"code": ours, "known": ", ".join(CODES)}, Exit.SETTINGS)


def use(code: str) -> None:
    """From here on this command, and what it starts, speaks this language."""
    os.environ[OURS] = code
    speak()


def gettext_noop(message: str) -> str:
    """Marks a sentence for translators where nothing can be said yet."""
    return message


def paragraphs(text: str) -> list[str]:
    """Those of a docstring, each on one line: as translators find them and `--help` shows them."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]
