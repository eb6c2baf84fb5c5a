"""Sealed text: AES-256-GCM under a key of its holder, bound to the one place where it belongs."""

import logging
from dataclasses import dataclass

from .keys import boxes, data
from .keys.data import Locked, NoKey, Unreadable
from .models import DataKey
from .tiers import Tier

__all__ = ["Locked", "NoKey", "Place", "Unreadable", "seal", "unseal", "unseal_bytes"]

FORMAT, REF = b"\x01", 12
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where a sealed text belongs: whose key (`holder`, its ref), and which table, row (ref), field and tier."""

    organisation_id: int
    holder: str
    table: str
    row: str
    field: str
    tier: Tier

    def bound(self, version: int) -> bytes:
        """The associated data: the ciphertext opens with exactly these."""
        parts = (self.organisation_id, self.holder, self.table, self.row, self.field, int(self.tier), version)
        return "|".join(map(str, parts)).encode()


def seal(place: Place, what: str | bytes) -> bytes:
    """A text, or a file, as bytes for the database: format, ref of the key, nonce, ciphertext. Raises Locked, NoKey."""
    key = data.newest(place.holder, place.tier, place.organisation_id)
    plain = what.encode() if isinstance(what, str) else what
    return FORMAT + key.ref.encode() + boxes.close(data.secret_of(key), plain, place.bound(key.version))


def ref_in(blob: bytes) -> str:
    """The ref of the data key that a sealed text names."""
    return blob[1 : 1 + REF].decode("ascii")


def unseal(place: Place, blob: bytes) -> str:
    """The text. Raises Locked, or Unreadable, which is logged: who changed or moved it?"""
    return unseal_bytes(place, blob).decode()


def unseal_bytes(place: Place, blob: bytes) -> bytes:
    """As `unseal`, of a file."""
    try:
        key = data.known(ref_in(blob))
        if (blob[:1], key.holder, key.tier) != (FORMAT, place.holder, place.tier):
            raise Unreadable
        return boxes.reopen(data.secret_of(key), blob[1 + REF :], place.bound(key.version))
    except Locked:
        raise
    except (boxes.Closed, DataKey.DoesNotExist, UnicodeDecodeError, Unreadable) as error:
        log.warning("a sealed text of %s.%s cannot be opened", place.table, place.field)
        raise Unreadable from error
