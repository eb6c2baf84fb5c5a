"""Of several rules for one number the strictest holds."""

from collections.abc import Sequence
from typing import Final

# Values of `enums.Safety`, the strictest first. That nobody asked is no rule: an answer is.
STRICTEST: Final = ("no", "only_by", "neutral", "hours", "yes", "not_asked")


def strictest(rules: Sequence[str]) -> int:
    """Position of the rule that holds."""
    return min(range(len(rules)), key=lambda place: STRICTEST.index(rules[place]))
