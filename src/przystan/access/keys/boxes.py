"""The cryptography, on bytes: AES-256-GCM, Curve25519 sealed boxes, Argon2id, printed codes. No models."""

import base64
import hashlib
import secrets

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEY, NONCE, SALT = 32, 12, 16
CODE_GROUP, CHECK = 4, 2


class Closed(Exception):
    """These bytes do not open with this key."""


def new_key() -> bytes:
    """A fresh secret of 32 bytes."""
    return secrets.token_bytes(KEY)


def close(key: bytes, plain: bytes, bound: bytes = b"") -> bytes:
    """Nonce and ciphertext; opens with the same key and the same `bound` bytes only."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def reopen(key: bytes, blob: bytes, bound: bytes = b"") -> bytes:
    """What was closed. Raises Closed."""
    try:
        return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise Closed from error


def new_pair() -> tuple[bytes, bytes]:
    """(private, public) halves of a key pair."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def box(public: bytes, plain: bytes) -> bytes:
    """Closed for whoever has the private half."""
    return SealedBox(PublicKey(public)).encrypt(plain)


def unbox(private: bytes, blob: bytes) -> bytes:
    """What was put into the box. Raises Closed."""
    try:
        return SealedBox(PrivateKey(private)).decrypt(blob)
    except (CryptoError, ValueError) as error:
        raise Closed from error


def new_salt() -> bytes:
    return secrets.token_bytes(SALT)


def stretched(words: str, salt: bytes) -> bytes:
    """A key from a passphrase: Argon2id, by default with 128 MB (settings.PASSPHRASE_MEMORY, in KiB)."""
    return hash_secret_raw(
        words.encode(), salt, time_cost=4, memory_cost=settings.PASSPHRASE_MEMORY, parallelism=1, hash_len=KEY,
        type=Type.ID,
    )  # fmt: skip


def printed(secret: bytes) -> str:
    """A secret as people copy it from paper: groups of four letters and digits, with a checksum."""
    text = base64.b32encode(secret + _check(secret)).decode().rstrip("=")
    return "-".join(text[at : at + CODE_GROUP] for at in range(0, len(text), CODE_GROUP))


def plain(code: str) -> str:
    """A printed code as its letters alone, however it was spaced and written: "abcd 0-1" -> "ABCDOI"."""
    return "".join(letter for letter in code.upper() if letter.isalnum()).replace("0", "O").replace("1", "I")


def from_print(code: str) -> bytes:
    """The secret of a printed code, however it was spaced. Raises Closed when it was mistyped."""
    text = plain(code)
    try:
        found = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise Closed from error
    secret, check = found[:-CHECK], found[-CHECK:]
    if len(secret) < SALT or check != _check(secret):
        raise Closed
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"przystan" + secret).digest()[:CHECK]
