"""The cache in the database: what stands there is data, never code; nothing that somebody may write to is unpickled."""

import base64
import importlib
import pickle
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from przystan.access import cache as module
from przystan.access.cache import JsonCache

pytestmark = pytest.mark.django_db


class Payload:
    """What a hostile pickle does when it is read."""

    ran = False

    def __reduce__(self) -> tuple[Any, ...]:
        return _ran, ()


def _ran() -> str:
    Payload.ran = True
    return "ran"


@pytest.fixture
def cache() -> JsonCache:
    return JsonCache("django_cache", {"TIMEOUT": 300})


def put(key: str, value: str) -> None:
    """Write a row as whoever can write to the table."""
    row = [f":1:{key}", value, timezone.now() + timedelta(hours=1)]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_cache (cache_key, value, expires) VALUES (%s, %s, %s)", row)


def test_a_pickle_in_the_table_is_never_run(cache: JsonCache) -> None:
    put("tries", base64.b64encode(pickle.dumps(Payload())).decode())
    assert cache.get("tries", "nothing") == "nothing"
    assert not Payload.ran


def test_the_application_caches_in_json() -> None:
    """The tests use another one, which is in memory."""
    product = importlib.import_module("przystan.project.settings")
    assert product.CACHES["default"]["BACKEND"] == f"{module.__name__}.JsonCache"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "gASVCAAAAAAAAACMBHJvb3SULg=="])
def test_what_cannot_be_read_is_missing(cache: JsonCache, text: str) -> None:
    put("odd", text)
    assert cache.get("odd") is None


@pytest.mark.parametrize("value", [1, True, None, "żółw", [1.5, 1764489600.123456], {"a": [1]}])
def test_a_value_comes_back(cache: JsonCache, value: object) -> None:
    cache.set("key", value)
    assert cache.get("key", "missing") == value
    cache.set("key", "another")
    assert cache.get("key") == "another"


def test_only_the_first_adds(cache: JsonCache) -> None:
    assert cache.add("lock", 1)
    assert not cache.add("lock", 2)
    assert cache.get("lock") == 1
    cache.delete("lock")
    assert cache.add("lock", 3)


def test_what_has_expired_is_missing_and_goes(cache: JsonCache) -> None:
    cache.set("old", 1, timeout=-1)
    assert cache.get("old") is None
    assert not cache.touch("old")
    assert cache.add("old", 2)
    cache.set("older", 1, timeout=-1)
    cache.set("new", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM django_cache ORDER BY 1")
        assert cursor.fetchall() == [(":1:new",), (":1:old",)]


def test_a_flood_pushes_nothing_out(cache: JsonCache) -> None:
    cache.set("tries", [1], timeout=None)
    for number in range(400):
        cache.set(f"flood{number}", 1)
    assert cache.get("tries") == [1]
    assert cache.touch("tries", 60)
