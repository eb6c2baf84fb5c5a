"""The archive of a server's log of writes (WAL): what cannot be copied away stays, until the disk is full."""

from collections.abc import Iterator
from datetime import datetime
from gettext import gettext as _

from django.db import connection
from django.utils import timezone

FAILED = """
    SELECT last_failed_wal, last_failed_time FROM pg_stat_archiver
    WHERE last_failed_time > coalesce(last_archived_time, '-infinity')"""


def faults() -> Iterator[str]:
    """What the server could not archive last, unless it has archived something since."""
    if found := failed():
        name, at = found
        yield _(
            "PostgreSQL cannot copy its log of writes away (%(file)s, last tried %(time)s). Any minute since cannot be"
            " brought back, and the disk fills up: look at archive_command and at the disk that it writes to."
        ) % {"file": name, "time": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}


def failed() -> tuple[str, datetime] | None:
    """The file that failed last, and when."""
    with connection.cursor() as cursor:
        cursor.execute(FAILED)
        return cursor.fetchone()
