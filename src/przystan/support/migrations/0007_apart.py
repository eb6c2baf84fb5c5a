"""Recipients and topics of entries are apart from other organisations'."""

from django.db import migrations

from przystan.access.locks import OURS, SOMEBODY, relock

SEEN = f"{SOMEBODY} AND (NOT protected OR app_knows_person(person_id))"


class Migration(migrations.Migration):
    dependencies = [("support", "0006_more_locks"), ("access", "0006_whose")]
    operations = [
        relock("support_supportperson", f"{SEEN} AND {OURS.format('person', 'person_id')}", SEEN),
        relock("support_supporttopic", f"{SOMEBODY} AND {OURS.format('support', 'support_id')}", SOMEBODY),
    ]
