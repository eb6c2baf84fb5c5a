"""The database's own lock on protected people and on sensitive facts."""

from django.db import migrations

from przystan.access.locks import FACT, OWN, lock

# Exclusions are asked by Python for every request; the database keeps them from all but those who lead.
PERSON = f"{OWN} AND (NOT protected OR app_knows_person(id))"


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
    ]
