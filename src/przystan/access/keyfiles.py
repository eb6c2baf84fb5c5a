"""Key files: outside the database, so that a copy of it, or its backup, is no use to a thief."""

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

BYTES = 32


class KeyMissing(RuntimeError):
    """A key file that something rests on is not there; `str()` says which, for people."""


def folder() -> Path:
    """The folder of key files, private; made on first use."""
    place = Path(settings.KEYS_DIR)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def made(name: str) -> bytes:
    """The key of this name (32 bytes), made if there is none yet."""
    path = folder() / name
    if not path.exists():
        write(path, secrets.token_bytes(BYTES))
    return path.read_bytes()


def numbers(kind: str) -> list[int]:
    """Numbers of the keys of a kind that there are, in order: 1 of "centre" is `centre-1.key`."""
    name = re.compile(rf"{kind}-([1-9]\d*)\.key")
    found = (name.fullmatch(path.name) for path in folder().iterdir())
    return sorted(int(match[1]) for match in found if match)


def on_paper(kind: str) -> list[int]:
    """Numbers of the keys whose code somebody has typed back from paper, be the file there or not."""
    name = re.compile(rf"{kind}-([1-9]\d*)\.on-paper")
    found = (name.fullmatch(path.name) for path in folder().iterdir())
    return sorted(int(match[1]) for match in found if match)


def write(path: Path, key: bytes) -> None:
    """Write a key file, whole or not at all; one that exists stays as it is."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
