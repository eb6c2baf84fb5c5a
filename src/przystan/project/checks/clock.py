"""The machine's clock, beside the database's and beside what was written lately; and the table of time zones."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from gettext import gettext as _

from django.conf import settings
from django.db import connection
from django.utils import timezone

TOLERANCE = timedelta(minutes=2)
# The newest moment that anybody has written down lately, and the database's own time. Rows of the audit log are in the
# order in which they came: after a clock was set back, the newest moment is not in the newest row.
NEWEST = """
    SELECT clock_timestamp(), greatest((SELECT max(applied) FROM django_migrations),
        (SELECT max(at) FROM (SELECT at FROM access_auditentry ORDER BY seq DESC LIMIT 1000) AS lately))"""
OFFSETS = "SELECT extract(epoch FROM timezone(%s, moment) - timezone('UTC', moment)) FROM unnest(%s) AS moment"


def faults() -> Iterator[str]:
    """A clock that is wrong, and time zones that are not known here or there."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        database, newest = cursor.fetchone()
    now = timezone.now()
    if abs(database - now) > TOLERANCE:
        yield _("The clock of this machine says %(ours)s, that of the database %(theirs)s (UTC).") % {
            "ours": said(now),
            "theirs": said(database),
        }
    if newest and newest - now > TOLERANCE:
        yield _("The clock says %(now)s, but something was written at %(newest)s (UTC). Has it been set back?") % {
            "now": said(now),
            "newest": said(newest),
        }
    yield from zones(now)


def zones(now: datetime) -> Iterator[str]:
    """The centre's time zone, in summer and in winter, is the same here and in the database."""
    name = {"name": settings.TIME_ZONE}
    try:
        zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        yield _("This machine does not know the time zone %(name)s. On Debian: apt-get install tzdata") % name
        return
    moments = [datetime(now.year, month, 15, 12, tzinfo=UTC) for month in (1, 7)]
    ours = [moment.astimezone(zone).utcoffset() for moment in moments]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_timezone_names WHERE name = %s", [settings.TIME_ZONE])
        known = cursor.fetchone()[0]
        theirs = []
        if known:
            cursor.execute(OFFSETS, [settings.TIME_ZONE, moments])
            theirs = [timedelta(seconds=int(row[0])) for row in cursor.fetchall()]
    if ours != theirs:
        yield _("The database has other hours than this machine for the time zone %(name)s. Update both.") % name


def said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
