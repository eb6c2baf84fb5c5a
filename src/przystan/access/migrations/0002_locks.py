"""Functions that the row-level security of all modules asks."""

from django.db import migrations

from przystan.access.locks import FUNCTIONS, NO_FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
