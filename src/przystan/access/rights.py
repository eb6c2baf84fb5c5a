"""What people may be allowed to do: verbs, each declared once, in the `rights.py` of its module."""

from collections.abc import Collection
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .roles import BY_CODE, KEEPERS


class Care(Enum):
    """How sure we must be of whoever holds a right (`access.assurance`)."""

    ORDINARY = "ordinary"
    HARMLESS = "harmless"  # opens nobody's page
    SECRET = "secret"  # noqa: S105 - opens case files of tier 3 or people of tier 4: early lock, a passkey, a second person
    GUARDED = "guarded"  # opens the doors to them: as above, but no early lock; may be the second person


class Right(str):
    """One verb: roles hold it, addresses ask for it.

    `holders` are codes of roles (`access.roles`). `reads`: it opens pages of people, so where a role with it holds is
    where one may read. A role that does not exist is a ValueError.
    """

    label: str | Promise
    holders: frozenset[str]
    care: Care
    reads: bool

    def __new__(
        cls,
        code: str,
        label: str | Promise,
        holders: Collection[str],
        *,
        care: Care = Care.ORDINARY,
        reads: bool = False,
    ) -> "Right":
        if unknown := set(holders) - set(BY_CODE):
            raise ValueError(f"{code}: no such role: {', '.join(sorted(unknown))}")
        found = super().__new__(cls, code)
        found.label, found.holders, found.care, found.reads = label, frozenset(holders), care, reads
        _declared.append(found)
        return found


_declared: list[Right] = []


def every() -> list[Right]:
    """All rights that the installed modules declare."""
    return list(_declared)


def rights_of(codes: Collection[str]) -> frozenset[Right]:
    """What these roles may do together; unknown codes give nothing."""
    return frozenset(right for right in _declared if right.holders.intersection(codes))


def labels_of(role: str) -> list[str | Promise]:
    """What one role may do, in words."""
    return [right.label for right in _declared if role in right.holders]


CASES_SECRET = Right(
    "cases.secret", _("hold a key to files under professional secrecy or protection"), KEEPERS, care=Care.SECRET
)
SETTINGS = Right("settings", _("change settings of the centre"), {"coordinator", "administrator"})
GLASS_APPROVE = Right(
    "glass.approve",
    _("approve an emergency look into a protected file"),
    {"director", "data_protection_officer"},
    care=Care.GUARDED,
)
GLASS_REVIEW = Right(
    "glass.review",
    _("look afterwards whether an emergency look was right"),
    {"coordinator", "director", "data_protection_officer"},
)
AUDIT_READ = Right("audit.read", _("see who looked at what"), {"data_protection_officer"}, care=Care.GUARDED)
