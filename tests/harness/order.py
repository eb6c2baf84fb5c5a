"""Which process runs which tests, and in which order: whole files, and those that take long first.

What a file makes for its tests (a world, a centre, an upgraded database) is then made once; and at the end of a run no
process is idle while another has just begun a file of a minute.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

# The first two begin side by side: only the second needs the migrated tables, which it makes meanwhile.
LONG = (
    *("tests/project/test_commands.py", "tests/rooms/", "tests/upgrades/", "tests/leaks/"),
    *("tests/project/", "tests/matrix/", "tests/reports/", "tests/hostile/", "tests/privacy/"),
)
# A browser's event loop stays in its process to the end, and some other tests cannot begin one beside it.
LAST = "tests/journeys/"


def rank(address: str) -> int:
    """Place of a test in the order of `LONG`; all others come after, and `LAST` last."""
    if address.startswith(LAST):
        return len(LONG) + 1
    return next((place for place, start in enumerate(LONG) if address.startswith(start)), len(LONG))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    if config.option.dist != "load":  # somebody asked for another way
        return None
    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)
