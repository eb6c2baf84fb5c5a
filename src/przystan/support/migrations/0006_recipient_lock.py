"""Who received support shows to nobody when nobody acts."""

from django.db import migrations

from przystan.access.locks import SOMEBODY, also


class Migration(migrations.Migration):
    dependencies = [("support", "0005_protected")]
    operations = [
        also("support_supportperson", SOMEBODY),
    ]
