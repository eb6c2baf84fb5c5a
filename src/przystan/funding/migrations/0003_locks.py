"""The database's own lock on programmes and on who paid for what: an organisation's own."""

from django.db import migrations

from przystan.access.locks import OWN, lock

# The programmes of an organisation are few: PostgreSQL reads them once for each statement, not for each payer.
OF_PROGRAMME = "programme_id IN (SELECT id FROM funding_programme)"


class Migration(migrations.Migration):
    dependencies = [("funding", "0002_closed_period"), ("access", "0002_locks")]
    operations = [
        lock("funding_programme", OWN),
        *(lock(f"funding_{name}", OF_PROGRAMME) for name in ("allocation", "indicator", "limit", "targetrule")),
    ]
