"""The database's own lock on protected people, on sensitive facts, on what they were before, and on exclusions."""

from django.db import migrations

from przystan.access.locks import COUNTED, FACT, OWN, SOMEBODY, lock

PERSON = f"{OWN} AND (NOT protected OR app_knows_person(id))"
# What is ordinary about a person shows where they show; names of protected people are in no table.
# That one is excluded oneself is asked for every list.
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
        *(lock(f"people_{name}", SHOWN) for name in ("channel", "dwelling", "personlanguage", "consent")),
        # Asked by the locks of people and their facts: only that somebody acts can be asked here.
        lock("people_teammember", SOMEBODY),
        lock("people_exclusion", f"user_id = (SELECT app_uid()) OR {SHOWN}"),
    ]
