"""The functions of locks that ask tables of this module stand in its own `locks.py`."""

from django.db import migrations

from przystan.access.locks import functions
from przystan.team.locks import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("team", "0002_alter_membership_role"), ("access", "0008_named")]
    operations = [functions(FUNCTIONS)]
