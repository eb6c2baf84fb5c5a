"""Django's cache in the database, with values as JSON.

Whoever can write to the table could otherwise run code here: Django's own backend unpickles what it reads.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

KEEP = """
    INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(until)s)
    ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
STATEMENTS = {
    "set": KEEP,
    "add": KEEP + "WHERE kept.expires <= %(now)s",
    "touch": "UPDATE {table} SET expires = %(until)s WHERE cache_key = %(key)s AND expires > %(now)s",
}
LIVE = "SELECT cache_key, value FROM {table} WHERE cache_key = ANY(%(keys)s) AND expires > %(now)s"
# What somebody else is writing to is left to them: nobody waits here.
FORGET = """
    DELETE FROM {table} WHERE cache_key IN (
        SELECT cache_key FROM {table} WHERE expires <= %(now)s LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
"""


class JsonCache(DatabaseCache):
    """Values are what JSON can say: a tuple comes back as a list. What is no JSON is as good as missing.

    Only what has expired is removed: a flood of names pushes no counted try out.
    """

    _table: str

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        with connection.cursor() as cursor:
            cursor.execute(self._about(LIVE), {"keys": list(names), "now": timezone.now()})
            rows = cursor.fetchall()
        return {names[name]: value for name, text in rows for value in _read(text)}

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        ends = self.get_backend_timeout(timeout)
        until = datetime.max.replace(tzinfo=UTC) if ends is None else datetime.fromtimestamp(ends, UTC)
        row: dict[str, Any] = {"key": key, "value": json.dumps(value), "until": until, "now": timezone.now()}
        with connection.cursor() as cursor:
            cursor.execute(self._about(FORGET), row)
            cursor.execute(self._about(STATEMENTS[mode]), row)
            return bool(cursor.rowcount)

    def _about(self, statement: str) -> str:
        return statement.format(table=connection.ops.quote_name(self._table))


def _read(text: str) -> list[Any]:
    """The value, or nothing."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        return []
