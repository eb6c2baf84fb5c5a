"""What rules may speak of. Every module declares the facts that it knows in its own `facts.py`, as `FACTS`.

A fact is about one thing, such as a person or a support. It says how it is read of one case, how SQL reads it for
sets, in which words it is told, and what it gives away. What is not known is None, or no codes at all.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from .sql import At
    from .trees import Leaf

    Text = str | Promise


class ValueKind(StrEnum):
    """What may be asked of a fact."""

    CODES = "codes"  # {"in": [codes]}
    YES_NO = "yes_no"  # {"is": true}
    NUMBER = "number"  # {"at_least": n, "at_most": n}, either or both
    DAY = "day"  # {"from": day, "to": day}, either or both


@dataclass(frozen=True)
class Tells:
    """What a fact gives away: the field it is read from, "people.Citizenship.country", whose declared tier counts.

    `name`: what it is called on the page of whom it is about; the field's own name where nothing is said.
    """

    field: str
    name: str = ""


@dataclass(frozen=True)
class Fixed:
    """A closed list of codes, with words for each."""

    words: "Mapping[str, Text]"


@dataclass(frozen=True)
class Listed:
    """Codes of a standard: all of them as (code, name) in the page's language, and the name of one."""

    all: Callable[[], list[tuple[str, str]]]
    name: Callable[[str], str]


@dataclass(frozen=True)
class Rows:
    """Codes of rows: SQL that gives (code, names by language as jsonb)."""

    sql: str


class Names(Protocol):
    """The name of one code of a fact in the page's language."""

    def __call__(self, fact: "Fact", code: str) -> str: ...


# Of one case: codes, yes or no, the least and greatest number, the first and last day that it can mean.
Found = Collection[str] | bool | tuple[int, int] | tuple[date, date] | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Fact:
    """One fact.

    `of`: what it is about. `value`: of what is known of that on a day. `sql`: a condition on it for sets, of the same
    three answers. `has`: what is true of one, as far as the condition asks. `asks`: whom a
    condition asks for, as `words` puts it after "this rule covers …". `missing`: what to find out. `codes`: where its
    kind is CODES. `highest`: where it is a number. `cost`: of asking it in SQL; cheap ones are asked first.
    """

    code: str
    of: str
    kind: ValueKind
    label: "Text"
    tells: Tells
    value: Callable[[Any, date], Found]
    sql: "Callable[[Any, At], str]"
    has: "Callable[[Leaf, Any, date, Names], str]"
    asks: "Callable[[Any, Names], str]"
    missing: "Callable[[Any], Text]"
    codes: Fixed | Listed | Rows | None = None
    highest: int = 0
    cost: int = 10

    def __repr__(self) -> str:
        return f"<{self.code} of a {self.of}>"


@dataclass(frozen=True)
class Situation:
    """What is known on one day: of each thing that a rule may speak of, whatever its facts read."""

    day: date
    of: Mapping[str, Any]

    def value(self, fact: Fact) -> Any:
        """What a fact is here: see `Found`."""
        return fact.value(self.of[fact.of], self.day)
