"""What modules keep under a tier of its own, and how the privacy pages deal with it: files, seats in a closed group.

A module names its holders in its `module.py`; `casework.holder` is the first. Nothing else of the house knows which
there are: erasure, copies, emergency looks and retention ask `access.modules.holders`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import Q
from django.utils.functional import Promise

from .actors import Actor
from .models import Glass
from .rights import Right
from .tiers import Tier

Words = str | Promise


@dataclass(frozen=True)
class Section:
    """Rows of one table in a copy: `fields` are (name, label); `rows` are values as text, in their order."""

    model: str
    title: str
    fields: list[tuple[str, str]]
    rows: list[list[str]]


@dataclass(frozen=True)
class Holding:
    """What rules of retention are about: the `code` that they name, and its words."""

    code: str
    words: Words


class Holder(ABC):
    """One model whose rows are each kept under a tier of their own: their `least_tier`, whatever the person's is.

    The model has `ref`, `organisation`, `point`, `person`, `least_tier`, `standing_of` and a manager with `seen_by`.
    Rows that hang on a row of it are as secret as it is. From tier 3 on its texts are sealed for `ref` and `least_tier`
    by keys of its team, and nobody outside of it learns that there is such a row.
    """

    model: ClassVar[str]  # label, such as "casework.casefile"
    words: ClassVar[Words]  # what somebody asks to see: "a case file"
    one: ClassVar[Words]  # what is erased: "one case file"
    right: ClassVar[Right]  # what a role must carry to read any
    way: ClassVar[str]  # to the page of one, by its `ref`
    began: ClassVar[str]  # its field for the day on which it was begun
    ended: ClassVar[str]  # and on which it was over; from then on the time to keep it is counted
    holdings: ClassVar[Mapping[Tier, Holding]]  # what rules of retention call its rows, for each tier there may be

    @cached_property
    def table(self) -> Any:
        """The model itself."""
        return apps.get_model(self.model)

    @abstractmethod
    def of(self, tiers: Collection[Tier]) -> Q:
        """The rows whose `least_tier` is one of these, as a condition."""

    def seen(self, actor: Actor, ref: str) -> Any:
        """The row of this reference, for its team; `table.DoesNotExist` for everybody else."""
        return self.table.objects.seen_by(actor).select_related("person").get(ref=ref)

    @abstractmethod
    def leads(self, actor: Actor, row: Any) -> bool:
        """Whether the actor says what becomes of a row from `seen`: makes its copy, or withholds it."""

    @abstractmethod
    def lend(self, *, by: Actor, row: Any, glass: Glass) -> None:
        """Let who broke the glass into the team until `glass.until`, reading only, with an audit row `glass.open`.

        Called as the system, since neither may see the row. Keys of tiers 3 and 4 are lent by who calls.
        """

    @abstractmethod
    def end(self, *, glass: Glass) -> None:
        """Let them out again at once. Called as the system."""

    @abstractmethod
    def copy(self, actor: Actor, row: Any, *, earlier: bool) -> list[Section]:
        """All of a row from `seen`, for its person, read by who leads it and written down as read; in the language
        switched on, without names of staff. `earlier`: also what texts said before. Raises access.sealing.Locked.
        """
