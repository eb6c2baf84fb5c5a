"""What files themselves said before, for their members only."""

from django.db import migrations

from przystan.access.history import keeper, kept
from przystan.access.locks import SOMEBODY, lock

INTO = "casework_casebefore"
LEFT_OUT = "organisation_id ref person_id created_at created_by_id"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_locks"),
    ]
    operations = [
        lock(INTO, "app_in_case(case_id)", written=SOMEBODY),
        keeper(INTO, owner="case_id", parent="casework_casefile", left_out=LEFT_OUT),
        kept("casework_casefile", INTO, "id", on="UPDATE"),
    ]
