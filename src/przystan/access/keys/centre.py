"""The centre's key: files `centre-1.key`, `centre-2.key`, … beside the database. They close the keys of tier 2."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from .. import keyfiles
from ..models import KeyWrap
from . import boxes

BATCH = 500
RETIRED = "retired"


class CentreKeyMissing(keyfiles.KeyMissing):
    """Something is closed by a key file that is not there."""


def numbers() -> list[int]:
    """Numbers of the key files there are, in order."""
    return keyfiles.numbers("centre")


def newest() -> str:
    """The number of the file that closes from now on; the first is made when nothing was ever closed, and no code of
    one is on paper: a new file would have another."""
    found = numbers()
    if found:
        return str(found[-1])
    if keyfiles.on_paper("centre") or KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE).exists():
        said = _("There is no centre key in %(folder)s. Put it back from its printed code.")
        raise CentreKeyMissing(said % {"folder": keyfiles.folder()})
    keyfiles.made(_name("1"))
    return "1"


def key(number: str) -> bytes:
    """The key of this number. Raises CentreKeyMissing."""
    for path in _places(number):
        if path.exists():
            return path.read_bytes()
    said = _("The file %(name)s is missing in %(folder)s.")
    raise CentreKeyMissing(said % {"name": _name(number), "folder": keyfiles.folder()})


def is_there(number: str) -> bool:
    """Whether there is a file of this number, in use or retired."""
    return any(path.exists() for path in _places(number))


def close(secret: bytes, bound: bytes) -> tuple[str, bytes]:
    """(number of the file, closed secret)."""
    number = newest()
    return number, boxes.close(key(number), secret, bound)


def renew() -> str:
    """Make the next file; everything closed from now on is closed with it. Returns its number."""
    number = str(int(newest()) + 1)
    keyfiles.made(_name(number))
    return number


def waiting() -> int:
    """How many keys are still closed by an older file."""
    return KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE).exclude(centre_key=newest()).count()


def rewrap() -> int:
    """Close the next few keys with the newest file, in one transaction; returns how many. Repeat until 0.

    Can be stopped and begun again at any moment: a key is closed either by the old file or by the new one.
    """
    number = newest()
    old = KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE).exclude(centre_key=number)
    with transaction.atomic():
        wraps = list(old.select_related("key").select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
        files = {one: key(one) for one in {wrap.centre_key for wrap in wraps}}
        for wrap in wraps:
            bound = wrap.key.ref.encode()
            secret = boxes.reopen(files[wrap.centre_key], bytes(wrap.blob), bound)
            wrap.centre_key, wrap.blob = number, boxes.close(key(number), secret, bound)
        KeyWrap.objects.bulk_update(wraps, ["centre_key", "blob"])
    return len(wraps)


def retire() -> list[str]:
    """Delete files that close nothing any more; returns their numbers. Older backups need their printed codes."""
    used = set(KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE).values_list("centre_key", flat=True).distinct())
    gone = [str(number) for number in numbers() if str(number) not in used | {newest()}]
    retired = keyfiles.folder() / RETIRED
    retired.mkdir(mode=0o700, exist_ok=True)
    for number in gone:
        (keyfiles.folder() / _name(number)).rename(retired / _name(number))
    return gone


def code(number: str) -> str:
    """The key as it is printed and typed back."""
    return boxes.printed(key(number))


def restore(number: str, printed: str) -> None:
    """Write a file anew from its printed code. Raises boxes.Closed when it was mistyped or opens nothing here."""
    secret = boxes.from_print(printed)
    wrap = KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE, centre_key=number).select_related("key").first()
    if wrap:
        boxes.reopen(secret, bytes(wrap.blob), wrap.key.ref.encode())
    keyfiles.write(keyfiles.folder() / _name(number), secret)


def _places(number: str) -> tuple[Path, Path]:
    return keyfiles.folder() / _name(number), keyfiles.folder() / RETIRED / _name(number)


def _name(number: str) -> str:
    return f"centre-{number}.key"
