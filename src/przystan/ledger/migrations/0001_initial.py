"""Closed periods belong to both ledgers: the table of `support` is theirs from now on, with what it held."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import przystan.ledger.models
from przystan.access.locks import OWN, lock
from przystan.ledger.guards import CLOSED, GUARD, NO_GUARD

BEFORE, NOW = "support_ledgerperiod", "ledger_period"
# What asks for the function by its earlier name is told anew in the next migrations of `support` and `funding`.
MOVED = f"""
DROP POLICY need_to_know ON {BEFORE};
ALTER TABLE {BEFORE} DISABLE ROW LEVEL SECURITY;
ALTER TABLE {BEFORE} RENAME TO {NOW};
DROP FUNCTION support_is_closed(bigint, date);
{CLOSED.format(name="ledger_is_closed", periods=NOW)}
"""
BACK = f"""
DROP FUNCTION ledger_is_closed(bigint, date);
ALTER TABLE {NOW} RENAME TO {BEFORE};
{CLOSED.format(name="support_is_closed", periods=BEFORE)}
ALTER TABLE {BEFORE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON {BEFORE} USING ({OWN}) WITH CHECK ({OWN});
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("support", "0008_written_together"),
        ("access", "0002_locks"),
        ("team", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunSQL(MOVED, BACK),
        migrations.RunSQL(GUARD, NO_GUARD),
        migrations.SeparateDatabaseAndState(

            state_operations=[
                migrations.CreateModel(
                    name="Period",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("starts", models.DateField(verbose_name="first day")),
                        ("ends", models.DateField(verbose_name="last day")),
                        ("closed_at", models.DateTimeField(auto_now_add=True)),
                        ("closed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ledger_periods", to="team.organisation")),
                    ],
                    options={
                        "verbose_name": "closed period",
                        "ordering": ["-starts"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("starts__lte", models.F("ends"))), name="ledger_period_in_order", violation_error_message="The first day must not be after the last."),
                            django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(przystan.ledger.models.DateRange("starts", "ends", django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), "&&"), ("organisation", "=")], name="ledger_period_closed_once", violation_error_message="Some of these days are closed already."),
                        ],
                    },
                ),
            ],
        ),
        lock("ledger_period", OWN),
    ]
