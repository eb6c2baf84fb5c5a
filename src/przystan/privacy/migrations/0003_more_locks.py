"""The database's own lock on erasures and on how long a centre keeps what."""

from django.db import migrations

from przystan.access.locks import OWN, SYSTEM, WIDE, lock, relock

OF_PERSON = "person_id IN (SELECT id FROM people_person)"


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_locks")]
    operations = [
        lock("privacy_erasure", OWN),
        lock("privacy_retentionrule", f"organisation_id IS NULL OR {OWN}"),  # the shipped rules are everybody's
        relock("privacy_legalhold", f"{WIDE} OR {OF_PERSON}", f"{SYSTEM} OR {OF_PERSON}"),
    ]
