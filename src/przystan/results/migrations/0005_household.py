"""Results know the household of their day, as supports do: what was reported of households stays as it was."""

import django.db.models.deletion
from django.db import migrations, models

from przystan.access.history import keeper

LEFT_OUT = (
    "organisation_id ref sign booked_on reverses_id correction_reason protected form_token version created_at"
    " created_by_id"
)
# Past the guard of closed periods and the memory of earlier wordings: no figure that was reported is made of it.
FILL = """
ALTER TABLE results_result DISABLE TRIGGER USER;
UPDATE results_result r SET household_id = (
    SELECT m.household_id FROM people_householdmember m
    WHERE m.person_id = r.person_id AND (m.valid_from IS NULL OR m.valid_from <= r.day)
      AND (m.valid_to IS NULL OR m.valid_to >= r.day)
    ORDER BY m.valid_from DESC NULLS LAST, m.id DESC LIMIT 1
) WHERE r.person_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE results_result ENABLE TRIGGER USER;
"""


def _keeper(left_out: str) -> str:
    made = keeper("results_resultbefore", owner="result_id", parent="results_result", left_out=left_out)
    return str(made.sql).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("results", "0004_institution"), ("people", "0010_relied_on")]
    operations = [
        migrations.AddField(
            "result",
            "household",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.household",
            ),
        ),
        migrations.RunSQL(_keeper(f"{LEFT_OUT} household_id"), _keeper(LEFT_OUT)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
