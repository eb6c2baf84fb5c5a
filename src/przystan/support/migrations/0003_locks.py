"""The database's own lock on what was given to protected people."""

from django.db import migrations

from przystan.access.locks import MY_PEOPLE, NOT_COUNTING, OWN, SYSTEM, lock

MINE = f"SELECT r.support_id FROM support_supportperson r WHERE r.person_id IN ({MY_PEOPLE})"  # noqa: S608 - of constants


class Migration(migrations.Migration):
    dependencies = [("support", "0002_closed_periods"), ("people", "0002_locks")]
    operations = [
        lock("support_supportperson", f"NOT protected OR {SYSTEM} OR ({NOT_COUNTING} AND person_id IN ({MY_PEOPLE}))"),
        lock("support_support", f"{OWN} AND (NOT protected OR {SYSTEM} OR ({NOT_COUNTING} AND id IN ({MINE})))"),
    ]
