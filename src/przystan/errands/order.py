"""Who makes files of many people's data, and who throws them away, one after the other: advisory locks of PostgreSQL.

A run is noted (`make`) before it reads anything. Whoever hides or erases somebody holds `throw` until the commit: every
run that was noted before is in sight then, and every later one begins when the new state can be read. A run keeps what
it made only while nobody throws (`may_keep`): it does not wait, as whoever throws may wait for rows of the run. So
nobody waits in a ring. All end with their transaction.
"""

from django.db import connection

MADE = "hashtext('errands.made'), %s::int"
ASKED = "hashtext('errands.asked'), %s::int"


def make(organisation_id: int) -> None:
    """Wait for those who throw away, and keep others from it until this transaction ends: it must be short."""
    _ask(f"SELECT pg_advisory_xact_lock_shared({MADE})", organisation_id)


def may_keep(organisation_id: int) -> bool:
    """As `make`, but False at once where somebody is throwing away."""
    return bool(_ask(f"SELECT pg_try_advisory_xact_lock_shared({MADE})", organisation_id))


def throw(organisation_id: int) -> None:
    """Nobody begins or keeps anything from here to the commit."""
    _ask(f"SELECT pg_advisory_xact_lock({MADE})", organisation_id)


def ask(user_id: int | None) -> None:
    """One account asks for one errand after the other, so that they can be counted."""
    _ask(f"SELECT pg_advisory_xact_lock({ASKED})", user_id)


def _ask(sql: str, key: int | None) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return cursor.fetchone()[0]
