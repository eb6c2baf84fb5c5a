"""What `fill(scene)` in the `demo.py` of a module is given. Nothing that it makes is about anybody real."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from .models import User


@dataclass(frozen=True)
class Scene:
    """The demo centre as the modules below have left it: with its people, and what they were given.

    `rng` is the module's own, so that none changes what another shows. `users` by their login; one of them is named
    like each role: "adviser", "lawyer".
    """

    organisation_id: int
    today: date
    rng: Random
    users: Mapping[str, User]
