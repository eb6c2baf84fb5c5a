"""What a centre has beside its database: documents, anchors of the audit log, settings; never a key or a password."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings

from przystan.project import cluster

from .parts import Part, pieces, whole

SETTINGS, LOCAL, ANCHORS, MEDIA = "settings.env", "local.conf", "anchors.log", "media"
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "EMAIL_URL")
SECRET = ("PRZYSTAN_SECRET_KEY",)
LEFT_OUT = "..."


def parts(last_row: int, anchors_before: int) -> Iterator[Part]:
    """Everything beside the database. For the two numbers see `anchors`."""
    yield whole(SETTINGS, said_settings())
    local = cluster.Places(cluster.data_dir()).data / LOCAL
    if "DATABASE_URL" not in os.environ and local.exists():
        yield whole(LOCAL, local.read_bytes())
    if Path(settings.AUDIT_ANCHORS).exists():
        yield whole(ANCHORS, anchors(last_row, anchors_before))
    yield from documents(Path(settings.MEDIA_ROOT))


def said_settings() -> bytes:
    """The variables that are set, as lines of an environment file; passwords in addresses are left out."""
    names = sorted(name for name in os.environ if name.startswith("PRZYSTAN_") and name not in SECRET)
    lines = [f"{name}={os.environ[name]}" for name in names]
    lines += [f"{name}={without_password(os.environ[name])}" for name in ADDRESSES if os.environ.get(name)]
    return "".join(f"{line}\n" for line in lines).encode()


def without_password(address: str) -> str:
    """An address whose password is left out, wherever it stands; all of one in which that cannot be told."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return LEFT_OUT
    who, at, place = parts.netloc.rpartition("@")
    name, colon, _password = who.partition(":")
    if "@" in parts.path + parts.query + parts.fragment or not parts.scheme:
        return LEFT_OUT  # a password with "/", "?" or "#" in it ends the host too early
    options = [(key, LEFT_OUT if "password" in key.lower() else value) for key, value in parse_qsl(parts.query)]
    who = f"{name}{colon}{LEFT_OUT if colon else ''}{at}"
    return parts._replace(netloc=who + place, query=urlencode(options, safe="./"), fragment="").geturl()


def anchors_length() -> int:
    """Bytes in the file of anchors now."""
    try:
        return Path(settings.AUDIT_ANCHORS).stat().st_size
    except FileNotFoundError:
        return 0


def anchors(last_row: int, before: int) -> bytes:
    """The file of anchors without what was added after the snapshot, whose last row of the audit log is `last_row`.

    Read after the snapshot, so every anchor that the database knows of is in it. Of the first `before` bytes, which
    were there earlier, nothing is left out, whatever they say: a log that was cut must not look sound in its backup.
    """
    content = Path(settings.AUDIT_ANCHORS).read_bytes()
    added = [line for line in content[before:].splitlines(keepends=True) if row_of(line) <= last_row]
    return content[:before] + b"".join(added)


def row_of(line: bytes) -> int:
    """The row of the audit log that a line is about; 0 for what is no anchor."""
    parts = line.split(b" ")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def documents(folder: Path) -> Iterator[Part]:
    """The files of a folder."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            yield whole_file(f"{MEDIA}/{path.relative_to(folder)}", path)


def whole_file(name: str, path: Path) -> Part:
    """A file as it is now; what is added to it while it is read is left out."""
    size = path.stat().st_size
    return Part(name, size, _limited(path, size))


def _limited(path: Path, left: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        for piece in pieces(file):
            yield piece[:left]
            left -= len(piece[:left])
            if not left:
                return
    if left:
        yield bytes(left)
