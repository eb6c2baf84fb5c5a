"""The folder of key files: is it private, is everything there, is each centre key on paper too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from .. import keyfiles
from ..models import KeyWrap
from . import boxes, centre

PRIVATE = 0o077  # what nobody but the service's own user may have


def used() -> dict[str, int]:
    """How many data keys each centre key closes: number of the file -> count."""
    wraps = KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE)
    return dict(wraps.order_by().values_list("centre_key").annotate(Count("pk")))


def on_paper(number: str) -> str:
    """The day (ISO) on which the printed code of a centre key was typed back; "" when it never was."""
    try:
        return _mark(number).read_text().strip()
    except FileNotFoundError:
        return ""


def confirm(number: str, typed: str) -> None:
    """The printed code, typed back. Raises boxes.Closed when it was mistyped or is of another key."""
    if boxes.from_print(typed) != centre.key(number):
        raise boxes.Closed
    note(number)


def note(number: str) -> None:
    """Write down that this key is on paper."""
    path = _mark(number)
    path.touch(mode=0o600)
    path.write_text(f"{date.today().isoformat()}\n")  # noqa: DTZ011 - a note for people


def faults() -> Iterator[str]:
    """What is wrong with the key files, in sentences. The demo needs no paper."""
    folder = keyfiles.folder()
    yield from (_open(path) for path in [folder, *sorted(folder.glob("*.key"))] if path.stat().st_mode & PRIVATE)
    there = set(map(str, centre.numbers()))
    # One that was retired, and then deleted, has left its note that it was on paper.
    promised = {} if there else dict.fromkeys(map(str, keyfiles.on_paper("centre")[-1:]), 0)
    for number, count in sorted((promised | used()).items()):
        if number not in there and not centre.is_there(number):
            said = _(
                "The key file centre-%(number)s.key is missing. Keys that need it: %(count)d. "
                "Say: przystan keys recover %(number)s"
            )
            yield said % {"number": number, "count": count}
    for number in sorted(there, key=int):
        if not settings.DEMO and not on_paper(number):
            said = _("The code of centre-%(number)s.key was never typed back from paper: przystan keys confirm")
            yield said % {"number": number}
    if there and (count := centre.waiting()):
        yield _("Keys still closed by an older file: %(count)d. Say: przystan keys rotate") % {"count": count}


def _open(path: Path) -> str:
    command = f"chmod {700 if path.is_dir() else 600} {path}"
    return _("Others on this machine may use %(path)s: %(command)s") % {"path": path, "command": command}


def _mark(number: str) -> Path:
    return keyfiles.folder() / f"centre-{number}.on-paper"
