"""Long lists in pages: sorting and page number come from the address (`?sort=-since&page=3`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50
PRINTED = 500  # rows on paper: `?print=1` has no pages
Sorts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Page:
    """One page of a list. `total` is None when counting was not asked for."""

    items: list[Any]
    number: int
    size: int
    total: int | None
    sort: str
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def first(self) -> int:
        """Place of the first row in the whole list, counted from 1; 0 for an empty list."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.items)

    @property
    def next_number(self) -> int:
        return self.number + 1

    @property
    def previous_number(self) -> int:
        return self.number - 1

    @property
    def several(self) -> bool:
        """Whether there is another page at all."""
        return self.has_next or self.has_previous


def paginate(
    request: HttpRequest,
    rows: "QuerySet[Any] | Sequence[Any]",
    *,
    size: int = SIZE,
    sorts: Sorts | None = None,
    default: str = "",
    counted: bool = True,
) -> Page:
    """The page of `rows` that the address asks for.

    sorts: key in the address -> fields to order by (end them with "id": an order that is total makes pages stable);
    "-key" reverses. Nonsense in the address means the default sort or the nearest page, never an error.
    counted=False spares the count of a huge table: then only "next" and "previous" are known.
    """
    sort = _sort(request.GET.get("sort", ""), sorts or {}, default)
    if sort and isinstance(rows, QuerySet):
        rows = rows.order_by(*order_fields(sort, sorts or {}))
    number, size = _positive(request.GET.get("page", "")), size_of(request, size)
    total = _count(rows) if counted else None
    if total is not None:
        number = min(number, max(1, -(-total // size)))
    start = (number - 1) * size
    items = list(rows[start : start + size + 1])
    return Page(items[:size], number, size, total, sort, has_next=len(items) > size)


def size_of(request: HttpRequest, size: int = SIZE) -> int:
    """Rows of a page of a list: more of them where it is to be printed."""
    return PRINTED if "print" in request.GET else size


def order_fields(sort: str, sorts: Sorts) -> list[str]:
    """Fields for `order_by`; every one turned round for "-key"."""
    fields = sorts[sort.removeprefix("-")]
    return [_reverse(field) for field in fields] if sort.startswith("-") else list(fields)


def _sort(wanted: str, sorts: Sorts, default: str) -> str:
    return wanted if wanted.removeprefix("-") in sorts and not wanted.startswith("--") else default


def _reverse(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _count(rows: "QuerySet[Any] | Sequence[Any]") -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def _positive(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
