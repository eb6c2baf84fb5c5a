"""The head of the audit chain, written down each day where whoever rewrites the database does not reach.

A line of the file `settings.AUDIT_ANCHORS` is `time seq mac key-id hmac`; the same line goes by mail to those who watch
over access, so that even the file cannot be cut without trace. The `hmac` closes over the rest of its line.
"""

import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import audit_keys
from .chain_check import Secrets
from .models import AuditAnchor, AuditHead, User

FILE, MAIL = "file", "mail"


class Anchor(NamedTuple):
    """One line: when (ISO 8601, UTC), and the head of that moment."""

    at: str
    seq: int
    mac: str
    key_id: str


@dataclass(frozen=True)
class Anchors:
    """What a file of anchors says: its genuine lines, and the numbers of those that are not."""

    genuine: list[Anchor]
    bad_lines: list[int]

    def by_seq(self) -> dict[int, tuple[bytes, str]]:
        """Row number -> its mac and when it was written down; of two lines for one row the first counts."""
        return {one.seq: (bytes.fromhex(one.mac), one.at) for one in reversed(self.genuine)}


def leave_the_server() -> bool:
    """Whether ends of the log go where who gets into the server cannot reach: by mail, or out of the data folder."""
    return bool(settings.EMAIL_HOST) or not Path(settings.AUDIT_ANCHORS).is_relative_to(settings.DATA_DIR)


def line_of(anchor: Anchor, secret: bytes) -> str:
    """The line of an anchor, without its end."""
    text = " ".join(map(str, anchor))
    return f"{text} {_closing(text, secret)}"


def _closing(text: str, secret: bytes) -> str:
    # "anchor": so that it can never be taken for the link of a row, which is JSON.
    return hmac.digest(secret, b"anchor " + text.encode(), "sha256").hex()


def anchors_in(lines: Iterable[str], secrets: Secrets) -> Anchors:
    """Read lines of anchors; empty ones do not count."""
    genuine, bad = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if anchor := _read(line.strip(), secrets):
            genuine.append(anchor)
        else:
            bad.append(number)
    return Anchors(genuine, bad)


def _read(line: str, secrets: Secrets) -> Anchor | None:
    text, _space, closing = line.rpartition(" ")
    parts = text.split(" ")
    secret = secrets.get(parts[-1])
    if secret is None or len(parts) != 4 or not hmac.compare_digest(_closing(text, secret).encode(), closing.encode()):
        return None
    return Anchor(parts[0], int(parts[1]), parts[2], parts[3])


def read_file(path: Path, secrets: Secrets) -> Anchors:
    """The anchors of a file; none when there is no file. OSError when it cannot be read."""
    try:
        return anchors_in(path.read_text("utf-8", errors="replace").splitlines(), secrets)
    except FileNotFoundError:
        return Anchors([], [])


@transaction.atomic
def write_down() -> str | None:
    """Append the head of now to the file, for good (fsync); returns the line, None while there is no chain."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    if head is None or head.seq == 0:
        return None
    key_id, secret = audit_keys.newest(chain_is_empty=False)
    at = timezone.now().astimezone(UTC).isoformat(timespec="seconds")
    line = line_of(Anchor(at, head.seq, bytes(head.mac).hex(), key_id), secret)
    append(Path(settings.AUDIT_ANCHORS), line)
    AuditAnchor.objects.create(seq=head.seq, where=FILE)
    return line


def append(path: Path, line: str) -> None:
    """Add a line at the end, on the disk before this returns; after a torn line it begins a new one."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "rb+", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        torn = end > 0 and os.pread(descriptor, 1, end - 1) != b"\n"
        file.write(("\n" if torn else "").encode() + line.encode() + b"\n")
        os.fsync(descriptor)


def send(line: str, reader: User) -> None:
    """Mail the line to somebody who keeps it, in words that say nothing to others. Raises OSError, as SMTP does."""
    if not settings.EMAIL_HOST:
        raise ConnectionError("no mail server is set up")
    with translation.override(reader.language):
        words = _("Please keep this message. Its last line shows later that nothing was taken out of the records.")
        send_mail(_("For your files"), f"{words}\n\n{line}\n", None, [reader.email])


def note_sent(line: str) -> None:
    """The mail server has taken it."""
    AuditAnchor.objects.create(seq=int(line.split(" ")[1]), where=MAIL)
