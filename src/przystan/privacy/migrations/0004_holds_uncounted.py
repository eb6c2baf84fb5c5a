"""No number asks whose data a court holds back."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import ALL, WIDE, relock

OF_PERSON = "person_id IN (SELECT id FROM people_person)"


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_more_locks"), ("access", "0006_whose")]
    operations = [relock("privacy_legalhold", f"{ALL} OR {OF_PERSON}", f"{WIDE} OR {OF_PERSON}")]
