"""What facts said before is kept by the trigger that every table of earlier wordings shares."""

from django.db import migrations

from przystan.access.history import keeper, kept

INTO = "people_factbefore"
TABLES = (
    "people_personname", "people_channel", "people_citizenship", "people_titleheld", "people_dwelling",
    "people_personlanguage", "people_householdmember", "people_relation", "people_consent",
)  # fmt: skip
# Made of others, or no fact: who reads the timeline needs none of them.
LEFT_OUT = "person_id keys folded script digits finder identity birth_from birth_to arrived_from arrived_to"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_locks")]
    operations = [
        keeper(INTO, owner="person_id", parent="people_person", left_out=LEFT_OUT),
        kept("people_person", INTO, "id", on="UPDATE"),
        *(kept(table, INTO, "person_id") for table in TABLES),
    ]
