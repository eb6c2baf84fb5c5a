"""What facts said before is kept by the trigger that every table of earlier wordings shares."""

from importlib import import_module

from django.db import migrations

from przystan.access.history import keeper, kept

OLD = import_module("przystan.people.migrations.0003_keep_history")
INTO = "people_factbefore"
# Made of others, or no fact: who reads the timeline needs none of them.
LEFT_OUT = "person_id keys folded script digits finder identity birth_from birth_to arrived_from arrived_to"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_finder")]
    operations = [
        *(migrations.RunSQL(one.reverse_sql, one.sql) for one in OLD.Migration.operations),
        keeper(INTO, owner="person_id", parent="people_person", left_out=LEFT_OUT),
        kept("people_person", INTO, "id", on="UPDATE"),
        *(kept(table, INTO, "person_id") for table in OLD.TABLES),
    ]
