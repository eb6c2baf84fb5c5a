"""The backend: everything is Django's, but for the guard."""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_guarded)


def _guarded(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    from przystan.access.scope import guard  # needs the models, which need this backend

    return guard(execute, sql, params, many, context)
