"""What is drawn by lot in a run of the tests, and drawn again by SEED=…, so that a failure is seen twice.

The seed is the day's: every day others are drawn, and both runs of a day are the same.
"""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")

# Kept in the environment: processes that test side by side draw the same, at midnight too.
SEED = os.environ.setdefault("SEED", datetime.now(UTC).date().isoformat())
AGAIN = f"drawn by lot: SEED={SEED} draws the same again"


def lot(of: str) -> Random:
    """A source of chance for one purpose, which others do not disturb."""
    return Random(f"{SEED} {of}")


def one_of(things: Sequence[Thing], of: str) -> Thing:
    """One of them; `of` names what it is drawn for, and each name draws anew."""
    return lot(of).choice(things)
