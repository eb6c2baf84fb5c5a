"""Several who do something at the same moment, each over a connection of their own."""

import threading
from collections.abc import Callable

from django.db import connections

PATIENCE = 20


def together(*works: Callable[[], object]) -> list[object]:
    """What each returned or raised, when all begin at the same moment."""
    results: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], object]) -> None:
        start.wait(PATIENCE)
        try:
            results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results
