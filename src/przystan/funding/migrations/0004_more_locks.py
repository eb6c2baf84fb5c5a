"""What a programme covers and where, and which services an indicator counts, is its organisation's."""

from django.db import migrations

from przystan.access.locks import lock

OF = {
    "funding_programme_services": "programme_id IN (SELECT id FROM funding_programme)",
    "funding_programme_territory": "programme_id IN (SELECT id FROM funding_programme)",
    "funding_indicator_services": "indicator_id IN (SELECT id FROM funding_indicator)",
}


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_locks")]
    operations = [lock(table, seen) for table, seen in OF.items()]
