"""Functions that tell whose a row is that has no organisation of its own."""

from django.db import migrations

from przystan.access.locks import NOT_WHOSE, WHOSE


class Migration(migrations.Migration):
    dependencies = [("access", "0005_forget_statistics")]
    operations = [migrations.RunSQL(WHOSE, NOT_WHOSE)]
