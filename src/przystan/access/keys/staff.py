"""The key pair of a member of staff. The private half lies in the database closed three ways: by a passphrase, by a
printed code, and by passkeys that can derive a secret (WebAuthn's PRF)."""

import hashlib
from typing import cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import PasskeyWrap, User, UserKey
from . import boxes

SHORTEST = 12
PRF = b"przystan passkey"


def set_up(user: User, passphrase: str) -> str:
    """Make a key pair; returns the printed code, which must be typed back (`confirm`) before anything is closed for it.

    ValidationError when there is a confirmed key already, or the passphrase is too short.
    """
    _long_enough(passphrase)
    if UserKey.objects.filter(user=user, recovery_confirmed_at__isnull=False).exists():
        raise ValidationError(_("You have a key already."))
    UserKey.objects.filter(user=user).delete()
    private, public = boxes.new_pair()
    key = UserKey(user=user, public=public)
    code = _close(key, private, passphrase)
    key.save()
    return code


def confirm(user: User, code: str) -> None:
    """The printed code, typed back. ValidationError when it is not the one that was shown."""
    key = _key(user)
    try:
        boxes.reopen(_of_code(key, code), bytes(key.by_recovery), _bound(key))
    except boxes.Closed as error:
        raise ValidationError(_("This is not the code that was shown. Compare it letter by letter.")) from error
    key.recovery_confirmed_at = timezone.now()
    key.save(update_fields=["recovery_confirmed_at"])


def by_passphrase(user: User, passphrase: str) -> bytes:
    """The private half. ValidationError in words."""
    key = _key(user)
    try:
        secret = boxes.stretched(passphrase, bytes(key.salt))
        return boxes.reopen(secret, bytes(key.by_passphrase), _bound(key))
    except boxes.Closed as error:
        raise ValidationError(_("This is not your passphrase for protected files.")) from error


def by_code(user: User, code: str) -> bytes:
    """The private half, by the printed code. ValidationError in words."""
    key = _key(user)
    try:
        return boxes.reopen(_of_code(key, code), bytes(key.by_recovery), _bound(key))
    except boxes.Closed as error:
        raise ValidationError(_("This is not your printed code. Compare it letter by letter.")) from error


def change(user: User, private: bytes, passphrase: str) -> str:
    """Another passphrase and another printed code, which is returned and must be typed back; old ones open nothing."""
    _long_enough(passphrase)
    key = _key(user)
    code = _close(key, private, passphrase)
    key.save()
    return code


def add_passkey(user: User, private: bytes, credential: str, salt: bytes, derived: bytes) -> None:
    """Let a passkey open the key: `derived` is what its PRF made of `salt`."""
    blob = boxes.close(_of_passkey(derived), private, _bound(_key(user)))
    PasskeyWrap.objects.update_or_create(user=user, credential=credential, defaults={"salt": salt, "blob": blob})


def by_passkey(user: User, credential: str, derived: bytes) -> bytes:
    """The private half, by what a passkey derived. ValidationError in words."""
    wrap = PasskeyWrap.objects.filter(user=user, credential=credential).first()
    try:
        if wrap is None:
            raise boxes.Closed
        return boxes.reopen(_of_passkey(derived), bytes(wrap.blob), _bound(_key(user)))
    except boxes.Closed as error:
        raise ValidationError(_("This passkey does not open your key. Use the passphrase.")) from error


def state_of(user: User) -> UserKey | None:
    """The key of an account, confirmed or not."""
    return UserKey.objects.filter(user=user).first()


def _key(user: User) -> UserKey:
    found = state_of(user)
    if found is None:
        raise ValidationError(_("You have no key yet."))
    return found


def _close(key: UserKey, private: bytes, passphrase: str) -> str:
    key.salt, key.recovery_salt = boxes.new_salt(), boxes.new_salt()
    secret = boxes.new_salt()  # 128 bits, short enough to copy from paper
    code = boxes.printed(secret)
    key.by_passphrase = boxes.close(boxes.stretched(passphrase, key.salt), private, _bound(key))
    key.by_recovery = boxes.close(_of_code(key, code), private, _bound(key))
    key.recovery_confirmed_at = None if key.pk is None else key.recovery_confirmed_at
    return code


def _of_code(key: UserKey, code: str) -> bytes:
    # 128 random bits need no slow hash.
    return hashlib.sha256(bytes(key.recovery_salt) + boxes.from_print(code)).digest()


def _of_passkey(derived: bytes) -> bytes:
    return hashlib.sha256(PRF + derived).digest()


def _bound(key: UserKey) -> bytes:
    return f"staff|{key.user_id}|".encode() + cast(bytes, bytes(key.public))


def _long_enough(passphrase: str) -> None:
    if len(passphrase.strip()) < SHORTEST:
        raise ValidationError(_("At least %(count)d characters: four words nobody would guess.") % {"count": SHORTEST})
