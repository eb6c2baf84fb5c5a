"""The database's own lock on case files: their members only."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import MY_CASES, OWN, SYSTEM, lock


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("access", "0002_locks"), ("people", "0002_locks")]
    operations = [
        lock("casework_casefile", f"{OWN} AND ({SYSTEM} OR id IN ({MY_CASES}))"),
        lock("casework_note", f"{SYSTEM} OR case_id IN ({MY_CASES})"),
        lock("casework_noteversion", f"{SYSTEM} OR note_id IN (SELECT id FROM casework_note)"),
    ]
