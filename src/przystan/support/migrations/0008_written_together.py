"""An entry, its recipients and topics are written in one statement, which does not see its own rows: only reading is
apart."""

from django.db import migrations

from przystan.access.locks import OURS, SOMEBODY, relock

RECIPIENT = f"{SOMEBODY} AND (NOT protected OR app_knows_person(person_id))"
RECIPIENTS = f"{RECIPIENT} AND {OURS.format('person', 'person_id')}"
TOPICS = f"{SOMEBODY} AND {OURS.format('support', 'support_id')}"


class Migration(migrations.Migration):
    dependencies = [("support", "0007_apart")]
    operations = [
        relock("support_supportperson", RECIPIENTS, RECIPIENTS, written=RECIPIENT),
        relock("support_supporttopic", TOPICS, TOPICS, written=SOMEBODY),
    ]
