"""The database's own lock on what was given to protected people."""

from django.db import migrations

from przystan.access.locks import OWN, SOMEBODY, lock


class Migration(migrations.Migration):
    dependencies = [("support", "0002_closed_periods"), ("people", "0002_locks")]
    operations = [
        lock("support_supportperson", f"{SOMEBODY} AND (NOT protected OR app_knows_person(person_id))"),
        lock("support_support", f"{OWN} AND (NOT protected OR app_knows_support(id))"),
    ]
