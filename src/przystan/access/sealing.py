"""Sealed text: AES-256-GCM under a key of its holder, bound to the one place where it belongs."""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keyfiles
from .models import DataKey, KeyWrap
from .tiers import Tier

FORMAT, NONCE, REF = b"\x01", 12, 12
CENTRE_KEY = "1"


class Unreadable(Exception):
    """The text was moved or changed, or no key here opens it."""


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
        parts = (self.organisation_id, self.table, self.row, self.field, int(self.tier), version)
        return "|".join(map(str, parts)).encode()


def seal(place: Place, text: str) -> bytes:
    """The text as bytes for the database: format, ref of the key, nonce, ciphertext."""
    key = newest(place)
    nonce = secrets.token_bytes(NONCE)
    closed = AESGCM(opened(key)).encrypt(nonce, text.encode(), place.bound(key.version))
    return FORMAT + key.ref.encode() + nonce + closed


def unseal(place: Place, blob: bytes) -> str:
    """The text. Raises Unreadable."""
    ref, rest = blob[1 : 1 + REF].decode(), blob[1 + REF :]
    try:
        key = DataKey.objects.get(ref=ref, holder=place.holder, tier=place.tier)
        return AESGCM(opened(key)).decrypt(rest[:NONCE], rest[NONCE:], place.bound(key.version)).decode()
    except (InvalidTag, DataKey.DoesNotExist) as error:
        raise Unreadable from error


def newest(place: Place) -> DataKey:
    """The key that seals for this holder and tier, made on first use."""
    keys = DataKey.objects.filter(holder=place.holder, tier=place.tier).order_by("-version")
    return keys.first() or _made(place)


def opened(key: DataKey) -> bytes:
    """The key itself, from the centre's key file."""
    wrap = KeyWrap.objects.get(key=key, opener=KeyWrap.Opener.CENTRE)
    blob = bytes(wrap.blob)
    return AESGCM(keyfiles.made(f"centre-{wrap.centre_key}.key")).decrypt(blob[:NONCE], blob[NONCE:], key.ref.encode())


def _made(place: Place) -> DataKey:
    key = DataKey.objects.create(organisation_id=place.organisation_id, holder=place.holder, tier=place.tier)
    nonce = secrets.token_bytes(NONCE)
    file = AESGCM(keyfiles.made(f"centre-{CENTRE_KEY}.key"))
    blob = nonce + file.encrypt(nonce, secrets.token_bytes(32), key.ref.encode())
    KeyWrap.objects.create(key=key, opener=KeyWrap.Opener.CENTRE, centre_key=CENTRE_KEY, blob=blob)
    return key
