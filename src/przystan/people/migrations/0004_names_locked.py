"""The database's own lock on names and on what was decided about two records; the door through which names are
searched; and facts of one organisation apart from another's also for its jobs (see docs/decisions/0032)."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import COUNTED, FACT, OWN, SOMEBODY, WIDE, lock, relock

THEIR = "EXISTS (SELECT 1 FROM people_person p WHERE p.id = {})"
SHOWN = f"{WIDE} OR {THEIR.format('person_id')}"  # where the person shows
SHOWN_BEFORE = f"{COUNTED} OR {THEIR.format('person_id')}"
SENSITIVE = (
    f"{WIDE} OR CASE WHEN (SELECT app_purpose()) = 'system' THEN {THEIR.format('person_id')}"
    " ELSE app_reads_facts(person_id) END"
)
MINE = "user_id = (SELECT app_uid()) OR "
# Who may not know of one of two records may not know that they were compared.
BOTH = f"{WIDE} OR {THEIR.format('first_id')} AND {THEIR.format('second_id')}"
FACTS = ("citizenship", "titleheld", "householdmember", "relation")
ORDINARY = ("channel", "dwelling", "personlanguage", "consent")
# It looks with the owner's eyes, so that its index may be asked for what is not leakproof (array overlap, LIKE), and
# compares the organisation itself. Names of protected people are in no table. The subquery is a value, not a join: so
# it is asked of the few rows that the index found, whatever the planner thinks.
SEARCHED = """
CREATE VIEW people_namesearch AS
SELECT n.person_id, n.text, n.folded, n.keys FROM people_personname n
WHERE (SELECT app_reaches_all())
   OR (SELECT p.organisation_id FROM people_person p WHERE p.id = n.person_id) = (SELECT app_org())
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_keep_history")]
    operations = [
        lock("people_personname", SHOWN),
        lock("people_pairverdict", BOTH),
        lock("people_merge", f"{WIDE} OR {THEIR.format('kept_id')}"),
        lock("people_household", OWN),
        *(relock(f"people_{name}", SENSITIVE, FACT) for name in FACTS),
        relock("people_factbefore", SENSITIVE, FACT, written=SOMEBODY),
        *(relock(f"people_{name}", SHOWN, SHOWN_BEFORE) for name in ORDINARY),
        relock("people_exclusion", MINE + SHOWN, MINE + SHOWN_BEFORE),
        migrations.RunSQL(SEARCHED, "DROP VIEW people_namesearch"),
    ]
