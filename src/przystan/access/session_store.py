"""Sessions in the database, as Django keeps them; a change is one statement, not a transaction."""

from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from .prepared import Blank, Prepared

KEPT = Prepared(lambda: Session.objects.filter(session_key=Blank("key"), expire_date__gt=Blank("now")))


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        """The row of a session that lasts; without one the key is forgotten."""
        found = KEPT.rows(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None

    def save(self, must_create: bool = False) -> None:
        """Write the session down. UpdateError when it ended meanwhile, CreateError when the key is taken."""
        if must_create or self.session_key is None:
            return super().save(must_create)
        data: Any = self._session  # type: ignore[attr-defined]  # a property that the stubs do not know
        row: Any = self.create_model_instance(data)
        changed = {"session_data": row.session_data, "expire_date": row.expire_date}
        if not self.model.objects.filter(pk=row.pk).update(**changed):
            raise UpdateError
