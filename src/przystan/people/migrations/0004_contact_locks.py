"""Contacts and exclusions show where their person shows; that one is excluded oneself is asked for every list."""

from django.db import migrations

from przystan.access.locks import COUNTED, lock

SHOWN = f"{COUNTED} OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)"  # noqa: S608 - of constants


class Migration(migrations.Migration):
    dependencies = [("people", "0003_erased_at")]
    operations = [
        lock("people_channel", SHOWN),
        lock("people_exclusion", f"user_id = (SELECT app_uid()) OR {SHOWN}"),
    ]
