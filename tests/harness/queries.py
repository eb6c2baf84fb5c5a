"""How many statements a page or an action takes, without those that every request makes around it.

Before a view: session, account, roles, second steps, and what tells the database who acts. After it: the lock and the
head of the audit's chain, and the session. What is left is the view's own, its one INSERT of audit rows included.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

TELLS = "SELECT set_config('app.uid'"  # access.scope says who acts, and at the end of a test's request who did before
SETS = "SELECT set_config('app."  # and for which purpose, where numbers are counted
CHAIN = "access_audithead"
AUDIT = "access_auditentry"


@contextmanager
def queries_of_view(expected: int) -> Iterator[None]:
    """Asserts how many statements are made inside of `scope.acting` while the block runs."""
    with CaptureQueriesContext(connection) as captured:
        yield
    found = of_view([query["sql"] for query in captured])
    assert len(found) == expected, f"{len(found)} statements instead of {expected}:\n" + "\n".join(found)


def of_view(statements: list[str]) -> list[str]:
    """Those between the first and the last time that the database was told who acts."""
    told = [place for place, sql in enumerate(statements) if sql.startswith(TELLS)]
    assert len(told) > 1, "nobody acted, or not in a test's transaction:\n" + "\n".join(statements)
    inside = statements[told[0] + 1 : told[-1]]
    return [sql for sql in inside if not sql.startswith(SETS) and (CHAIN not in sql or AUDIT in sql)]
