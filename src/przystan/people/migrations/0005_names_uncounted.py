"""Who counts needs no names and no verdicts on records of others: they stay closed while numbers are counted, too."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import WIDE, relock

ALL = "(SELECT app_reaches_all())"
THEIR = "EXISTS (SELECT 1 FROM people_person p WHERE p.id = {})"
CLOSED = {
    "people_personname": THEIR.format("person_id"),
    "people_pairverdict": f"{THEIR.format('first_id')} AND {THEIR.format('second_id')}",
    "people_merge": THEIR.format("kept_id"),
}


class Migration(migrations.Migration):
    dependencies = [("people", "0004_names_locked")]
    operations = [relock(table, f"{ALL} OR {seen}", f"{WIDE} OR {seen}") for table, seen in CLOSED.items()]
