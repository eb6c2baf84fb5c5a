"""People of whom the house keeps data, and who have rights over it: those who come, and those who work here.

A module names its kinds in its `module.py` under `subjects`: `privacy.subject` those who come, `staff.subject` those
who work here. Copies and erasure ask `access.modules.subjects` and are the same for all of them.
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
    unnamed: ClassVar[Words]  # what others' copies call them, for they name nobody
    preface: ClassVar[tuple[Words, ...]]  # with what their own copy begins, in paragraphs
    holdings: ClassVar[tuple[Holding, ...]] = ()  # of rules of retention

    @cached_property
    def table(self) -> Any:
        """The model itself."""
        return apps.get_model(self.model)

    @abstractmethod
    def answered_by(self, actor: Actor) -> "QuerySet[Any]":
        """Those for whom the actor makes a copy: themselves, and whoever they answer for."""

    def answers(self, actor: Actor, row: Any) -> bool:
        """Whether the actor makes a copy of them."""
        return self.answered_by(actor).filter(pk=row.pk).exists()

    @abstractmethod
    def is_self(self, actor: Actor, row: Any) -> bool:
        """Whether it is the actor."""

    @abstractmethod
    def address(self, actor: Actor, row: Any) -> str:
        """The page where the actor reads about them."""

    def over(self, organisation_id: int, day: date) -> Iterator[Over]:
        """Those with whom it was over before `day`; nobody where `privacy` counts their time. Called as the system."""
        yield from ()

    def times(self, row: Any, day: date) -> Over | None:
        """The same of one; None while it is not over."""
        return None

    @abstractmethod
    def forget(self, row: Any) -> None:
        """Take away who it was from what stays, where no `class Privacy` can say it. Called as the system, before the
        rest is erased."""

    def seen(self, actor: Actor, ref: str) -> Any:
        """The row of this reference, for who answers for them and themselves; `table.DoesNotExist` for all others."""
        return self.answered_by(actor).get(ref=ref)
