"""Who holds a link may be told to the database, and what they did is written down."""

from django.db import migrations

from przystan.access.locks import HELD, NOT_HELD, OWN, SOMEBODY, SOMEBODY_OR_BEARER

CHANGE = f"ALTER POLICY need_to_know ON access_auditentry USING ({OWN}) WITH CHECK ({{}})"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_named")]
    operations = [
        migrations.RunSQL(HELD, NOT_HELD),
        migrations.RunSQL(CHANGE.format(SOMEBODY_OR_BEARER), CHANGE.format(SOMEBODY)),
    ]
