"""Who works on a file stays in the house."""

from django.db import migrations

from przystan.access.locks import OURS, SOMEBODY, relock


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_apart"), ("access", "0006_whose")]
    operations = [relock("casework_casemember", f"{SOMEBODY} AND {OURS.format('case', 'case_id')}", SOMEBODY)]
