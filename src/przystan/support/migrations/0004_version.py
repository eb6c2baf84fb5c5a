"""Entries know how often they were amended, so that nobody overwrites what they have not seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0003_locks")]
    operations = [
        migrations.AddField("support", "version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
    ]
