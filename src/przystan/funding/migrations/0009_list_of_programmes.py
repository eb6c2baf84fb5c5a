"""The lock of what hangs on a programme asks for a list of programmes, which an index may see.

Before, the planner took each look at a payer for as dear as looking the programmes up, and read all payers there are to
count a month.
"""

from django.db import migrations

from przystan.access.locks import relock

BEFORE = "programme_id IN (SELECT id FROM funding_programme)"
SEEN = "programme_id = ANY (ARRAY(SELECT id FROM funding_programme))"
TABLES = (
    *("funding_targetrule", "funding_limit", "funding_indicator"),
    *("funding_allocation", "funding_resultallocation"),
)


class Migration(migrations.Migration):
    dependencies = [("funding", "0008_breakdowns_of_results")]
    operations = [relock(table, SEEN, BEFORE) for table in TABLES]
