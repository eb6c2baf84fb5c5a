"""People of whom the house keeps data and who are not who comes to it: those who work here. They have the same rights.

A module names its kinds in its `module.py` under `subjects`; `staff.subject` is the first. `privacy` asks
`access.modules.subjects` for copies, retention and erasure, and names none.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import QuerySet

from .actors import Actor
from .holders import Holding, Words


@dataclass(frozen=True)
class Over:
    """Somebody with whom it is over. `counted`: code of a holding -> the day from which the time to keep it counts."""

    row: Any
    counted: tuple[tuple[str, date], ...]


class Subject(ABC):
    """One model, each of whose rows is somebody. It has `ref` and `organisation`; what hangs on a row is about them.

    What a copy tells of these rows, and what erasure leaves, each model's `class Privacy` says. The row itself stays,
    nameless, where anything that is counted hangs on it.
    """

    model: ClassVar[str]  # label, such as "staff.worker"
    one: ClassVar[Words]  # what is erased: "one who works here"
    staff: ClassVar[Words]  # what others' copies call them, for they name nobody
    holdings: ClassVar[tuple[Holding, ...]]  # of rules of retention

    @cached_property
    def table(self) -> Any:
        """The model itself."""
        return apps.get_model(self.model)

    @abstractmethod
    def answered_by(self, actor: Actor) -> "QuerySet[Any]":
        """Those for whom the actor makes a copy: themselves, and whoever they answer for."""

    @abstractmethod
    def is_self(self, actor: Actor, row: Any) -> bool:
        """Whether it is the actor."""

    @abstractmethod
    def address(self, actor: Actor, row: Any) -> str:
        """The page where the actor reads about them."""

    @abstractmethod
    def over(self, organisation_id: int, day: date) -> Iterator[Over]:
        """Those with whom it was over before `day`. Called as the system."""

    @abstractmethod
    def times(self, row: Any, day: date) -> Over | None:
        """The same of one; None while it is not over."""

    @abstractmethod
    def forget(self, row: Any) -> None:
        """Take away who it was from what stays, where no `class Privacy` can say it. Called as the system, before the
        rest is erased."""

    def seen(self, actor: Actor, ref: str) -> Any:
        """The row of this reference, for who answers for them and themselves; `table.DoesNotExist` for all others."""
        return self.answered_by(actor).get(ref=ref)
