"""Pieces of files are kept as they came: most are packed already, and packing them again held the request."""

from django.db import migrations

STORAGE = "ALTER TABLE exchange_filepart ALTER COLUMN content SET STORAGE {}"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_undoing")]
    operations = [migrations.RunSQL(STORAGE.format("EXTERNAL"), STORAGE.format("EXTENDED"))]
