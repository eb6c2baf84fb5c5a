"""Notes and earlier words of files are apart from other organisations' also for jobs: the lock of the file decides."""

from django.db import migrations

from przystan.access.locks import SOMEBODY, relock

OF_FILE = "EXISTS (SELECT 1 FROM casework_casefile c WHERE c.id = case_id)"
BEFORE = "app_in_case(case_id)"


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_keep_history")]
    operations = [
        relock("casework_note", OF_FILE, BEFORE),
        relock("casework_casebefore", OF_FILE, BEFORE, written=SOMEBODY),
    ]
