"""Files that are brought in, and their rows, are their organisation's."""

from django.db import migrations

from przystan.access.locks import OWN, SYSTEM, lock

OF_BATCH = f"{SYSTEM} OR EXISTS (SELECT 1 FROM exchange_importbatch b WHERE b.id = batch_id)"  # noqa: S608 - of constants


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("access", "0002_locks")]
    operations = [
        lock("exchange_importbatch", OWN),
        lock("exchange_importrow", OF_BATCH),
    ]
