"""How entries of either ledger are read for counting: with the same columns, so that all counts are made alike.

A column that one ledger does not have is NULL there: rows of a breakdown by it are "not known".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..enums import Counted
from ..models import Indicator

# id, sign, minutes, headcount, day, reverses_id: of the entry; what breakdowns tell of it: the rest.
COLUMNS = (
    *("id", "sign", "minutes", "headcount", "day", "reverses_id"),
    *("service_id", "kind_id", "level", "point_id", "language"),
)


@dataclass(frozen=True)
class Source:
    """One ledger. `entries`: the table `s`, and `a` that says who pays. `columns`: what stands in for columns of
    COLUMNS that `s` lacks; `also`: columns of `s` that `share` needs. `of`: the column that tells what an entry is.
    `share`: SELECT of one row for each person of the entries `e`, {these} narrowing people. `unnamed`: the same for
    people without a name, where there are any."""

    entries: str
    columns: dict[str, str]
    of: str
    person: str
    share: str
    unnamed: str = ""
    also: tuple[str, ...] = ()

    def selected(self) -> str:
        """COLUMNS of `s`, each under its name, and what its people are read from."""
        return ", ".join(f"{self.columns.get(name, f's.{name}')} AS {name}" for name in (*COLUMNS, *self.also))


SUPPORTS = Source(
    entries="funding_allocation a JOIN support_support s ON s.id = a.support_id",
    columns={"kind_id": "NULL::bigint", "level": "NULL::text"},
    of="service_id",
    person="r.person_id",
    share="""SELECT e.*, r.person_id, r.household_id, 1 AS heads
    FROM entry e JOIN support_supportperson r ON r.support_id = e.id{these}""",
    unnamed="""
    UNION ALL
    SELECT e.*, NULL, NULL, e.headcount - coalesce(n.named, 0)
    FROM entry e LEFT JOIN (
        SELECT r.support_id, count(*) AS named
        FROM entry x JOIN support_supportperson r ON r.support_id = x.id GROUP BY r.support_id
    ) n ON n.support_id = e.id
    WHERE e.headcount > coalesce(n.named, 0)""",
)
# A result has one person or none, and stands for itself: it has no service of which a rule could ask.
RESULTS = Source(
    entries="funding_resultallocation a"
    " JOIN (SELECT r.*, NULL::bigint AS service_id FROM results_result r) s ON s.id = a.result_id",
    columns={"headcount": "1", "level": "NULLIF(s.after, '')", "language": "NULL::text"},
    of="kind_id",
    person="e.person_id",
    share="SELECT e.*, 1 AS heads FROM entry e WHERE true{these}",
    also=("person_id", "household_id", "institution_id"),
)


def source_of(indicator: Indicator) -> Source:
    """The ledger that an indicator counts."""
    return RESULTS if Counted(indicator.counted).of_results else SUPPORTS


def chosen(indicator: Indicator) -> Iterable[int]:
    """Ids of the services, or kinds of results, that an indicator counts; none: all."""
    rows = indicator.kinds if Counted(indicator.counted).of_results else indicator.services
    return [row.pk for row in rows.all()]
