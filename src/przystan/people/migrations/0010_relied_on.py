"""Which answers something rests on. What stands today may have been relied on; the trigger leaves out what no one says."""

from django.db import migrations, models

from przystan.access.history import keeper

BEFORE = "person_id keys folded script digits finder identity birth_from birth_to arrived_from arrived_to"


def _keeper(left_out: str) -> str:
    made = keeper("people_factbefore", owner="person_id", parent="people_person", left_out=left_out)
    return str(made.sql).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("people", "0009_signers")]
    operations = [
        migrations.AddField("consent", "relied_on", models.BooleanField(default=True, editable=False)),
        migrations.AlterField("consent", "relied_on", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL(_keeper(f"{BEFORE} relied_on"), _keeper(BEFORE)),
    ]
