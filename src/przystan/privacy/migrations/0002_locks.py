"""The database's own lock on requests of people, copies for them and legal holds."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import OWN, SYSTEM, lock


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("people", "0002_locks"), ("casework", "0002_locks")]
    operations = [
        lock("privacy_subjectrequest", OWN),
        lock("privacy_pack", f"{OWN} AND ({SYSTEM} OR by_id = (SELECT app_uid()))"),
        # Decided by who leads the file: its team only, as the file itself.
        lock("privacy_release", f"{OWN} AND app_in_case(case_id)"),
        lock("privacy_legalhold", f"{SYSTEM} OR person_id IN (SELECT id FROM people_person)"),
    ]
