"""Where rules are asked of the ledger, for sets.

One row per recipient, with these aliases; the person may be missing (anonymous: facts are then not known).
`rules.sql.of_all`, grouped by support, folds the rows of a support into one value.
"""

from typing import Any

from przystan.rules.sql import Compiler, rows_of

LEDGER = (
    "support_support s LEFT JOIN support_supportperson r ON r.support_id = s.id"
    " LEFT JOIN people_person p ON p.id = r.person_id"
)


def on_ledger() -> Compiler:
    """Makes conditions for statements over `LEDGER`: facts are read on the day of the support."""
    return Compiler("s.day", {"person": "p", "support": "s"})


def counted(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Like `rows_of`, with enough memory to count a million entries without files."""
    return rows_of(sql, params, also="SET LOCAL work_mem = '64MB'; SET LOCAL random_page_cost = 1.1")
