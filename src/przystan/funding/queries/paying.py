"""Which programmes paid for people, or counted what came of it, for the time that a programme says they are kept."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from ..models import Allocation, ResultAllocation


def ends_of_paying(people: Collection[int]) -> dict[int, dict[int, date | None]]:
    """Person (id) -> the programmes (ids) that paid for them, or counted a result of theirs -> their last days.

    None for a programme without end.

    Every person is there. The caller acts as the system.
    """
    found: dict[int, dict[int, date | None]] = defaultdict(dict)
    for rows, whose in ((Allocation, "support__recipients__person"), (ResultAllocation, "result__person")):
        paid = rows.objects.filter(**{f"{whose}__in": people}).order_by()
        for person, programme, ends in paid.values_list(whose, "programme", "programme__ends").distinct():
            found[person][programme] = ends
    return found
