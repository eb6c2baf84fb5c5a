"""Functions that the row-level security of all modules asks; requests for an emergency look are their organisation's."""

from django.db import migrations

from przystan.access.locks import FUNCTIONS, NO_FUNCTIONS, OWN, lock


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS), lock("access_glass", OWN)]
