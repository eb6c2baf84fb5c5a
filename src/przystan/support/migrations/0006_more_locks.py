"""The database's own lock on gatherings, and on topics of entries."""

from django.db import migrations

from przystan.access.locks import OWN, SOMEBODY, lock


class Migration(migrations.Migration):
    dependencies = [("support", "0005_keep_history")]
    operations = [
        lock("support_gathering", OWN),
        lock("support_ledgerperiod", OWN),
        # Read by the million when topics are counted: only that somebody acts is asked here (docs/decisions/0032).
        lock("support_supporttopic", SOMEBODY),
    ]
