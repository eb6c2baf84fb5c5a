"""Supports that belong together, in one row: what the same people were given on one day, or one group."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from przystan.people.models import Person
from przystan.support.models import Support
from przystan.support.models.ledger import SupportQuerySet
from przystan.support.queries import keyset


@dataclass(frozen=True)
class Visit:
    """The supports of one row, in the order in which they were logged; at least one."""

    supports: list[Support]

    @property
    def day(self) -> date:
        return self.supports[0].day

    @property
    def title(self) -> str:
        """What the group was about; "" where it was none."""
        gathering = self.supports[0].gathering
        return (gathering.title or _("Group")) if gathering else ""

    @property
    def people(self) -> list[Person]:
        """Whom the actor may know of, each once."""
        found = {row.person_id: row.person for support in self.supports for row in support.recipients.all()}
        return list(found.values())

    @property
    def unnamed(self) -> int:
        """How many people have no name in any of them."""
        return sum(one.headcount * one.sign for one in self.supports if not one.recipients.all())

    @property
    def minutes(self) -> int:
        """Counter-entries taken off."""
        return sum(support.minutes * support.sign for support in self.supports)

    @property
    def staff(self) -> list[str]:
        return sorted({str(support.staff) for support in self.supports if support.staff})

    @property
    def payers(self) -> list[str]:
        """Names of the programmes that pay for any of them."""
        found = (getattr(support, "allocation", None) for support in self.supports)
        return sorted({str(one.programme) for one in found if one})


@dataclass(frozen=True)
class Days:
    """Visits of some whole days, newest first. `after`: reference to go on from, "" at the end."""

    items: list[Visit]
    after: str


def visits(rows: SupportQuerySet, after: str, size: int) -> Days:
    """The visits of the next days: of `size` supports or somewhat more, as no day is cut in two."""
    rows = rows.select_related("gathering")
    found = keyset(rows, after, size)
    supports, last = list(found.items), found.items[-1] if found.items else None
    if last and found.after:
        supports += rows.filter(day=last.day, pk__lt=last.pk).order_by("-id")
    more = bool(last and found.after) and rows.filter(day__lt=supports[-1].day).exists()
    return Days(together(supports), supports[-1].ref if more else "")


def together(supports: Iterable[Support]) -> list[Visit]:
    """Visits in the order of their newest support."""
    found: dict[Hashable, list[Support]] = {}
    for support in supports:
        found.setdefault(_key(support), []).append(support)
    return [Visit(rows[::-1]) for rows in found.values()]


def _key(support: Support) -> Hashable:
    if support.gathering_id:
        return "group", support.gathering_id
    people = frozenset(row.person_id for row in support.recipients.all())
    return (support.day, support.point_id, people) if people else support.pk
