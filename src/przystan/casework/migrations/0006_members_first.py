"""Who leads a new file is written, and read back, before the file itself is there: one's own part shows without it."""

from django.db import migrations

from przystan.access.locks import OURS, SOMEBODY, relock

SEEN = f"{SOMEBODY} AND {OURS.format('case', 'case_id')}"


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_apart_members")]
    operations = [
        relock(
            "casework_casemember",
            f"{SOMEBODY} AND (user_id = (SELECT app_uid()) OR {OURS.format('case', 'case_id')})",
            SEEN,
            written=SOMEBODY,
        )
    ]
