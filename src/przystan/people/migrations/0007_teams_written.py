"""Who works with somebody may be written in the statement that registers them: only reading is apart."""

from django.db import migrations

from przystan.access.locks import OURS, SOMEBODY, relock

SEEN = f"{SOMEBODY} AND {OURS.format('person', 'person_id')}"


class Migration(migrations.Migration):
    dependencies = [("people", "0006_apart")]
    operations = [relock("people_teammember", SEEN, SEEN, written=SOMEBODY)]
