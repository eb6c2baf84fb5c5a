"""How sure we must be who is there. Data beside the roles: a role comes under a rule by its rights, never its name."""

from collections.abc import Collection
from enum import StrEnum

from .rights import Care, Right

IDLE = 30 * 60  # seconds without activity until a session locks
IDLE_SECRET = 15 * 60  # the same for who may open secrets
LONGEST = 12 * 60 * 60  # seconds that a session lives at most, however busy

PASSKEY, CODES, RECOVERY = "webauthn", "totp", "recovery_codes"  # types of allauth's authenticators
SECOND_FACTORS = frozenset({PASSKEY, CODES})


class Step(StrEnum):
    """What somebody who is logged in has to do before anything else opens."""

    PASSWORD = "password"  # noqa: S105 - choose one's own instead of the first one
    FACTOR = "factor"  # set up a second step
    PASSKEY = "passkey"  # set up a passkey
    CONFIRM = "confirm"  # log in with the passkey that one has


def is_guarded(rights: Collection[Right]) -> bool:
    """Whether these open secrets, or the doors to them: a passkey, and a second person for a new password."""
    return _any(rights, Care.SECRET, Care.GUARDED)


def confirms(rights: Collection[Right]) -> bool:
    """Whether who holds these may be the second person."""
    return _any(rights, Care.GUARDED)


def _any(rights: Collection[Right], *cares: Care) -> bool:
    return any(right.care in cares for right in rights)


def idle_seconds(rights: Collection[Right]) -> int:
    """After how many quiet seconds the session of somebody with these rights locks."""
    return IDLE_SECRET if _any(rights, Care.SECRET) else IDLE


def next_step(
    rights: Collection[Right],
    factors: Collection[str],
    used: Collection[str],
    *,
    first_password: bool,
    required: bool,
    passkeys: bool,
) -> Step | None:
    """What is missing. `factors`: types that the account has; `used`: types shown in this session.

    `passkeys`: whether a guarded account needs one (docs/decisions/0025); else an app with codes does for it, too.
    """
    if first_password:
        return Step.PASSWORD
    if not required:
        return None
    if passkeys and is_guarded(rights):
        return _passkey_step(factors, used)
    return None if SECOND_FACTORS.intersection(factors) else Step.FACTOR


def _passkey_step(factors: Collection[str], used: Collection[str]) -> Step | None:
    if PASSKEY in used and PASSKEY in factors:
        return None
    # A recovery code stands for a lost passkey: it opens the set-up of a new one, and nothing else.
    return Step.CONFIRM if PASSKEY in factors and RECOVERY not in used else Step.PASSKEY


def may_give_alone(by: Collection[Right], other: Collection[Right]) -> bool:
    """Whether one person may give an account these rights: only one who could do it all anyway."""
    return not is_guarded(other) and set(other) <= set(by)


def may_open_alone(ever: Collection[Right]) -> bool:
    """Whether one person may give an account a new first password, by the rights it has or ever had.

    Whoever knows the password is that colleague, with all whom they work with. So only what opens nobody's page.
    """
    return all(right.care is Care.HARMLESS for right in ever)
