"""Rows and remembered columns of files are apart from other organisations' also for jobs."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import OWN, SYSTEM, lock, relock

OF_BATCH = "EXISTS (SELECT 1 FROM exchange_importbatch b WHERE b.id = batch_id)"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_locks")]
    operations = [
        relock("exchange_importrow", OF_BATCH, f"{SYSTEM} OR {OF_BATCH}"),
        lock("exchange_columnmapping", OWN),
    ]
