"""What each address may ask for: bytes, seconds, and where it waits for a thread."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve

from przystan.access.addresses import PUBLIC, policy
from przystan.project.budget import COUNTING

KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    body: int  # bytes at most
    reading: float  # seconds for the whole body to come
    answer: float  # seconds until somebody is told that we cannot tell
    quick: bool = False  # waits apart from the work of the staff: it never asks for what they may hold


OPEN = Bounds(body=64 * KB, reading=20, answer=9, quick=True)  # for anybody: login, styles, whether we are alive
FORM = Bounds(body=2 * MB, reading=30, answer=9)
LONG = Bounds(body=2 * MB, reading=30, answer=60)
FILE = Bounds(body=(settings.IMPORT_MEGABYTES + 2) * MB, reading=300, answer=60)  # and what comes around the file
# Forms with a file, by their name (tests/project/test_serving.py holds it against the forms).
UPLOADS = {"exchange:imports": FILE, "funding:take_file": FORM}


def bounds_of(path: str) -> Bounds:
    """The bounds of a request. An address that does not exist has the least."""
    if path.startswith(settings.STATIC_URL):
        return OPEN
    try:
        name = resolve(path).view_name
    except Resolver404:
        return OPEN
    if policy().get(name) == PUBLIC:
        return OPEN
    return UPLOADS.get(name) or (LONG if name.startswith(COUNTING) else FORM)
