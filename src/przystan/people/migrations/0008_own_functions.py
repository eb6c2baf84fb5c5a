"""The functions of locks that ask tables of this module stand in its own `locks.py`."""

from django.db import migrations

from przystan.access.locks import functions
from przystan.people.locks import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("people", "0007_teams_written"), ("access", "0008_named")]
    operations = [functions(FUNCTIONS)]
