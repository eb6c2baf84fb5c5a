"""The database's own lock on case files: their members only."""

from django.db import migrations

from przystan.access.locks import OWN, SOMEBODY, lock


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("access", "0002_locks"), ("people", "0002_locks")]
    operations = [
        lock("casework_casefile", f"{OWN} AND app_in_case(id)"),
        lock("casework_note", "app_in_case(case_id)"),
        # Asked by the locks of the files themselves, so only that somebody acts can be asked here.
        lock("casework_casemember", SOMEBODY),
        lock("casework_noteversion", "EXISTS (SELECT 1 FROM casework_note n WHERE n.id = note_id)"),
    ]
