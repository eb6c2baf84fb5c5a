"""Fixtures that every test may use. How the hostile environment works is in tests/harness/."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from tests.harness import database, seed
from tests.harness.age import quick_lock
from tests.harness.browser import browser, live, page
from tests.harness.order import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.harness.scope import as_the_owner, the_tests_act

__all__ = [
    "as_the_owner",
    "browser",
    "live",
    "page",
    "pytest_collection_modifyitems",
    "pytest_xdist_make_scheduler",
    "quick_lock",
    "the_tests_act",
]

# No test may fail because the machine is busy, or pass today and fail tomorrow.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_report_header() -> str:
    return f"seed of the day: SEED={seed.SEED}"


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The embedded PostgreSQL of the tests, or the server of DATABASE_URL."""
    with database.server():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, database_server: None) -> Iterator[None]:
    """A copy of the migrated database for this process."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "tests"):
        yield


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of the module's own, in which threads see what others have written. What is there stays there."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "committed"):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits and the like start anew in every test, and so does what a process remembers of the audit log."""
    database.forget()
    yield
    cache.clear()
