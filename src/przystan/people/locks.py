"""Locks on rows about a person, for every module that keeps such rows."""

from przystan.access.locks import ALL, OURS, Lock, each_under

PERSON = "people_person"


def of_person(column: str = "person_id", *, sensitive: bool = False, counted: bool = False, written: str = "") -> Lock:
    """Rows about a person whom the actor may see.

    `sensitive`: tier 2, only for who works with the person or leads their point. `counted`: numbers are made of them.
    """
    seen = each_under(PERSON, column).seen
    if sensitive:
        seen = f"CASE WHEN (SELECT app_purpose()) = 'system' THEN {seen} ELSE app_reads_facts({column}) END"
    numbers = f"(SELECT app_purpose()) = 'statistics' AND {OURS.format('person', column)} OR " if counted else ""
    return Lock(f"{ALL} OR {numbers}{seen}", written)
