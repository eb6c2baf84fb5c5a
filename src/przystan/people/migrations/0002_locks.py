"""The database's own lock on protected people and on sensitive facts."""

from django.db import migrations

from przystan.access.locks import MY_PEOPLE, NOT_COUNTING, OWN, SYSTEM, fact_of, lock

# Exclusions are asked by Python for every request; the database keeps them from all but those who lead.
PERSON = f"{OWN} AND (NOT protected OR {SYSTEM} OR ({NOT_COUNTING} AND id IN ({MY_PEOPLE})))"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_locks")]
    operations = [
        lock("people_person", PERSON),
        *(
            lock(table, fact_of())
            for table in (
                "people_citizenship",
                "people_titleheld",
                "people_householdmember",
                "people_relation",
            )
        ),
    ]
