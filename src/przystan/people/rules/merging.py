"""What two records of one person say of the same: who fills whom, which date is the more exact, what is to be asked."""

from typing import Final

FILLABLE: Final = (
    "birth",
    "arrived",
    "centre_reference",
    "sex",
)  # fields that the kept record takes where it says nothing
DATES: Final = frozenset({"birth", "arrived"})
UNSAID: Final = ("", "unknown")


def is_more_exact(one: str, other: str) -> bool:
    """Whether a partial date says all that the other says, and more: 7 July 1992 and 1992."""
    return bool(other) and one.startswith(f"{other}-")


def is_asked(name: str, one: str, other: str) -> bool:
    """Whether two values of a field contradict, and somebody has to say which is right."""
    if one == other or one in UNSAID or other in UNSAID:
        return False
    return name not in DATES or not (is_more_exact(one, other) or is_more_exact(other, one))
