"""Brings recognised earlier states to where the migrations of 0.1.0 stand."""

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from przystan.access.actors import system
from przystan.access.scope import acting

from .states import FOLDED, STATES, Earlier


def recorded() -> set[str]:
    """Migrations that the database has seen, as "people.0001_initial"."""
    return {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}


def waiting() -> list[Earlier]:
    """Earlier states that this database is in."""
    seen = recorded()
    return [state for state in STATES if state.is_here(seen)]


def bridge() -> list[str]:
    """Bring each of them up; returns their names. All of one, or nothing of it."""
    found = waiting()
    for state in found:
        with acting(system(0, "przystan migrate")):  # one transaction
            run(state)
    forget_folded()
    return [state.name for state in found]


def run(state: Earlier) -> None:
    """The state's SQL in its order, then what SQL cannot do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that wait cannot be altered
        for script in state.scripts():
            cursor.execute(script.read_text())
    if state.after:
        state.after()


def forget_folded() -> None:
    """What they made is there; Django would take them for another version's."""
    recorder = MigrationRecorder(connection)
    for name in FOLDED & recorded():
        recorder.record_unapplied(*name.split("."))
