"""A note in the database that an upgrade has begun and not ended: a comment on the table of migrations.

Everybody may read it, it needs no table of its own, and a dump takes it along.
"""

from django.db import connection
from django.utils import timezone

READ = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"
WRITE = "COMMENT ON TABLE django_migrations IS "
BEGAN = "upgrade began "


def began() -> str:
    """When an upgrade began that has not ended (ISO, UTC); "" when none did."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        words = cursor.fetchone()[0] or ""
    return words.removeprefix(BEGAN) if words.startswith(BEGAN) else ""


def begin() -> None:
    """From here on the tables may be of two versions. A centre that is just being made has no table to note it at."""
    if "django_migrations" in connection.introspection.table_names():
        write(f"'{BEGAN}{timezone.now():%Y-%m-%d %H:%M}'")


def end() -> None:
    """All is of this version."""
    write("NULL")


def write(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WRITE + words)
