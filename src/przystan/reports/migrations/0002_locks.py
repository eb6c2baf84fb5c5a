"""A file that was taken out belongs to whoever took it."""

from django.db import migrations

from przystan.access.locks import OWN, SYSTEM, lock

MINE = f"{OWN} AND ({SYSTEM} OR by_id = (SELECT app_uid()))"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("access", "0002_locks")]
    operations = [
        lock("reports_export", MINE),
    ]
