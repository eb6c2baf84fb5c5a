"""What a protected person asked for is there for those who know of them, in the database too."""
# ruff: noqa: S608 - constants of our own

from django.db import migrations

from przystan.access.locks import OWN, SYSTEM, relock

# Of nobody any more: whoever may see that is told by the model.
OF_PERSON = "person_id IS NULL OR EXISTS (SELECT 1 FROM people_person x WHERE x.id = person_id)"


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_holds_uncounted"), ("people", "0006_apart")]
    operations = [relock("privacy_subjectrequest", f"{OWN} AND ({SYSTEM} OR {OF_PERSON})", OWN)]
