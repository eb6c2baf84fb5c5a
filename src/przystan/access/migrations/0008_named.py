"""A lock may ask whether a row is seen that is named by its model and reference."""

from django.db import migrations

from przystan.access.locks import SEES


class Migration(migrations.Migration):
    dependencies = [("access", "0007_approvals_locked")]
    operations = [migrations.RunSQL(SEES, "DROP FUNCTION app_sees(text, text)")]
