"""Key files: private, on paper, and each opens something that was closed with it."""

from collections.abc import Iterator
from gettext import gettext as _

from przystan.access import audit_keys, keyfiles
from przystan.access.chain import mac_of
from przystan.access.keys import boxes, centre, files
from przystan.access.models import AuditEntry, KeyWrap

SAMPLE = 3  # of what each file has closed; another file's bytes open none


def faults() -> Iterator[str]:
    """What the folder of keys lacks, then each file that is not the one it says it is."""
    yield from files.faults()
    if not audit_keys.numbers() and AuditEntry.objects.exists():
        yield str(audit_keys.missing())
    for number in map(str, centre.numbers()):
        if not opens(number):
            yield _(
                "centre-%(number)s.key is another file than the one that closed the keys. Put the right one back from "
                "a copy, or move this one away and say: przystan keys recover %(number)s"
            ) % {"number": number}
    for number, secret in sorted(audit_keys.all_keys().items()):
        if not closes(number, secret):
            yield _(
                "audit-%(number)s.key is another file than the one that closed the rows of the audit log. Put the "
                "right one back from a copy."
            ) % {"number": number}


def opens(number: str) -> bool:
    """Whether a centre key opens the newest of what it closed; one that has closed nothing does, if it is a key."""
    if len(centre.key(number)) != keyfiles.BYTES:
        return False
    wraps = KeyWrap.objects.filter(opener=KeyWrap.Opener.CENTRE, centre_key=number).select_related("key")
    try:
        for wrap in wraps.order_by("-pk")[:SAMPLE]:
            boxes.reopen(centre.key(number), bytes(wrap.blob), wrap.key.ref.encode())
    except boxes.Closed:
        return False
    return True


def closes(number: str, secret: bytes) -> bool:
    """Whether the newest rows that name this audit key were closed with it."""
    rows = AuditEntry.objects.filter(key_id=number).order_by("-seq")[:SAMPLE]
    return all(mac_of(row, bytes(row.prev), secret) == bytes(row.mac) for row in rows)
