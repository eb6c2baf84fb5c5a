"""The functions of locks that ask tables of this module stand in its own `locks.py`."""

from django.db import migrations

from przystan.access.locks import functions
from przystan.casework.locks import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_members_first"), ("access", "0008_named")]
    operations = [functions(FUNCTIONS)]
