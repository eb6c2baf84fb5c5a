"""Which programmes paid for people, for the time that a programme says they are kept."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from ..models import Allocation


def ends_of_paying(people: Collection[int]) -> dict[int, dict[int, date | None]]:
    """Person (id) -> the programmes (ids) that paid for them -> their last days, None for one without end.

    Every person is there. The caller acts as the system.
    """
    found: dict[int, dict[int, date | None]] = defaultdict(dict)
    paid = Allocation.objects.filter(support__recipients__person__in=people).order_by()
    columns = ("support__recipients__person", "programme", "programme__ends")
    for person, programme, ends in paid.values_list(*columns).distinct():
        found[person][programme] = ends
    return found
