"""How PostgreSQL would run the statements of a test, if it had reason to use indexes."""

from collections.abc import Callable
from typing import Any

from django.db import connection


class Plans(list[str]):
    """With `connection.execute_wrapper`: plans of the statements that hold `words`, in their order.

    `allowed`: ways that are forbidden otherwise; a GIN index is read by "bitmapscan" only.
    """

    def __init__(self, words: str, allowed: frozenset[str] = frozenset()):
        super().__init__()
        self.words = words
        self.ways = [way for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin") if way not in allowed]

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.words in sql and not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                # A test's few rows are read at once: an index is taken only where other ways are forbidden.
                for way in self.ways:
                    cursor.execute(f"SET LOCAL enable_{way} = off")
                cursor.execute(f"EXPLAIN {sql}", params)
                self.append("\n".join(line for (line,) in cursor.fetchall()))
        return execute(sql, params, many, context)
