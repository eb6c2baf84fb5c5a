"""The database's own lock on protected people, on sensitive facts, on what they were before, and on exclusions."""

from django.db import migrations

from przystan.access.locks import COUNTED, FACT, OWN, SOMEBODY, lock

PERSON = f"{OWN} AND (NOT protected OR app_knows_person(id))"
# Contacts and exclusions show where their person shows; that one is excluded oneself is asked for every list.
SHOWN = f"{COUNTED} OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)"  # noqa: S608 - of constants


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_locks")]
    operations = [
        lock("people_person", PERSON),
        *(
            lock(table, FACT)
            for table in (
                "people_citizenship",
                "people_titleheld",
                "people_householdmember",
                "people_relation",
            )
        ),
        # Who corrects a name may not be one who reads what is sensitive: they add, and do not read.
        lock("people_factbefore", FACT, written=SOMEBODY),
        lock("people_channel", SHOWN),
        lock("people_exclusion", f"user_id = (SELECT app_uid()) OR {SHOWN}"),
    ]
