"""Organisations are apart while numbers are counted too, and which colleague works with whom stays in the house."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import ALL, OURS, SOMEBODY, WIDE, relock

OF_PERSON = OURS.format("person", "person_id")
THEIR = "EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)"
SENSITIVE = f"CASE WHEN (SELECT app_purpose()) = 'system' THEN {THEIR} ELSE app_reads_facts(person_id) END"
COUNTED = f"{ALL} OR (SELECT app_purpose()) = 'statistics' AND {OF_PERSON} OR "
MINE = "user_id = (SELECT app_uid()) OR "


class Migration(migrations.Migration):
    dependencies = [("people", "0005_names_uncounted"), ("access", "0006_whose")]
    operations = [
        # What numbers are made of.
        *(
            relock(f"people_{name}", COUNTED + SENSITIVE, f"{WIDE} OR {SENSITIVE}")
            for name in ("citizenship", "titleheld", "householdmember")
        ),
        relock("people_dwelling", COUNTED + THEIR, f"{WIDE} OR {THEIR}"),
        # What no number asks for.
        relock("people_relation", f"{ALL} OR {SENSITIVE}", f"{WIDE} OR {SENSITIVE}"),
        relock("people_factbefore", f"{ALL} OR {SENSITIVE}", f"{WIDE} OR {SENSITIVE}", written=SOMEBODY),
        *(
            relock(f"people_{name}", f"{ALL} OR {THEIR}", f"{WIDE} OR {THEIR}")
            for name in ("channel", "personlanguage", "consent")
        ),
        relock("people_exclusion", f"{MINE}{ALL} OR {THEIR}", f"{MINE}{WIDE} OR {THEIR}"),
        relock("people_teammember", f"{SOMEBODY} AND {OF_PERSON}", SOMEBODY),
    ]
