"""Benchmarks fill and read tables as the system; pages that they ask for act as whoever is logged in."""

from typing import Any


def act() -> None:
    """Let this process read and write rows of people outside of requests. Call it when the centre is open."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    from przystan.access import scope
    from przystan.access.actors import system

    scope._actor.set(system(0, "bench"))
    connection_created.connect(tell)
    connection.close()  # the next one is told


def tell(connection: Any, **_: Any) -> None:
    """For the whole session: what a request says holds for its transaction only, and goes before."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.purpose', 'system', false)")
