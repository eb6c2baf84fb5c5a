"""What a file holds, as the process that reads it tells: taken for no more than it is, and checked."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from przystan.kernel import apart

from ..rules.table import Row
from .limits import Limits, Unreadable

READER = "przystan.exchange.reading.child"


class GivenUp(Exception):
    """Nobody wants the file any more."""


@dataclass(frozen=True)
class Order:
    """What is asked for: headers that are known, the sheet (empty: the likeliest), and how much is read."""

    known: Iterable[str]
    sheet: str
    bounds: apart.Bounds
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Found:
    """The table of a file; `rows` come one by one, `total` of them."""

    sheet: str
    sheets: list[str]
    header: list[str]
    total: int
    empty_rows: int
    hidden_rows: int
    notes: list[str]
    rows: Iterator[Row]


@contextmanager
def read_apart(contents: Iterable[bytes], order: Order, wanted: Callable[[], bool] = lambda: True) -> Iterator[Found]:
    """The table in a file, read by a process of its own. Raises Unreadable, from `rows` too, and GivenUp."""
    told = {"known": sorted(order.known), "sheet": order.sheet or None, "limits": asdict(order.limits)}
    with apart.messages(READER, told, contents, order.bounds, wanted) as messages:
        heard = _checked(messages, order.bounds)
        yield _found(next(heard, None), heard, order.limits)


def _checked(messages: Iterator[Any], bounds: apart.Bounds) -> Iterator[Any]:
    try:
        yield from messages
    except apart.Ended as ended:
        if ended.why is apart.Why.UNWANTED:
            raise GivenUp from ended
        raise Unreadable(ended.why.value, seconds=bounds.seconds, megabytes=bounds.memory // 1024 // 1024) from ended


def _found(head: Any, heard: Iterator[Any], limits: Limits) -> Found:
    try:
        if "refused" in head:
            raise Unreadable(str(head["refused"]), **{name: int(number) for name, number in head["details"].items()})
        found = Found(
            sheet=str(head["sheet"]),
            sheets=list(map(str, head["sheets"])),
            header=list(map(str, head["header"])),
            total=int(head["rows"]),
            empty_rows=int(head["empty_rows"]),
            hidden_rows=int(head["hidden_rows"]),
            notes=list(map(str, head["notes"])),
            rows=_rows(heard, int(head["rows"])),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise Unreadable("broken") from error
    if len(found.header) > limits.columns or found.total > limits.rows:
        raise Unreadable("broken")  # more than the reader may say
    return found


def _rows(heard: Iterator[Any], total: int) -> Iterator[Row]:
    count = 0
    for message in heard:
        count += 1
        try:
            number, cells, remarks = message
            row = Row(int(number), tuple(map(str, cells)), tuple(map(str, remarks)))
        except (TypeError, ValueError) as error:
            raise Unreadable("broken") from error
        yield row
    if count != total:
        raise Unreadable("broken")
