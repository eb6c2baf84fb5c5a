"""What a session remembers of its beginning and of the last activity; whether it still holds."""

import time
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from .assurance import LONGEST

KEY = "presence"
GRAIN = 30  # seconds: activity is written down no more often
State = dict[str, Any]


class Ended(StrEnum):
    """Why a session is over; the login page says it in words."""

    AWAY = "away"  # nobody was there for too long
    DAY = "day"  # it has lasted long enough
    ROLES = "roles"  # a role was taken away
    LOGIN = "login"  # the second step of login was changed elsewhere
    GONE = "gone"  # there is none: logged out in another window, say


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


def begin(roles: Collection[str], factors: Collection[int], idle: int) -> State:
    """The state of a session that starts now. `factors`: ids of the account's second steps."""
    at = now()
    return {"began": at, "seen": at, "idle": idle, "roles": sorted(roles), "factors": sorted(factors)}


def left(state: State) -> int:
    """Seconds until the session ends by itself, 0 or less when it has. A clock set back ends it too."""
    at = now()
    if at < state["seen"] - GRAIN:
        return 0
    return int(min(state["seen"] + state["idle"], state["began"] + LONGEST) - at)


def ended(state: State, roles: Collection[str], factors: Collection[int]) -> Ended | None:
    """Why this session must end now, if it must."""
    if left(state) <= 0:
        return Ended.DAY if now() >= state["began"] + LONGEST else Ended.AWAY
    if set(state["roles"]) - set(roles):
        return Ended.ROLES
    if state["factors"] != sorted(factors):
        return Ended.LOGIN
    return None


def seen(state: State) -> bool:
    """Note activity; whether there was anything to note."""
    if now() - state["seen"] < GRAIN:
        return False
    state["seen"] = now()
    return True
